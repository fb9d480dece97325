namespace Workflow.Core.Client;

/// <summary>The result of a finish that was accepted. The finish is stored either way.</summary>
public enum FinishReceipt
{
    /// <summary>It was applied, and the process went on.</summary>
    Applied = 1,

    /// <summary>It came while the event's code was still running; it is applied as soon as the code has said that it waits (statement 7.1).</summary>
    Stored = 2,
}
