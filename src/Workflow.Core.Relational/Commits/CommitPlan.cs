using System.Globalization;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Commits;

/// <summary>The work of one commit: what its first statement needs to know, and the statements behind it in order.</summary>
internal sealed class CommitPlan
{
    private readonly CommitTexts _texts;
    private readonly Commit _commit;
    private readonly object _process;
    private readonly bool _isPostgreSql;

    /// <param name="commit">The commit.</param>
    /// <param name="id">A name that no other commit has.</param>
    /// <param name="texts">The statements.</param>
    /// <param name="isPostgreSql">Whether each statement is to check that the first one has left its mark.</param>
    public CommitPlan(Commit commit, string id, CommitTexts texts, bool isPostgreSql)
    {
        _texts = texts;
        _commit = commit;
        _process = commit.ProcessInstance.Value;
        _isPostgreSql = isPostgreSql;
        Id = id;
        Mark = id;
        Steps = [];
        Contents();
        Fields();
        ServerItems();
        for (var index = 0; index < commit.Worklist.Count; index++)
        {
            Task(commit.Worklist[index], isFirst: index == 0);
        }

        Timers();
        Messages();
    }

    public string Id { get; }

    /// <summary>The commit that the instance is to carry so far, as it is stored; empty for any.</summary>
    public string LastCommit => CommitNames.Stored(_commit.LastCommit);

    /// <summary>The mark that an attempt leaves behind: the name, and which attempt it was.</summary>
    public string Mark { get; private set; }

    public Commit Commit => _commit;

    public bool IsStart => _commit.ExpectedVersion == 0;

    /// <summary>How many facts the history has with this commit, as a parameter; no value when it adds none.</summary>
    public object JournalCount => _commit.Journal is { } journal ? journal.FirstNumber + journal.Count - 1 : TypedNull.Number;

    public List<BoundStatement> Steps { get; }

    /// <summary>Which step removes searchable fields that are no more; superfluous where there were none.</summary>
    public int FieldsRemoval { get; private set; } = -1;

    /// <summary>Begins another attempt, on PostgreSQL. If the earlier commit is stored after all, its traces differ from those of this one.</summary>
    public void BeginAttempt(int number)
    {
        if (number == 1)
        {
            return;
        }

        Mark = string.Create(CultureInfo.InvariantCulture, $"{Id}~{number}");
        foreach (var step in Steps)
        {
            step.Values[^1] = Mark;
        }
    }

    private static string Key(Destination entry) => StoredText.Key(entry.Name);

    private void Contents()
    {
        if (_commit.Request is { } request)
        {
            Add(_texts.Request, StoredText.Of(request.Key), request.Content.ToArray(), request.At.UtcTicks);
        }

        for (var index = 0; index < _commit.EndedActivities.Count; index++)
        {
            Add(_texts.EndActivity, _commit.EndedActivities[index]);
        }

        for (var index = 0; index < _commit.RemovedParts.Count; index++)
        {
            var key = _commit.RemovedParts[index];
            Add(_texts.RemovePart, key.ActivityInstance, key.Destination, PartColumn.Of(key));
        }

        var parts = _commit.Parts;
        var atOnce = AreDistinct(parts) ? CommitTexts.MostRows : 1;
        Store(0, Math.Min(atOnce, parts.Count), _commit.Journal);
        for (var first = atOnce; first < parts.Count; first += atOnce)
        {
            Store(first, Math.Min(atOnce, parts.Count - first), history: null);
        }
    }

    /// <summary>Several rows in one statement, save for parts that are given twice. For these the later one counts.</summary>
    private void Store(int first, int count, StoredJournal? history)
    {
        if (count == 0 && history is null)
        {
            return;
        }

        var values = Values((count * 4) + (history is null ? 0 : 3));
        var place = 1;
        for (var index = first; index < first + count; index++)
        {
            var (key, content) = _commit.Parts[index];
            values[place++] = key.ActivityInstance;
            values[place++] = key.Destination;
            values[place++] = PartColumn.Of(key);
            values[place++] = content.ToArray();
        }

        if (history is { } piece)
        {
            values[place++] = piece.FirstNumber;
            values[place++] = piece.Count;
            values[place] = piece.Content.ToArray();
        }

        var isNew = IsStart && count == _commit.Parts.Count;
        Steps.Add(new BoundStatement(_texts.Store(count, history is not null, isNew), values));
    }

