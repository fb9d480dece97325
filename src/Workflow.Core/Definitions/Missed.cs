namespace Workflow.Core.Definitions;

/// <summary>The treatment of an escalation's due instants that pass while nothing can fire (statement 6.4b). No host runs, or the instance is in
/// Error.</summary>
public enum Missed
{
    /// <summary>One firing stands for all of them, as soon as it can.</summary>
    Once = 0,

    /// <summary>Each of them fires, one after the other, as soon as it can.</summary>
    Each = 1,

    /// <summary>None of them fires. The next due instant does.</summary>
    Skip = 2,
}
