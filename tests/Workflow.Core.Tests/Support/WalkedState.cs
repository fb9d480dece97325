using System.Globalization;
using System.Text;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>All that a host can see of an instance, read at once.</summary>
internal sealed record WalkedState
{
    public required ProcessInstance Process { get; init; }

    public required IReadOnlyList<JournalEntry> History { get; init; }

    /// <summary>The open tasks, each with those it is for.</summary>
    public required IReadOnlyList<WalkedTask> Tasks { get; init; }

    public required IReadOnlyList<ProcessTimer> Timers { get; init; }

    public required IReadOnlyList<SerialNumber> ServerItems { get; init; }

    public static async Task<WalkedState> ReadAsync(WorkflowTestBed bed, ProcessInstanceId id, string administrator)
    {
        var tasks = await bed.Engine.As(administrator).ManageWorklists().ListAsync(new WorklistQuery { ProcessInstance = id, Limit = 500 });
        return new WalkedState
        {
            Process = await bed.ReadAsync(id),
            History = await bed.HistoryAsync(id),
            Tasks =
            [
                .. tasks.GroupBy(entry => (entry.Serial, entry.Activity, entry.Event))
                    .Select(task => new WalkedTask(
                        task.Key.Serial, task.Key.Activity, task.Key.Event, For(task.Select(entry => entry.Destination).Distinct()))),
            ],
            Timers = await bed.Engine.FindTimersAsync(new TimerQuery { ProcessInstance = id, Limit = 500 }),
            ServerItems = await bed.ServerItemsAsync(id),
        };
    }

    /// <summary>An apply has left what its preview has told.</summary>
    /// <param name="before">The state in which both began.</param>
    /// <param name="effects">The preview.</param>
    public void ShouldFollow(WalkedState before, ManagementEffects effects)
    {
        History.Skip(before.History.Count).Select(WithoutNumber).ShouldBe(effects.Facts);
        effects.Status.ShouldBe(Process.Status);
        effects.Error.ShouldBe(Process.Error);
        Picture(effects.ProcessInstance).ShouldBe(Picture(Process));
        var gone = effects.EndedTasks.Concat(effects.MovedTasks).Select(task => task.Serial).ToHashSet();
        before.Tasks.Where(task => !gone.Contains(task.Serial)).Select(task => Named(task, effects.ProcessInstance))
            .Concat(effects.NewTasks.Concat(effects.MovedTasks)
                .Select(task => new WalkedTask(task.Serial, task.Activity, task.Event, For(task.Destinations))))
            .ShouldBe(Tasks, ignoreOrder: true, "tasks");
        var ended = effects.EndedTimers.Concat(effects.ArmedTimers).Select(timer => timer.Number).ToHashSet();
        before.Timers.Where(timer => !ended.Contains(timer.Number)).Concat(effects.ArmedTimers).ShouldBe(Timers, ignoreOrder: true, "timers");
        before.ServerItems.Except(effects.EndedServerItems.Select(item => item.Serial)).Concat(effects.NewServerItems.Select(item => item.Serial))
            .ShouldBe(ServerItems, ignoreOrder: true, "server items");
    }

    /// <summary>A preview uses up no number. A sub-process that would start has 0 there.</summary>
    public static JournalEntry WithoutNumber(JournalEntry fact) => fact.Kind is JournalKind.SubProcessStarted
        ? fact with { Detail = $"0{fact.Detail![fact.Detail!.IndexOf(' ', StringComparison.Ordinal)..]}" }
        : fact;

    /// <summary>A task that stays has the names of the version on which its instance would be.</summary>
    private static WalkedTask Named(WalkedTask task, ProcessInstance process)
    {
        var (activity, name) = process.Activities
            .SelectMany(activity => activity.Destinations.Select(destination => (Activity: activity.Name, Destination: destination)))
            .Where(found => found.Destination.Serial == task.Serial)
            .Select(found => (found.Activity, found.Destination.Event!.Name))
            .Single();
        return task with { Activity = activity, Event = name };
    }

    private static string For(IEnumerable<Destination> destinations) =>
        string.Join(", ", destinations.Select(destination => destination.ToString()).Order(StringComparer.Ordinal));

    private static string Picture(ProcessInstance process)
    {
        var text = new StringBuilder();
        Add(text, $"{process.Id} version {process.Version} of {process.DefinitionVersion} starts {process.StartsAt} ended {process.EndedAt}");
        Add(text, $"  {Picture(process.Fields)}");
        foreach (var activity in process.Activities)
        {
            Add(text, $"{activity.Id} {activity.Name} {activity.Status} {activity.Line} {activity.StartedAt} {activity.StartsAt} {activity.EndedAt}");
            Add(text, $"  {Picture(activity.Fields)}");
            foreach (var destination in activity.Destinations)
            {
                Add(text, $"  {destination.Serial} {destination.Status} {destination.StartedAt} {destination.EndedAt} {destination.SlotCount}");
                Add(text, $"    {Picture(destination.Fields)}");
                Add(text, $"    for {string.Join(", ", destination.Destinations)}, again {destination.RetriesAt}");
                Add(text, $"    {destination.Event?.SubProcess?.Definition} {destination.Event?.SubProcess?.DefinitionVersion}");
                Add(text, $"    {destination.Event?.Id} {destination.Event?.Name} {destination.Event?.Status} {destination.Event?.Attempts}");
                Add(text, $"    {string.Join(", ", destination.Slots.Select(slot => $"{slot.User} {slot.Status} {slot.Action}"))}");
            }
        }

        return text.ToString();
    }

    private static string Picture(DataFields fields) => string.Join(", ", fields.Names.Select(name => $"{name} = {fields[name]}"));

    private static void Add(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}

/// <summary>An open task: where it stands, and those it is for.</summary>
internal sealed record WalkedTask(SerialNumber Serial, string Activity, string Event, string For);