    private static bool AreDistinct(IReadOnlyList<StoredPart> parts)
    {
        for (var index = 1; index < parts.Count; index++)
        {
            for (var before = 0; before < index && before < CommitTexts.MostRows; before++)
            {
                if (parts[index].Key == parts[index - 1 - before].Key)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private void Fields()
    {
        if (_commit.Record is not { } record)
        {
            return;
        }

        for (var index = 0; index < record.Fields.Count; index++)
        {
            Add(_texts.StoreField, index, StoredText.Of(record.Fields[index].Name), StoredText.ValueKey(record.Fields[index].Value));
        }

        if (!IsStart)
        {
            FieldsRemoval = Steps.Count;
            Add(_texts.RemoveFields, record.Fields.Count);
        }
    }

    private void ServerItems()
    {
        for (var index = 0; index < _commit.ServerItems.Count; index++)
        {
            var item = _commit.ServerItems[index];
            Add(
                _texts.StoreServerItem, item.Serial.Destination, StoredText.Of(item.Definition), StoredText.Of(item.Activity), StoredText.Of(item.Event),
                StoredText.OrNull(item.CorrelationKey), (int)item.Status, item.StartedAt.UtcTicks, item.EndedAt?.UtcTicks ?? Rows.None,
                StoredText.OrNull(item.EndedBy));
        }
    }

    private void Task(WorklistChange change, bool isFirst)
    {
        var destination = change.Serial.Destination;
        switch (change)
        {
            case WorklistChange.Opened opened:
                Open(opened, destination, isNew: IsStart && isFirst);
                break;
            case WorklistChange.EntryAdded added:
                Entry(_texts.StoreEntry, destination, added.Entry, isOpen: 1);
                break;
            case WorklistChange.EntryRemoved removed:
                Entry(_texts.StoreEntry, destination, removed.Entry, isOpen: 0);
                break;
            case WorklistChange.TookPart participant:
                Entry(_texts.KeepEntry, destination, Destination.Stored(DestinationKind.User, participant.User), isOpen: 0);
                break;
            case WorklistChange.Closed closed:
                Add(_texts.CloseTask, destination, (int)closed.End);
                break;
            default:
                throw new ArgumentException($"A worklist change of the kind {change.GetType().Name} is not known.", nameof(change));
        }
    }

    private void Open(WorklistChange.Opened opened, int destination, bool isNew)
    {
        var header = opened.Header;
        if (!IsStart)
        {
            Add(_texts.LeaveTask, destination);
        }

        var entries = opened.Entries.Distinct().ToList();
        var count = Math.Min(entries.Count, CommitTexts.MostRows);
        var values = Values(6 + (count * 3));
        values[1] = destination;
        values[2] = header.ActivityInstance;
        values[3] = StoredText.Of(header.Activity);
        values[4] = StoredText.Of(header.Event);
        values[5] = (int)header.Priority;
        values[6] = header.StartedAt.UtcTicks;
        for (var index = 0; index < count; index++)
        {
            var place = 7 + (index * 3);
            values[place] = (int)entries[index].Kind;
            values[place + 1] = Key(entries[index]);
            values[place + 2] = StoredText.Of(entries[index].Name);
        }

        Steps.Add(new BoundStatement(_texts.OpenTask(count, isNew), values));
        for (var index = count; index < entries.Count; index++)
        {
            Entry(_texts.StoreEntry, destination, entries[index], isOpen: 1);
        }
    }

    private void Entry(Statement statement, int destination, Destination entry, int isOpen) =>
        Add(statement, destination, (int)entry.Kind, Key(entry), StoredText.Of(entry.Name), isOpen, 0);

    private void Timers()
    {
        for (var index = 0; index < _commit.EndedTimers.Count; index++)
        {
            Add(_texts.EndTimer, _commit.EndedTimers[index]);
        }

        for (var index = 0; index < _commit.ArmedTimers.Count; index++)
        {
            var timer = _commit.ArmedTimers[index];
            Add(
                _texts.StoreTimer, timer.Number, (int)timer.Kind, timer.ActivityInstance, timer.Destination, timer.DueAt.UtcTicks, timer.EventInstance,
                StoredText.Of(timer.Element), timer.Occurrence);
        }
    }

    private void Messages()
    {
        for (var index = 0; index < _commit.ReceivedMessages.Count; index++)
        {
            var (from, number) = _commit.ReceivedMessages[index];
            Add(_texts.ReceiveMessage, from.Value, number);
        }

        for (var index = 0; index < _commit.SentMessages.Count; index++)
        {
            var message = _commit.SentMessages[index];
            Add(_texts.SendMessage, message.To.Value, message.Number, message.Content.ToArray());
        }

        // The first statement has locked the instance by then, so the news of its commits is in their order.
        if (!_commit.News.IsEmpty)
        {
            Add(_texts.StoreNews, StoredText.Of(_commit.Owner), _commit.News.ToArray());
        }
    }

    private void Add(Statement statement, params ReadOnlySpan<object> values)
    {
        var all = Values(values.Length);
        values.CopyTo(all.AsSpan(1));
        Steps.Add(new BoundStatement(statement, all));
    }

    /// <summary>Every statement has the instance first, and on PostgreSQL the mark of the commit last.</summary>
    private object[] Values(int count)
    {
        var all = new object[count + (_isPostgreSql ? 2 : 1)];
        all[0] = _process;
        if (_isPostgreSql)
        {
            all[^1] = Mark;
        }

        return all;
    }
}
