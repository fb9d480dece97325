namespace Workflow.Core.Instances;

/// <summary>An activity instance that waits for its exclusive group or its milestone.</summary>
/// <param name="number">Its number.</param>
internal sealed class WaitingActivity(int number)
{
    public int Number { get; } = number;

    /// <summary>Whether the rule of its milestone was false when it was asked last.</summary>
    public bool AwaitsMilestone { get; set; }

    /// <summary>Whether the history says that it waits for its group.</summary>
    public bool AwaitsGroup { get; set; }
}
