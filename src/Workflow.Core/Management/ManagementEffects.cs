using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Records;
using Workflow.Core.Runtime;

namespace Workflow.Core.Management;

/// <summary>The effects that a command of an administrator would have, up to the first call of code (statement 13.9). Nothing of it has happened.</summary>
/// <remarks>They follow from what is stored. Another command, a timer or code that runs may come before the command itself.</remarks>
public sealed record ManagementEffects
{
    /// <summary>The process instance as it would be.</summary>
    public required ProcessInstance ProcessInstance { get; init; }

    /// <summary>The status that the instance would have. <see cref="ProcessInstanceStatus.Running"/> says that code would be called.</summary>
    public ProcessInstanceStatus Status => ProcessInstance.Status;

    /// <summary>The error that the instance would be in; null for none.</summary>
    public ProcessError? Error => ProcessInstance.Error;

    /// <summary>The code that would be called first; null if none would be. The preview ends there, since the code decides how it goes on.</summary>
    public PreviewedCall? FirstCall { get; init; }

    /// <summary>The code that is stored as running; null if none is. The command would wait for its end, and its result is not foreseen. If its host has died,
    /// the command comes before the code is called again.</summary>
    public PreviewedCall? RunningCall { get; init; }

    /// <summary>The names of the activities that would end as Expired, in order; a name as often as the activity would.</summary>
    public required IReadOnlyList<string> ExpiredActivities { get; init; }

    /// <summary>The names of the activities that would start, in order; a name as often as the activity would. Some may end again at once, as
    /// <see cref="Facts"/> tells.</summary>
    public required IReadOnlyList<string> StartedActivities { get; init; }

    /// <summary>The names of the process definitions of which a sub-process would start, in order; a name as often as one would (statement 7.7).</summary>
    public required IReadOnlyList<string> StartedSubProcesses { get; init; }

    /// <summary>The tasks that there would be and are not there now. In an instance in Error or Stopped nobody could act on them.</summary>
    public required IReadOnlyList<PreviewedTask> NewTasks { get; init; }

    /// <summary>The tasks that would end, with those they are for now.</summary>
    public required IReadOnlyList<PreviewedTask> EndedTasks { get; init; }

    /// <summary>The tasks that would be for others than now, with those they would be for.</summary>
    public required IReadOnlyList<PreviewedTask> MovedTasks { get; init; }

    /// <summary>The server items that there would be and are not there now: events that would wait for a signal (statement 13.1k). Code that would be called
    /// first is not foreseen.</summary>
    public IReadOnlyList<ServerItemRecord> NewServerItems { get; init; } = [];

    /// <summary>The server items that would end.</summary>
    public required IReadOnlyList<ServerItemRecord> EndedServerItems { get; init; }

    /// <summary>The timers that would be armed. Among them are those that became due while the instance stood still, and are looked for again.</summary>
    public required IReadOnlyList<ProcessTimer> ArmedTimers { get; init; }

    /// <summary>The timers that would end.</summary>
    public required IReadOnlyList<ProcessTimer> EndedTimers { get; init; }

    /// <summary>The timers that would be worked out anew, with the old instant and the new one; empty for every other command (statement 5.9).</summary>
    public IReadOnlyList<RecomputedTimer> RecomputedTimers { get; init; } = [];

    /// <summary>The facts that the history would get, with the numbers that they would have now. A sub-process that would start is process instance 0 in them,
    /// since a preview uses up no number.</summary>
    public required IReadOnlyList<JournalEntry> Facts { get; init; }

    internal static ManagementEffects Of(Rehearsed rehearsed)
    {
        var before = OpenTasks(rehearsed.Definition, rehearsed.Before);
        var after = OpenTasks(rehearsed.DefinitionAfter, rehearsed.After);
        var items = OpenItems(rehearsed.Before);
        return new ManagementEffects
        {
            ProcessInstance = rehearsed.After,
            FirstCall = PreviewedCall.Of(rehearsed.FirstCode),
            RunningCall = PreviewedCall.Of(rehearsed.Running),
            ExpiredActivities = Names(rehearsed, JournalKind.ActivityExpired),
            StartedActivities = Names(rehearsed, JournalKind.ActivityStarted),
            StartedSubProcesses =
            [
                .. rehearsed.Facts
                    .Where(fact => fact.Kind is JournalKind.SubProcessStarted)
                    .Select(fact => fact.Detail![(fact.Detail!.IndexOf(' ', StringComparison.Ordinal) + 1)..]),
            ],
            NewTasks = [.. after.Where(task => !before.ContainsKey(task.Key)).Select(task => task.Value)],
            EndedTasks = [.. before.Where(task => !after.ContainsKey(task.Key)).Select(task => task.Value)],
            MovedTasks =
            [
                .. after
                    .Where(task => before.TryGetValue(task.Key, out var earlier) && !earlier.Destinations.SequenceEqual(task.Value.Destinations))
                    .Select(task => task.Value),
            ],
            NewServerItems =
            [
                .. OpenItems(rehearsed.After)
                    .Where(item => !items.ContainsKey(item.Key))
                    .Select(item => rehearsed.ServerItems.LastOrDefault(record => record.Serial == item.Value))
                    .OfType<ServerItemRecord>(),
            ],
            EndedServerItems =
            [
                .. rehearsed.ServerItems
                    .Where(record => record.Status is not ServerItemStatus.Waiting && items.ContainsValue(record.Serial))
                    .DistinctBy(record => record.Serial),
            ],
            ArmedTimers = rehearsed.ArmedTimers,
            EndedTimers = [.. rehearsed.EndedTimers],
            Facts = rehearsed.Facts,
        };
    }

    private static List<string> Names(Rehearsed rehearsed, JournalKind kind) =>
        [.. rehearsed.Facts.Where(fact => fact.Kind == kind).Select(fact => fact.Name!)];

    /// <summary>The serial numbers of the server items of an instance, by the number of their event, in order. An item counts whose finish is kept until its
    /// code has returned (statement 7.1).</summary>
    private static OrderedDictionary<int, SerialNumber> OpenItems(ProcessInstance process)
    {
        var items = new OrderedDictionary<int, SerialNumber>();
        foreach (var destination in process.Activities.SelectMany(activity => activity.Destinations))
        {
            if (destination.Event is { } current && (destination.WaitsAsServerItem || current.ParkedFinish is not null))
            {
                items.Add(current.Id, destination.Serial);
            }
        }

        return items;
    }

    /// <summary>The open tasks of an instance, by the number of their event, in order.</summary>
    private static OrderedDictionary<int, PreviewedTask> OpenTasks(ProcessDefinition definition, ProcessInstance process)
    {
        var tasks = new OrderedDictionary<int, PreviewedTask>();
        foreach (var destination in process.Activities.SelectMany(activity => activity.Destinations))
        {
            if (definition.OpenTaskOf(destination) is { } task)
            {
                tasks.Add(destination.Event!.Id, new PreviewedTask(
                    destination.Serial, destination.Activity.Name, task.Name, [.. destination.Destinations.Select(entry => entry.Destination)]));
            }
        }

        return tasks;
    }
}
