namespace Workflow.Core.Instances;

/// <summary>The users who have acted in an activity, in its latest run in which somebody acted. They are kept if another activity leaves these users out
/// (statement 4.10).</summary>
/// <param name="Activity">The name of the activity.</param>
/// <param name="Run">The number of the activity instance.</param>
/// <param name="Users">The users, those on whose behalf others acted included, in the order of acting.</param>
internal sealed record ActivityActors(string Activity, int Run, List<string> Users);
