using Workflow.Core.Instances;
using Workflow.Core.Records;

namespace Workflow.Core.Persistence;

/// <summary>One process instance in the memory of <see cref="InMemoryProcessStore"/>: its bytes, its tasks, what it is found by,
/// and little else, since there are many.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Reliability", "CA2002:Do not lock on objects with weak identity",
    Justification = "Nobody outside of the store sees it, and a lock of its own would cost memory for each instance.")]
internal sealed class InMemoryProcess
{
    /// <summary>The number of an activity instance that no instance has.</summary>
    private const int NoActivity = int.MaxValue;

    private const long NotEnded = -1;

    private readonly ProcessInstanceId _id;
    private InMemoryParts _parts;
    private InMemoryJournal _journal;
    private InMemoryTasks _tasks;
    private InMemoryExtras? _extras;
    private InMemoryDefinition? _definition;
    private string _folio = "";
    private string _originator = "";
    private long _startedAt;
    private long _endedAt = NotEnded;
    private int _version;
    private byte _status;
    private bool _hasPendingCall;

    public InMemoryProcess(ProcessInstanceId id) => _id = id;

    public ProcessInstanceId Id => _id;

    public string Folio => _folio;

    public string Originator => _originator;

    public ProcessInstanceId? Parent => _extras?.Parent;

    public string Definition => _definition?.Name ?? "";

    public int DefinitionVersion => _definition?.Version.Version ?? 0;

    public long Version
    {
        get
        {
            lock (this)
            {
                return _version;
            }
        }
    }

    private bool IsLive => _definition is not null && !((ProcessInstanceStatus)_status).HasEnded();

    private InMemoryExtras Extras => _extras ??= new InMemoryExtras();

    public void Apply(Commit commit, InMemoryShared shared)
    {
        lock (this)
        {
            Refuse(commit, shared);
            Record(commit.Record, shared);
            _parts.Apply(commit);
            if (commit.Journal is { } journal)
            {
                _journal.Add(journal);
            }

            for (var index = 0; index < commit.ServerItems.Count; index++)
            {
                Extras.Keep(commit.ServerItems[index]);
                shared.ServerItems.Note(_id, commit.ServerItems[index].Definition, Extras.Waiting > 0);
            }

            for (var index = 0; index < commit.Worklist.Count; index++)
            {
                _tasks.Apply(this, commit.Worklist[index], shared);
            }

            shared.Timers.Apply(commit);
            shared.Messages.Send(commit);
            Own(commit, shared);
            Name(commit);
            if (_hasPendingCall != commit.HasPendingCall)
            {
                _hasPendingCall = commit.HasPendingCall;
                shared.NotePending(this, _hasPendingCall);
            }

            _version++;
            shared.News.Add(commit);
        }
    }

    /// <summary>Gives the instance to an engine to work on, if nobody has it.</summary>
    /// <param name="query">The engine, and the instances that it wants.</param>
    /// <param name="isDue">Whether it has a timer that is due; otherwise it is its pending call that is to be made.</param>
    /// <param name="shared">The clock of the leases.</param>
    public ClaimedProcess? Claim(ClaimQuery query, bool isDue, InMemoryShared shared)
    {
        lock (this)
        {
            if (_definition is null || !query.Definitions.Contains(_definition.Version) || _extras is { SetAside: not null } || (!isDue && !_hasPendingCall))
            {
                return null;
            }

            var claimed = Extras.Ownership.Claim(query, isDue, shared);
            shared.NoteLeased(this, Extras.Ownership.IsLeased);
            return claimed is var (epoch, attempts) ? new ClaimedProcess(_id, epoch, attempts, _hasPendingCall, query.Owner) : null;
        }
    }

    public void Renew(string owner, DateTimeOffset until)
    {
        lock (this)
        {
            _extras?.Ownership.Renew(owner, until);
        }
    }

    public void Release(ClaimedProcess claim, DateTimeOffset putOffUntil, InMemoryShared shared)
    {
        lock (this)
        {
            if (_extras is not null)
            {
                _extras.Ownership.Release(claim, putOffUntil);
                shared.NoteLeased(this, _extras.Ownership.IsLeased);
            }
        }
    }

