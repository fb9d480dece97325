using System.Diagnostics;
using Workflow.Core.Instances;
using Workflow.Core.Records;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Says what a commit changes, without any content (statement 13.12). It is worked out only when somebody wants to hear it.</summary>
internal static class CommitNews
{
    /// <param name="episode">What the commit carries, before it is marked as stored.</param>
    /// <param name="before">The status that the store knew; null for a new instance.</param>
    public static ProcessNews Of(Episode episode, ProcessInstanceStatus? before)
    {
        try
        {
            return Changed(episode, before);
        }
#pragma warning disable CA1031 // The commit is stored, and its command has not failed.
        catch (Exception)
#pragma warning restore CA1031
        {
            return new ProcessNews.LookAnew(LookAnewReason.Unknown);
        }
    }

    private static ProcessNews.Changed Changed(Episode episode, ProcessInstanceStatus? before)
    {
        var process = episode.Process;
        return new ProcessNews.Changed
        {
            ProcessInstance = process.Id,
            Definition = process.Definition,
            DefinitionVersion = process.DefinitionVersion,
            Number = process.Version + 1,
            Status = process.StoredStatus,
            StatusBefore = before,
            Tasks = Tasks(episode),
            ServerItems = episode.ServerItems.Count == 0 ? [] : [.. episode.ServerItems.Select(Of)],
            AreTimersChanged = episode.ArmedTimers.Count > 0 || episode.EndedTimers.Count > 0,
        };
    }

    private static ServerItemNews Of(ServerItemRecord item) => new(item.Serial, item.Status, item.Activity);

    private static List<TaskNews> Tasks(Episode episode)
    {
        var changed = new Dictionary<SerialNumber, ActivityInstanceDestination>();
        for (var destination = episode.Process.FirstChangedDestination; destination is not null; destination = destination.NextChanged)
        {
            changed.Add(destination.Serial, destination);
        }

        var told = new HashSet<SerialNumber>();
        var news = new List<TaskNews>();
        foreach (var change in episode.Worklist)
        {
            var destination = changed.GetValueOrDefault(change.Serial);
            if (Of(change, destination, episode) is { } task)
            {
                news.Add(task);
                if (change is not (WorklistChange.EntryAdded or WorklistChange.EntryRemoved))
                {
                    told.Add(task.Serial);
                }
            }
        }

        // A slot that is taken or given back, or a sleep, changes what the others see, and no store needs to know it. It may come with somebody who is added.
        for (var destination = episode.Process.FirstChangedDestination; destination is not null; destination = destination.NextChanged)
        {
            if (destination.WorklistHeader is { IsOpen: true } && !told.Contains(destination.Serial))
            {
                news.Add(new TaskNews(destination.Serial, TaskNewsKind.Changed, destination.Activity.Name, Everybody(destination, Delegates(destination))));
            }
        }

        return news;
    }

    private static TaskNews? Of(WorklistChange change, ActivityInstanceDestination? destination, Episode episode)
    {
        var activity = destination?.Activity.Name ?? "";
        return change switch
        {
            WorklistChange.Opened opened => new TaskNews(
                change.Serial, episode.Renamed?.Contains(change.Serial) is true ? TaskNewsKind.Changed : TaskNewsKind.Opened, opened.Header.Activity,
                [.. opened.Entries]),
            WorklistChange.EntryAdded added => new TaskNews(change.Serial, TaskNewsKind.Added, activity, [added.Entry]),
            WorklistChange.EntryRemoved removed => new TaskNews(change.Serial, TaskNewsKind.Removed, activity, [removed.Entry]),
            WorklistChange.Closed closed => new TaskNews(
                change.Serial, closed.End is WorklistItemEnd.Completed ? TaskNewsKind.Completed : TaskNewsKind.Expired, activity,
                destination is null ? [] : Everybody(destination, Former(episode, change.Serial))),
            WorklistChange.TookPart => null,
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Those whom a task is for, or was until its end.</summary>
    private static List<Destination> Everybody(ActivityInstanceDestination destination, IEnumerable<Destination> delegates) =>
        [.. destination.People.Concat(delegates).Distinct()];

    private static IEnumerable<Destination> Delegates(ActivityInstanceDestination destination) =>
        destination.WorklistHeader!.Delegations.Select(delegation => delegation.To);

    private static IEnumerable<Destination> Former(Episode episode, SerialNumber task) =>
        (episode.FormerDelegates ?? []).Where(former => former.Task == task).Select(former => former.Delegate);
}
