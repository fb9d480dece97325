namespace Workflow.Core.Persistence;

/// <summary>An exception of an absence: tasks that are shared with other users than the rest (statement 9.4).</summary>
/// <param name="Definition">The name of the process definition.</param>
/// <param name="Activity">The name of the activity; null for all of the process.</param>
/// <param name="Users">The users with whom they are shared instead.</param>
public sealed record OutOfOfficeSharing(string Definition, string? Activity, IReadOnlyList<string> Users)
{
    /// <summary>Whether it is for the tasks of an activity.</summary>
    /// <param name="definition">The name of the process definition.</param>
    /// <param name="activity">The name of the activity.</param>
    /// <returns>Whether it is.</returns>
    public bool Fits(string definition, string activity) =>
        string.Equals(Definition, definition, StringComparison.Ordinal) && (Activity is null || string.Equals(Activity, activity, StringComparison.Ordinal));
}
