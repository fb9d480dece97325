using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>Words for tests about the change of versions.</summary>
internal static class Migrations
{
    /// <summary>Two versions of one process, of which new instances start on the first.</summary>
    public static Task<WorkflowTestBed> BedAsync(Action<ProcessBuilder> one, Action<ProcessBuilder> two, Action<WorkflowOptions>? configure = null) =>
        WorkflowTestBed.CreateAsync([Orders.Define(process => two(process.Version(2))), Orders.Define(one)], options =>
        {
            options.SilencedFindings = FindingIds.All;
            configure?.Invoke(options);
        });

    /// <summary>A process with one activity, and another behind it.</summary>
    public static Action<ProcessBuilder> Asking(Action<ActivityBuilder> ask) => process =>
    {
        var activity = process.Activity("Ask", ask);
        process.StartsWith(activity);
        activity.To(process.Activity("After"));
    };

    /// <summary>Lets an instance go on in version 2.</summary>
    public static async Task MigrateAsync(this WorkflowTestBed bed, ProcessInstanceId id, Renames? renames = null)
    {
        var status = await bed.StatusAsync(id);

        (await bed.Admin().MigrateAsync(id, toVersion: 2, renames, reason: "The form has changed.")).ShouldBeTrue();

        var process = await bed.ReadAsync(id);
        (process.DefinitionVersion, process.Status).ShouldBe((2, status));
        var facts = (await bed.HistoryAsync(id)).Where(entry => entry.Kind is JournalKind.VersionChanged);
        facts.Select(entry => (entry.Name, entry.Detail, entry.User)).ShouldBe([("1 to 2", "The form has changed.", Orders.Boss)]);
        (await bed.Engine.AsSystem().FindProcessesAsync(new())).Single(record => record.Id == id).DefinitionVersion.ShouldBe(2);
    }

    /// <summary>Everything of an instance that a change of the version does not change.</summary>
    public static async Task<string> ShownAsync(this WorkflowTestBed bed, ProcessInstanceId id)
    {
        var process = await bed.ReadAsync(id);
        var timers = await bed.Engine.FindTimersAsync(new TimerQuery { ProcessInstance = id, Limit = 500 });
        var tasks = await bed.Engine.As(Orders.Boss).ManageWorklists().ListAsync();
        var items = await bed.ServerItemsAsync(id);
        var activities = process.Activities.Select(activity =>
            $"{activity.Id} {activity.Status} {activity.SlotTotal} {activity.CompletedSlots} {activity.StartsAt:O}: " + string.Join(", ", activity.Destinations
                .Select(destination => $"{destination.Serial} {destination.Status} {destination.Event?.Id} {destination.Event?.Status} {destination.SlotCount} "
                    + string.Join("/", destination.Slots.Select(slot => $"{slot.Id} {slot.User} {slot.Status}")))));
        return $"""
            {process.Status} {process.StartsAt:O} {process.Error?.Message}
            {string.Join('\n', activities)}
            timers {string.Join(", ", timers.Select(timer => $"{timer.Number} {timer.Kind} {timer.DueAt:O} {timer.Occurrence}"))}
            tasks {string.Join(", ", tasks.Select(task => task.Serial))}
            items {string.Join(", ", items)}
            """;
    }

    /// <summary>Gives a new name to everything that has one.</summary>
    /// <param name="definition">The old version.</param>
    /// <param name="prefix">Stands before each name in the new version.</param>
    public static Renames RenamesOf(ProcessDefinition definition, string prefix)
    {
        var renames = Renames.None;
        foreach (var activity in definition.Activities)
        {
            var within = activity.Name;
            renames = renames.Activity(within, prefix + within);
            renames = activity.Fields.Where(field => field.Name is not (ActionResult.Name or Outcome.Name))
                .Aggregate(renames, (all, field) => all.Field(within, field.Name, prefix + field.Name));
            renames = activity.Escalations.Aggregate(renames, (all, escalation) => all.Escalation(within, escalation.Name, prefix + escalation.Name));
            foreach (var item in activity.Events)
            {
                renames = renames.Event(within, item.Name, prefix + item.Name);
                renames = item.Escalations.Aggregate(
                    renames, (all, escalation) => all.Escalation(within, item.Name, escalation.Name, prefix + escalation.Name));
                renames = (item as ClientEventDefinition)?.Actions.Aggregate(
                    renames, (all, action) => all.Action(within, item.Name, action.Name, prefix + action.Name)) ?? renames;
            }
        }

        renames = definition.Fields.Aggregate(renames, (all, field) => all.Field(field.Name, prefix + field.Name));
        return definition.Escalations.Aggregate(renames, (all, escalation) => all.Escalation(escalation.Name, prefix + escalation.Name));
    }
}
