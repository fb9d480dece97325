using Workflow.Core.Instances;
using Workflow.Core.Records;

namespace Workflow.Core.Persistence;

/// <summary>Everything that one command changes, to be stored together or not at all (statement 14.2).</summary>
/// <remarks>The bytes belong to the engine and are used again: a store copies what it keeps before its task ends.</remarks>
public sealed record Commit
{
    private CommitHeading _heading;
    private ReadOnlyMemory<byte> _news;

    /// <summary>The process instance.</summary>
    public required ProcessInstanceId ProcessInstance { get => _heading.ProcessInstance; init => _heading.ProcessInstance = value; }

    /// <summary>How often the instance must have been committed so far; zero for a new one. The store refuses the commit when it is otherwise
    /// (statement 14.3).</summary>
    public required long ExpectedVersion { get => _heading.ExpectedVersion; init => _heading.ExpectedVersion = value; }

    /// <summary>The number of times that the instance had moved from one engine to another when it was loaded. The store refuses the commit if the instance has
    /// moved since. So an engine that lost the instance cannot commit it (statement 14.3).</summary>
    public long Epoch { get => _heading.Epoch; init => _heading.Epoch = value; }

    /// <summary>A name that no other commit ever has. If the answer is lost, it shows whether the commit is stored. Empty for none.</summary>
    public string Id { get => _heading.Id ?? ""; init => _heading.Id = value; }

    /// <summary>The name of the commit that left the instance as this one expects it. It is <see cref="StoredProcess.LastCommit"/>, or the <see cref="Id"/> of
    /// the caller's own commit before this one. The store refuses the commit when the instance carries another name, even if version and epoch fit. After a
    /// restore they can fit by chance (statement 14.7c). Empty compares nothing.</summary>
    public string LastCommit { get => _heading.LastCommit ?? ""; init => _heading.LastCommit = value; }

    /// <summary>The engine that commits; empty for nobody in particular. The store refuses the commit while somebody else holds a lease
    /// on the instance that has not run out.</summary>
    public string Owner { get => _heading.Owner ?? ""; init => _heading.Owner = value; }

    /// <summary>The lease that the commit takes or keeps; null gives back the one that the instance has.</summary>
    public ProcessLease? Lease { get => _heading.Lease; init => _heading.Lease = value; }

    /// <summary>The record that the instance is found by; null when nothing of it has changed. A new instance has one.</summary>
    public ProcessRecord? Record { get => _heading.Record; init => _heading.Record = value; }

    /// <summary>Whether a call of the instance's code is due. Engines take up such instances again after a crash (statement 14.4).</summary>
    public required bool HasPendingCall { get => _heading.HasPendingCall; init => _heading.HasPendingCall = value; }

    /// <summary>Whether the engine commits of its own accord, and nobody waits for it. A store may let other commits pass it, but not keep it out for
    /// good.</summary>
    public bool IsBackground { get => _heading.IsBackground; init => _heading.IsBackground = value; }

    /// <summary>The parts that are new or changed.</summary>
    public required IReadOnlyList<StoredPart> Parts { get; init; }

    /// <summary>The activity instances that ended: all parts with their number go, before <see cref="Parts"/> are stored.</summary>
    public required IReadOnlyList<int> EndedActivities { get; init; }

    /// <summary>Stored parts that are no longer needed, of activity instances that have not ended.</summary>
    public IReadOnlyList<PartKey> RemovedParts { get; init; } = [];

    /// <summary>The changes of the tasks there are and of those they are for, in order.</summary>
    public IReadOnlyList<WorklistChange> Worklist { get; init; } = [];

    /// <summary>Timers that were armed; one takes the place of another with its number.</summary>
    public IReadOnlyList<ProcessTimer> ArmedTimers { get; init; } = [];

    /// <summary>The numbers of timers that are no longer needed. The store removes them before it stores <see cref="ArmedTimers"/>.</summary>
    public IReadOnlyList<int> EndedTimers { get; init; } = [];

    /// <summary>The facts to add to the history; null for none.</summary>
    public required StoredJournal? Journal { get => _heading.Journal; init => _heading.Journal = value; }

    /// <summary>Server items that were created or changed, in order; a record replaces the one stored under the same serial number.</summary>
    public required IReadOnlyList<ServerItemRecord> ServerItems { get; init; }

    /// <summary>The idempotency key under which the command is carried out, and what comes of it; null without one. The store refuses the commit when there is
    /// one under the key already (statement 13.7).</summary>
    public StoredRequest? Request { get => _heading.Request; init => _heading.Request = value; }

    /// <summary>Messages that the instance sends; one takes the place of another with its receiver, sender and number.</summary>
    public IReadOnlyList<ProcessMessage> SentMessages { get; init; } = [];

    /// <summary>Messages that the instance has received, which go with this commit: their senders and numbers. The store refuses the commit when one of them is
    /// not there, or not any more. So each is received once (statement 14.2). They go before <see cref="SentMessages"/> are stored.</summary>
    public IReadOnlyList<(ProcessInstanceId From, int Number)> ReceivedMessages { get; init; } = [];

    /// <summary>The news of the commit for other engines (statement 13.12); empty for none. A store whose <see cref="IProcessStore.KeepsNews"/> is true keeps
    /// it with the commit.</summary>
    public ReadOnlyMemory<byte> News { get => _news; init => _news = value; }

    /// <summary>Adds the news for other engines.</summary>
    internal void Tell(ReadOnlyMemory<byte> news) => _news = news;

    /// <summary>Makes the next commit of the same object, with what its lists hold now: an engine commits too often for an object each time.</summary>
    internal void Renew(in CommitHeading heading) => (_heading, _news) = (heading, default);
}
