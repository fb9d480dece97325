using Workflow.Core.Instances;
using Workflow.Core.Records;
using Workflow.Core.Rules;

namespace Workflow.Core.Client;

/// <summary>Gathers the facts of one activity instance.</summary>
/// <param name="process">The process instance.</param>
/// <param name="begun">The fact of its beginning.</param>
internal sealed class PastActivity(ProcessInstanceId process, JournalEntry begun)
{
    private readonly Dictionary<int, string> _events = [];
    private readonly Dictionary<int, Dictionary<string, FieldValue>> _copies = [];
    private readonly Dictionary<string, FieldValue> _fields = new(StringComparer.Ordinal);
    private readonly List<AnswerRecord> _answers = [];
    private JournalEntry? _end;

    /// <summary>Whether it has ended by the facts so far.</summary>
    public bool HasEnded => _end is not null;

    /// <summary>The number of the fact of its beginning.</summary>
    public long FirstEntry => begun.Number;

    public void Add(in JournalEntry entry)
    {
        switch (entry.Kind)
        {
            case JournalKind.EventStarted:
                _events[entry.Event] = entry.Name!;
                break;
            case JournalKind.FieldChanged:
                (entry.Destination == 0 ? _fields : CopyOf(entry.Destination))[entry.Name!] = entry.Value;
                break;
            case JournalKind.SlotCompleted or JournalKind.GotoTaken or JournalKind.ServerItemFinished:
                _answers.Add(Answer(entry));
                break;
            case JournalKind.ActivityCompleted or JournalKind.ActivityExpired:
                _end = entry;
                break;
            default:
                break;
        }
    }

    /// <param name="isCut">Whether there may be facts that were not read.</param>
    public ActivityRecord ToRecord(bool isCut) => new()
    {
        ProcessInstance = process,
        Number = begun.ActivityInstance,
        Name = begun.Name!,
        Status = _end?.Kind switch
        {
            null => ActivityInstanceStatus.Active,
            JournalKind.ActivityCompleted => ActivityInstanceStatus.Completed,
            _ => ActivityInstanceStatus.Expired,
        },
        Expiry = _end is { Kind: JournalKind.ActivityExpired } end && Enum.TryParse<ExpiryReason>(end.Detail, out var reason) ? reason : null,
        StartedAt = begun.Time,
        EndedAt = _end?.Time,
        Outcome = _fields.TryGetValue(Outcome.Name, out var outcome) && outcome.TryGet<string>(out var name) ? name : null,
        Answers = _answers,
        Fields = _fields,
        FirstEntry = begun.Number,
        IsCut = isCut && _end is null,
    };

    private Dictionary<string, FieldValue> CopyOf(int destination)
    {
        if (!_copies.TryGetValue(destination, out var copy))
        {
            _copies[destination] = copy = new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        }

        return copy;
    }

    private AnswerRecord Answer(in JournalEntry entry) => new()
    {
        Serial = new SerialNumber(process, entry.Destination),
        Event = _events.GetValueOrDefault(entry.Event) ?? entry.Name!,
        User = entry.User!,
        OnBehalfOf = entry.OnBehalfOf,
        Action = entry.Action,
        At = entry.Time,
        Fields = new Dictionary<string, FieldValue>(CopyOf(entry.Destination), StringComparer.Ordinal),
    };
}
