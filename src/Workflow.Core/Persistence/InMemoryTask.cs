using Workflow.Core.Instances;
using Workflow.Core.Records;

namespace Workflow.Core.Persistence;

/// <summary>The data that <see cref="InMemoryProcessStore"/> keeps of one task, in as little memory as it takes.</summary>
internal sealed class InMemoryTask
{
    private readonly InMemoryProcess _process;
    private readonly string _activity;
    private readonly string _event;
    private readonly long _startedAt;
    private readonly int _activityInstance;
    private readonly int _destination;
    private readonly byte _priority;
    private byte _end;
    private Destination _only;
    private People? _people;

    public InMemoryTask(InMemoryProcess process, WorklistHeaderRecord header, IReadOnlyList<Destination> entries, InMemoryTask? earlier)
    {
        _process = process;
        _destination = header.Serial.Destination;
        _activity = header.Activity;
        _event = header.Event;
        _startedAt = header.StartedAt.UtcTicks;
        _activityInstance = header.ActivityInstance;
        _priority = (byte)header.Priority;
        if (entries.Count == 1 && earlier is null)
        {
            _only = entries[0];
            return;
        }

        _people = new People([.. entries], earlier is null ? [] : [.. earlier.Current, .. earlier.Former]);
    }

    public int ActivityInstance => _activityInstance;

    public SerialNumber Serial => new(_process.Id, _destination);

    /// <summary>How it ended; null while it is open.</summary>
    public WorklistItemEnd? End => _end == 0 ? null : (WorklistItemEnd)_end;

    /// <summary>The users, groups and roles that it is for now.</summary>
    public IReadOnlyCollection<Destination> Current => _people?.Current ?? (IReadOnlyCollection<Destination>)[_only];

    /// <summary>The users, groups and roles that it was for.</summary>
    public IReadOnlyCollection<Destination> Former => _people?.Former ?? (IReadOnlyCollection<Destination>)[];

    /// <summary>The one destination that it is for now, if nobody else ever was; null otherwise.</summary>
    public Destination? Only => _people is null ? _only : null;

    public WorklistHeaderRecord Header => new()
    {
        Serial = Serial,
        ActivityInstance = _activityInstance,
        Definition = _process.Definition,
        DefinitionVersion = _process.DefinitionVersion,
        Folio = _process.Folio,
        Originator = _process.Originator,
        Activity = _activity,
        Event = _event,
        Priority = (Priority)_priority,
        StartedAt = new DateTimeOffset(_startedAt, TimeSpan.Zero),
    };

    public bool Matches(WorklistQuery query) =>
        WantedDefinitions.Include(query.Definition, query.Definitions, _process.Definition)
        && (query.ProcessInstance is null || query.ProcessInstance == Serial.ProcessInstance)
        && (query.Activity is null || string.Equals(query.Activity, _activity, StringComparison.Ordinal))
        && (query.Event is null || string.Equals(query.Event, _event, StringComparison.Ordinal))
        && (query.Folio is null || string.Equals(query.Folio, _process.Folio, StringComparison.Ordinal))
        && (query.Originator is null || Names.Same(query.Originator, _process.Originator));

    public void Add(Destination entry) => Several().Current.Add(entry);

    public void Remove(Destination entry)
    {
        var people = Several();
        people.Current.Remove(entry);
        people.Former.Add(entry);
    }

    public void Remember(Destination participant) => Several().Former.Add(participant);

    public void Close(WorklistItemEnd end) => _end = (byte)end;

    public bool WasEverFor(ICollection<Destination> entries) => Current.Any(entries.Contains) || Former.Any(entries.Contains);

    public StoredTask ToStored() => new(Header, [.. Current.Union(Former)], End);

    private People Several() => _people ??= new People([_only], []);

    /// <summary>The destinations that a task is and was for, where there are several.</summary>
    private sealed record People(HashSet<Destination> Current, HashSet<Destination> Former);
}