    public void SetAside(string? reason)
    {
        lock (this)
        {
            Extras.SetAside = reason;
            if (reason is null)
            {
                Extras.Ownership.StartAnew();
            }
        }
    }

    /// <returns>Null while the start that made it is not stored, which may be refused.</returns>
    public ProcessRecord? ToRecord()
    {
        lock (this)
        {
            return _version == 0 ? null : new ProcessRecord
            {
                Id = _id,
                Definition = Definition,
                DefinitionVersion = _definition?.Version.Version ?? 0,
                Folio = _folio,
                Originator = _originator,
                Status = _hasPendingCall && (ProcessInstanceStatus)_status is ProcessInstanceStatus.Active
                    ? ProcessInstanceStatus.Running
                    : (ProcessInstanceStatus)_status,
                StartedAt = new DateTimeOffset(_startedAt, TimeSpan.Zero),
                EndedAt = _endedAt == NotEnded ? null : new DateTimeOffset(_endedAt, TimeSpan.Zero),
                Error = _extras?.Error,
                Fields = _extras?.Fields ?? [],
                Parent = Parent,
                SetAside = _extras?.SetAside,
            };
        }
    }

    /// <summary>When it completed or was deleted; null when it has not ended.</summary>
    public long? EndInstant()
    {
        lock (this)
        {
            return ((ProcessInstanceStatus)_status).HasEnded() && _endedAt != NotEnded ? _endedAt : null;
        }
    }

    /// <summary>Takes it out of everything that leads to it, if it ended at an instant; a holder can commit it no more.</summary>
    public bool TryForget(long endedAt, InMemoryShared shared, bool keepsRequests = false)
    {
        lock (this)
        {
            if (EndInstant() != endedAt)
            {
                return false;
            }

            _version = 0;
            _definition?.Instances.Remove(_id);
            if (_extras is { ServerItems.Count: > 0 })
            {
                shared.ServerItems.Forget(_id);
            }

            shared.Forget(this, _tasks.Read(entries: null), keepsRequests);
            return true;
        }
    }

    public StoredProcess? Load(InMemoryShared shared)
    {
        lock (this)
        {
            return Stored(_parts.Read(), shared);
        }
    }

    public StoredProcess? Load(int activityInstance, int destination, InMemoryShared shared)
    {
        lock (this)
        {
            return Stored(_parts.Read(activityInstance, destination), shared);
        }
    }

    /// <summary>The parts that an answer to a task needs; the header alone when there is no such task.</summary>
    public StoredProcess? LoadTask(int destination, InMemoryShared shared)
    {
        lock (this)
        {
            return Stored(_parts.Read(_tasks.Find(destination)?.ActivityInstance ?? NoActivity, destination), shared);
        }
    }

    public IReadOnlyList<StoredJournal> ReadJournal(long after, int limit)
    {
        lock (this)
        {
            return _journal.Read(after, limit);
        }
    }

    public ServerItemRecord? FindServerItem(SerialNumber serial)
    {
        lock (this)
        {
            return _extras?.ServerItems.GetValueOrDefault(serial.Destination);
        }
    }

    /// <summary>The items asked for, in the order of their serial numbers.</summary>
    public IReadOnlyList<ServerItemRecord> Find(ServerItemQuery query)
    {
        lock (this)
        {
            return _extras is null
                ? []
                : [.. _extras.ServerItems.Values.Where(item => query.Matches(item) && (query.After is not { } after || item.Serial.CompareTo(after) > 0))];
        }
    }

    public InMemoryTask? FindTask(int destination)
    {
        lock (this)
        {
            return _tasks.Find(destination);
        }
    }

    public StoredTask? FindStoredTask(int destination)
    {
        lock (this)
        {
            return _tasks.Find(destination)?.ToStored();
        }
    }

    /// <summary>Whether a task of the instance is or was for somebody.</summary>
    public bool WasEverFor(ICollection<Destination> entries)
    {
        lock (this)
        {
            return _tasks.Read(entries: null).Any(task => task.WasEverFor(entries));
        }
    }

