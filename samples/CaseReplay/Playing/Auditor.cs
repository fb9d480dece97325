using System.Globalization;
using Cases.Data;
using Workflow.Core;
using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Testing;

namespace Cases.Playing;

/// <summary>Asks the engine what is open and what happened, through the questions that any administrator can ask.</summary>
/// <param name="connection">In whose name.</param>
public sealed class Auditor(WorkflowConnection connection)
{
    private const int Page = 500;

    /// <summary>The activities that are open in a process instance, in alphabetical order: tasks of people, and items that wait for an outside
    /// system.</summary>
    public async ValueTask<List<string>> OpenActivitiesAsync(ProcessInstanceId instance)
    {
        var open = new List<string>();
        var tasks = await connection.ManageWorklists().ListAsync(new() { ProcessInstance = instance, Limit = Page });
        for (var index = 0; index < tasks.Count; index++)
        {
            // A task comes once for each whom it is for, and once more for the user who has it open.
            if (index == 0 || tasks[index].Serial != tasks[index - 1].Serial)
            {
                open.Add(tasks[index].Activity);
            }
        }

        foreach (var item in await connection.FindServerItemsAsync(new() { ProcessInstance = instance, Limit = Page }))
        {
            open.Add(item.Activity);
        }

        open.Sort(StringComparer.Ordinal);
        return open;
    }

    /// <summary>How many items of each activity of a process are open, over all instances.</summary>
    public async Task<Dictionary<string, int>> CountOpenAsync(string definition)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        SerialNumber? after = null;
        while (await connection.ManageWorklists().ListAsync(new() { Definition = definition, After = after, Limit = Page }) is { Count: > 0 } tasks)
        {
            foreach (var activity in tasks.DistinctBy(task => task.Serial).Select(task => task.Activity))
            {
                counts[activity] = counts.GetValueOrDefault(activity) + 1;
            }

            after = tasks[^1].Serial;
        }

        after = null;
        while (await connection.FindServerItemsAsync(new() { Definition = definition, After = after, Limit = Page }) is { Count: > 0 } items)
        {
            foreach (var item in items)
            {
                counts[item.Activity] = counts.GetValueOrDefault(item.Activity) + 1;
            }

            after = items[^1].Serial;
        }

        return counts;
    }

    /// <summary>All instances that a question finds, page by page.</summary>
    public async IAsyncEnumerable<ProcessRecord> FindAsync(ProcessQuery query)
    {
        var page = query with { Limit = Page };
        while (await connection.FindProcessesAsync(page) is { Count: > 0 } records)
        {
            foreach (var record in records)
            {
                yield return record;
            }

            page = page with { After = records[^1].Id };
        }
    }

    public async Task<List<JournalEntry>> HistoryAsync(ProcessInstanceId instance)
    {
        var history = new List<JournalEntry>();
        IReadOnlyList<JournalEntry> page;
        do
        {
            page = await connection.ReadHistoryAsync(instance, history.Count, Page);
            history.AddRange(page);
        }
        while (page.Count == Page);
        return history;
    }

    public async ValueTask<ProcessInstanceStatus> StatusAsync(ProcessInstanceId instance) => (await connection.ReadAsync(instance)).Status;

    public async Task<string> TranscriptAsync(ProcessInstanceId instance) =>
        Transcript.Of(await connection.ReadAsync(instance), await HistoryAsync(instance));

    /// <summary>The steps of users and outside systems in an instance, and the escalations that fired, in order, as the history tells it. The first step is the
    /// one that has started the case. An escalation that fires at that instant counts as behind it, whichever the engine has come to first.</summary>
    public static IEnumerable<DoneStep> Steps(IReadOnlyList<JournalEntry> history)
    {
        var activities = new Dictionary<int, string>();
        var isBegun = false;
        var waiting = new List<DoneStep>();
        foreach (var entry in history)
        {
            if (entry.Kind is JournalKind.ActivityStarted)
            {
                activities[entry.ActivityInstance] = entry.Name!;
            }
            else if (StepOf(entry, activities) is { } step)
            {
                if (entry.Kind is JournalKind.EscalationFired && !isBegun)
                {
                    waiting.Add(step);
                    continue;
                }

                isBegun = true;
                yield return step;
                foreach (var fired in waiting)
                {
                    yield return fired;
                }

                waiting.Clear();
            }
        }
    }

    /// <summary>The activities of the arrivals that were over at once, because the preceding rule was false.</summary>
    public static IEnumerable<string> ExpiredArrivals(IReadOnlyList<JournalEntry> history) => history
        .Where(entry => entry.Kind is JournalKind.ActivityExpired && entry.Detail == nameof(ExpiryReason.PrecedingRuleFalse))
        .Select(entry => entry.Name!);

    private static DoneStep? StepOf(JournalEntry entry, Dictionary<int, string> activities) => entry.Kind switch
    {
        JournalKind.SlotCompleted => new DoneStep(activities[entry.ActivityInstance], entry.Name, entry.User!, entry.Time),
        JournalKind.ServerItemFinished => new DoneStep(activities[entry.ActivityInstance], Action: null, entry.User!, entry.Time),
        JournalKind.EscalationFired => new DoneStep(RecordedStep.Starred(entry.Name!), FiringOf(entry), User: "", entry.Time),
        _ => null,
    };

    /// <summary>A firing is as recorded when it is the only one, and for the instant at which it was.</summary>
    private static string FiringOf(JournalEntry entry) =>
        entry.Detail == string.Create(CultureInfo.InvariantCulture, $"firing 1 of 1, due {entry.Time.UtcDateTime:u}") ? RecordedStep.Fires : entry.Detail!;
}
