namespace Workflow.Core.Scheduling;

/// <summary>The kinds of input, as far as the status of an instance tells them apart.</summary>
internal enum InputKind
{
    /// <summary>The instance begins.</summary>
    Start,

    /// <summary>The result of a call that the instance has planned.</summary>
    CallResult,

    /// <summary>An outside system finishes a server item, or sends a signal.</summary>
    Finish,

    /// <summary>A user wants something of a task.</summary>
    TaskRequest,

    /// <summary>Something is done with the task of others, or with a slot of theirs.</summary>
    AdministratorRequest,

    /// <summary>The originator withdraws the process instance.</summary>
    Withdrawal,

    /// <summary>Something is done with the process instance as a whole.</summary>
    Management,

    /// <summary>Something was found out that the history tells, and that changes nothing else.</summary>
    Report,

    /// <summary>A task that sleeps is to wake.</summary>
    WakeTimer,

    /// <summary>The members of roles are to be asked for again.</summary>
    RoleTimer,

    /// <summary>An activity that waits for its start rule is to begin.</summary>
    StartTimer,

    /// <summary>A process instance that waits for its start rule is to begin.</summary>
    ProcessStartTimer,

    /// <summary>An escalation is to fire.</summary>
    EscalationTimer,

    /// <summary>The code of a server event that has failed is to be called again.</summary>
    RetryTimer,

    /// <summary>A sub-process, or the instance that has started this one, has ended.</summary>
    FamilyEnd,
}