    /// <summary>The tasks that the instance has or had, in the order of their serial numbers; those only that are for somebody, if they are given.</summary>
    public IReadOnlyList<InMemoryTask> Tasks(ICollection<Destination>? entries)
    {
        lock (this)
        {
            return _tasks.Read(entries);
        }
    }

    private StoredProcess? Stored(IReadOnlyList<StoredPart> parts, InMemoryShared shared) => _version == 0
        ? null
        : new StoredProcess(
            _version, _journal.LastNumber, parts, _extras?.Ownership.Epoch ?? 0, _extras?.Ownership.OwnerAt(shared.Now), _extras?.LastCommit ?? "",
        _hasPendingCall);

    private void Refuse(Commit commit, InMemoryShared shared)
    {
        if (_version != commit.ExpectedVersion || (_extras is null ? commit.Epoch != 0 : !_extras.Ownership.Allows(commit, shared))
            || (commit.LastCommit.Length > 0 && commit.LastCommit != (_extras?.LastCommit ?? ""))
            || !shared.TryTake(commit))
        {
            throw new ConcurrencyException(_id, commit.ExpectedVersion, _version);
        }
    }

    private void Record(ProcessRecord? record, InMemoryShared shared)
    {
        if (record is null)
        {
            return;
        }

        var version = new DefinitionVersion(record.Definition, record.DefinitionVersion);
        var earlier = (Definition: _definition, IsLive, EndedAt: EndInstant());
        _definition = _definition?.Version == version ? _definition : shared.DefinitionOf(version);
        _folio = record.Folio;
        Originate(record.Originator, shared);
        _status = (byte)record.Status;
        _startedAt = record.StartedAt.UtcTicks;
        _endedAt = record.EndedAt?.UtcTicks ?? NotEnded;
        if (earlier.Definition != _definition || earlier.IsLive != IsLive)
        {
            earlier.Definition?.Count(earlier.IsLive ? -1 : 0);
            _definition.Count(IsLive ? 1 : 0);
        }

        if (earlier.Definition?.Instances != _definition.Instances)
        {
            _definition.Instances.Add(_id);
            earlier.Definition?.Instances.Remove(_id);
        }

        if (EndInstant() is { } endedAt && (endedAt != earlier.EndedAt || earlier.Definition != _definition))
        {
            _definition.Instances.Ended.Add(endedAt, _id);
        }

        if (_version == 0 && record.Parent is { } parent)
        {
            Extras.Parent = parent;
            shared.Children.Add(parent, _id);
        }

        if (record.Error is not null || record.Fields.Count > 0 || _extras is not null)
        {
            Extras.Error = record.Error;
            Extras.Fields = [.. record.Fields];
        }
    }

    private void Originate(string originator, InMemoryShared shared)
    {
        if (_version > 0 && string.Equals(originator, _originator, StringComparison.Ordinal))
        {
            return;
        }

        var earlier = _version > 0 ? Destination.Known(_originator) : default;
        var now = Destination.Known(originator);
        _originator = originator;
        shared.Participants.Add(now, _id);
        if (_version > 0 && earlier != now && !WasEverFor(new HashSet<Destination> { earlier }))
        {
            shared.Participants.Remove(earlier, _id);
        }
    }

    /// <summary>An engine that is alone does not name its commits, and then there is nothing to keep.</summary>
    private void Name(Commit commit)
    {
        if (_extras is not null || commit.Id.Length > 0)
        {
            Extras.LastCommit = commit.Id;
        }
    }

    /// <summary>Most instances belong to the engine that used the store first, and nobody holds a lease on them: of those there is nothing to keep.</summary>
    private void Own(Commit commit, InMemoryShared shared)
    {
        if (_extras is not null || commit.Lease is not null || !shared.IsFirstOwner(commit.Owner))
        {
            var wasLeased = Extras.Ownership.IsLeased;
            Extras.Ownership.Committed(commit, shared);
            if (wasLeased != Extras.Ownership.IsLeased)
            {
                shared.NoteLeased(this, !wasLeased);
            }
        }
    }
}
