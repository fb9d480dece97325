using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>A process with a milestone: Object waits for an outside system, and only while the case is open. Beside it Office waits, whose finish writes the
/// fields. A line leads from Object to Behind.</summary>
internal static class Staging
{
    public static readonly ProcessField<bool> IsOpen = new("Is open", initial: false);
    public static readonly ProcessField<int> Other = new("Other", initial: 0);

    /// <summary>The process.</summary>
    /// <param name="rule">The milestone of Object; that the case is open, if nothing is said.</param>
    /// <param name="with">Adds to Object, before its event.</param>
    /// <param name="more">Adds to the process; gets the references of Object and Office.</param>
    public static ProcessDefinition Define(
        Rule? rule = null, Action<ActivityBuilder>? with = null, Action<ProcessBuilder, ActivityReference[]>? more = null) => Orders.Define(process =>
    {
        process.Fields(IsOpen, Other);
        var objecting = process.Activity("Object", activity =>
        {
            activity.Milestone(rule ?? IsOpen == true);
            with?.Invoke(activity);
            activity.Waits();
        });
        var office = process.Activity("Office", activity => activity.Waits());
        process.StartsWith(objecting).StartsWith(office);
        office.To(office);
        objecting.To(process.Activity("Behind"));
        more?.Invoke(process, [objecting, office]);
    });

    /// <summary>A bed of the process.</summary>
    public static Task<WorkflowTestBed> BedAsync(
        Rule? rule = null, Action<ActivityBuilder>? with = null, Action<ProcessBuilder, ActivityReference[]>? more = null) =>
        WorkflowTestBed.CreateAsync(Define(rule, with, more), options => options.SilencedFindings = FindingIds.All);

    /// <summary>The office opens or closes the case, in one commit.</summary>
    public static async Task SetAsync(this WorkflowTestBed bed, ProcessInstanceId id, bool isOpen)
    {
        await bed.RestartAsync();
        await bed.FinishAsync(id, "Office", finish => finish.Set(IsOpen, isOpen));
    }

    /// <summary>The facts about milestones, in order.</summary>
    public static async Task<string> MilestoneFactsAsync(this WorkflowTestBed bed, ProcessInstanceId id) => string.Join(
        "; ",
        (await bed.HistoryAsync(id))
            .Where(fact => fact.Kind is JournalKind.MilestoneAwaited or JournalKind.MilestoneReached or JournalKind.GroupAwaited or JournalKind.GroupEntered)
            .Select(fact => $"{fact.Kind} {fact.Name}"));
}
