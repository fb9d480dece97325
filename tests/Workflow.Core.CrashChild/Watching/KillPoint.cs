namespace Workflow.Core.CrashChild.Watching;

/// <summary>Where a child ends itself.</summary>
internal enum KillPoint
{
    /// <summary>Nowhere: it is killed from outside, or not at all.</summary>
    None,

    /// <summary>Before a transaction begins.</summary>
    BeforeTransaction,

    /// <summary>When all statements of a transaction are carried out, and COMMIT is not sent. A batch carries its own COMMIT, so there it is sent.</summary>
    AfterLastStatement,

    /// <summary>When COMMIT is sent: at some instant while it is carried out, but never after it is acknowledged.</summary>
    CommitSent,

    /// <summary>When COMMIT is acknowledged, and the engine does not know it yet.</summary>
    AfterAcknowledgement,

    /// <summary>Before the code of a server event is called.</summary>
    BeforeCode,

    /// <summary>When the code of a server event has returned, and its result is not stored.</summary>
    AfterCode,

    /// <summary>After any statement, counted.</summary>
    AfterStatement,
}
