namespace Workflow.Core.Instances;

/// <summary>The work to do when a timer is due.</summary>
public enum ProcessTimerKind
{
    /// <summary>A worklist item that sleeps wakes (statement 1.10).</summary>
    Sleep = 1,

    /// <summary>The members of the roles of an activity are asked for again (statements 4.9 and 4.12).</summary>
    Roles = 2,

    /// <summary>An activity begins that waits for the instant of its start rule (statement 5.3).</summary>
    Start = 3,

    /// <summary>A process instance begins that waits for the instant of its start rule (statement 5.4b).</summary>
    ProcessStart = 4,

    /// <summary>An escalation fires (statement 6.1).</summary>
    Escalation = 5,

    /// <summary>The code of a server event that has failed is called again (statement 13.2).</summary>
    Retry = 6,
}
