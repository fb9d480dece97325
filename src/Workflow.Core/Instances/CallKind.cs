namespace Workflow.Core.Instances;

/// <summary>The kinds of calls that an instance makes to the outside.</summary>
internal enum CallKind
{
    /// <summary>No call.</summary>
    None = 0,

    /// <summary>The code of a server event.</summary>
    EventCode,

    /// <summary>The question of a destination rule to the resolver: its questions by name, and who belongs to roles and groups.</summary>
    Members,

    /// <summary>The code of an escalation.</summary>
    EscalationCode,

    /// <summary>The question to whom an escalation gives a task.</summary>
    EscalationPeople,

    /// <summary>The question whether another process may be started, with all that the start needs.</summary>
    SubProcessStart,
}
