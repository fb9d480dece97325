using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>A process with an exclusive group: Split leads to Inspect and Repair, each of which waits for an outside system, and never both at once. Inspect
/// leads to itself while it is to be done again.</summary>
internal static class Grouping
{
    public static readonly ProcessField<bool> IsAgain = new("Is again", initial: false);

    /// <summary>The process.</summary>
    /// <param name="inspect">Adds to Inspect; without it, Inspect waits.</param>
    /// <param name="repair">Adds to Repair, which waits all the same.</param>
    /// <param name="more">Adds to the process; gets the references of Split, Inspect and Repair.</param>
    public static ProcessDefinition Define(
        Action<ActivityBuilder>? inspect = null, Action<ActivityBuilder>? repair = null, Action<ProcessBuilder, ActivityReference[]>? more = null) =>
        Orders.Define(process =>
        {
            process.Fields(IsAgain);
            var split = process.Activity("Split");
            var first = process.Activity("Inspect", inspect ?? (activity => activity.Waits()));
            var second = process.Activity("Repair", activity =>
            {
                repair?.Invoke(activity);
                activity.Waits();
            });
            process.Exclusive(first, second);
            process.StartsWith(split);
            split.To(first).To(second);
            first.To(first, when: IsAgain == true);
            more?.Invoke(process, [split, first, second]);
        });

    /// <summary>A bed of the process.</summary>
    public static Task<WorkflowTestBed> BedAsync(
        Action<ActivityBuilder>? inspect = null, Action<ActivityBuilder>? repair = null, Action<ProcessBuilder, ActivityReference[]>? more = null) =>
        WorkflowTestBed.CreateAsync(Define(inspect, repair, more), options => options.SilencedFindings = FindingIds.All);

    /// <summary>The activity instances of an instance: a star behind one that holds a group, and behind one that waits, why.</summary>
    public static async Task<string> TurnsAsync(this WorkflowTestBed bed, ProcessInstanceId id) => string.Join(
        "; ",
        (await bed.ReadAsync(id)).Activities.Select(activity =>
            $"{activity.Name}{(activity.HoldsGroup ? "*" : "")}{(activity.Wait is { } wait ? $": {wait}" : "")}"));

    /// <summary>How activity instances began, waited and ended, in order.</summary>
    public static async Task<string> GroupFactsAsync(this WorkflowTestBed bed, ProcessInstanceId id) => string.Join(
        "; ",
        (await bed.HistoryAsync(id))
            .Where(fact => fact.Kind is JournalKind.GroupAwaited or JournalKind.GroupEntered)
            .Select(fact => $"{fact.Kind} {fact.Name}{(fact.Detail is { } detail ? $": {detail}" : "")}"));
}
