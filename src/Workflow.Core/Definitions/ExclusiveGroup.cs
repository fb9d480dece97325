namespace Workflow.Core.Definitions;

/// <summary>Activities of which never two run at once (statement 13.1f).</summary>
public sealed class ExclusiveGroup
{
    internal ExclusiveGroup(IReadOnlyList<string> activities) => Activities = activities;

    /// <summary>The names of the activities, as they were declared.</summary>
    public IReadOnlyList<string> Activities { get; }
}
