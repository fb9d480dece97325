namespace Workflow.Core.Definitions;

/// <summary>The end of an event whose sub-process is deleted while the event waits for it (statement 7.11).</summary>
public enum ChildDeleted
{
    /// <summary>The event fails. A retry starts a new sub-process.</summary>
    Fails = 1,

    /// <summary>The event is over, and receives no values.</summary>
    Completes = 2,
}
