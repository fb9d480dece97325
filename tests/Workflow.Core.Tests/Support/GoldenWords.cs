using System.Globalization;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Tests.Support;

/// <summary>The plain words by which a store finds an instance, as lines of a <see cref="GoldenFile"/>: its record, open tasks, waiting server items and
/// timers.</summary>
internal static class GoldenWords
{
    /// <summary>The words that a store has now.</summary>
    public static async Task<string> OfAsync(IProcessStore store, ProcessInstanceId id)
    {
        var record = (await store.FindProcessesAsync(new ProcessQuery(), CancellationToken.None)).Single(record => record.Id == id);
        var fields = record.Fields.Select(field => $"|{field.Name}={field.Value}");
        var lines = new List<string> { $"record|{(int)record.Status}|{Ticks(record.StartedAt)}|{record.Error}{string.Concat(fields)}" };
        foreach (var task in await store.FindTasksAsync(entries: null, new WorklistQuery { Limit = 500 }, CancellationToken.None))
        {
            lines.Add(
                $"task|{task.ActivityInstance}|{task.Serial.Destination}|{task.Activity}|{task.Event}|{(int)task.Priority}|{Ticks(task.StartedAt)}"
                    + string.Concat((await EntriesAsync(store, task)).Select(entry => $"|{(int)entry.Kind} {entry.Name}")));
        }

        var items = await store.FindServerItemsAsync(new ServerItemQuery { ProcessInstance = id, Limit = 500 }, CancellationToken.None);
        lines.AddRange(items.Select(item => $"item|{item.Serial.Destination}|{item.Activity}|{item.Event}|{item.CorrelationKey}|{Ticks(item.StartedAt)}"));
        var timers = await store.FindTimersAsync(new TimerQuery { ProcessInstance = id, Limit = 500 }, CancellationToken.None);
        return string.Concat(lines.Select(line => $"{line}\n")) + string.Concat(timers.Select(Of));
    }

    /// <summary>A timer as a line.</summary>
    public static string Of(ProcessTimer timer) => string.Create(
        CultureInfo.InvariantCulture,
        $"timer {timer.Number} {(int)timer.Kind} {timer.ActivityInstance} {timer.Destination} {timer.DueAt.UtcTicks} {timer.EventInstance} {timer.Occurrence} "
            + $"{timer.Element}\n");

    /// <summary>The commit with the words of a file. Files of earlier versions have none, or timers only.</summary>
    public static Commit AddTo(Commit commit, string[] lines)
    {
        var id = commit.ProcessInstance;
        var words = lines.TakeWhile(line => line != "transcript").ToLookup(line => line.Split('|', ' ')[0], line => line.Split('|'));
        return commit with
        {
            Record = words["record"].SingleOrDefault() is { } record ? Record(commit.Record!, record) : commit.Record,
            Worklist = [.. words["task"].Select(task => Opened(commit.Record!, task))],
            ServerItems = [.. words["item"].Select(item => Item(commit.Record!, item))],
            ArmedTimers = [.. words["timer"].Select(timer => Timer(id, timer.Single().Split(' ')))],
        };
    }

    /// <summary>The entries of a task that still stand in a worklist.</summary>
    private static async Task<List<Destination>> EntriesAsync(IProcessStore store, WorklistHeaderRecord task)
    {
        var stored = (await store.FindTaskAsync(task.Serial, CancellationToken.None)).ShouldNotBeNull();
        var current = new List<Destination>();
        foreach (var entry in stored.Entries)
        {
            var found = await store.FindTasksAsync([entry], new WorklistQuery { Limit = 500 }, CancellationToken.None);
            if (found.Any(one => one.Serial == task.Serial))
            {
                current.Add(entry);
            }
        }

        return current;
    }

    private static ProcessRecord Record(ProcessRecord record, string[] words) => record with
    {
        Status = (ProcessInstanceStatus)Number(words[1]),
        StartedAt = Instant(words[2]),
        Error = words[3].Length == 0 ? null : words[3],
        Fields = [.. words[4..].Select(word => word.Split('=', 2)).Select(field => new IndexedField(field[0], field[1]))],
    };

    private static WorklistChange.Opened Opened(ProcessRecord record, string[] words)
    {
        var header = new WorklistHeaderRecord
        {
            Serial = new SerialNumber(record.Id, Number(words[2])),
            ActivityInstance = Number(words[1]),
            Definition = record.Definition,
            Folio = record.Folio,
            Originator = record.Originator,
            Activity = words[3],
            Event = words[4],
            Priority = (Priority)Number(words[5]),
            StartedAt = Instant(words[6]),
        };
        return new WorklistChange.Opened(header, [.. words[7..].Select(word => Destination.Stored((DestinationKind)Number(word[..1]), word[2..]))]);
    }

    private static ServerItemRecord Item(ProcessRecord record, string[] words) => new()
    {
        Serial = new SerialNumber(record.Id, Number(words[1])),
        Definition = record.Definition,
        Activity = words[2],
        Event = words[3],
        CorrelationKey = words[4].Length == 0 ? null : words[4],
        Status = ServerItemStatus.Waiting,
        StartedAt = Instant(words[5]),
    };

    /// <summary>A store of version 4 keeps neither event nor element nor occurrence.</summary>
    private static ProcessTimer Timer(ProcessInstanceId id, string[] words)
    {
        var numbers = words[1..5].Select(Number).ToList();
        var timer = new ProcessTimer(id, numbers[0], (ProcessTimerKind)numbers[1], numbers[2], numbers[3], Instant(words[5]));
        return words.Length == 6 ? timer : timer with
        {
            EventInstance = Number(words[6]),
            Occurrence = Number(words[7]),
            Element = string.Join(' ', words[8..]),
        };
    }

    private static string Ticks(DateTimeOffset instant) => instant.UtcTicks.ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(string ticks) => new(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero);

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
