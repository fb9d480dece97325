using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>A process with a split, three branches, and a join: Split leads to A, B and C, each of which waits and leads to J, and J leads to Done.</summary>
internal static class Joining
{
    public static readonly ProcessField<bool> TakesB = new("Takes B", initial: true);
    public static readonly ProcessField<decimal> Amount = new("Amount", initial: 200m);
    public static readonly ProcessField<int> Round = new("Round", initial: 1);
    public static readonly ProcessField<bool> IsCancelled = new("Is cancelled", initial: false);

    /// <summary>The process.</summary>
    /// <param name="join">The join of J.</param>
    /// <param name="more">Adds to it; gets the references of Split, A, B, C and J.</param>
    /// <param name="and">The rest of the preceding rule of J.</param>
    /// <param name="c">Adds to the activity C.</param>
    /// <param name="isDirect">Whether A and B lead to J.</param>
    public static ProcessDefinition Define(
        Arrivals join, Action<ProcessBuilder, ActivityReference[]>? more = null, Rule? and = null, Action<ActivityBuilder>? c = null, bool isDirect = true) =>
        ProcessDefinition.Define("Join", process =>
        {
            process.OpenToAll().Fields(TakesB, Amount, Round, IsCancelled);
            var split = process.Activity("Split");
            var a = process.Activity("A", activity => activity.Waits());
            var b = process.Activity("B", activity => activity.Waits());
            var third = process.Activity("C", activity =>
            {
                activity.Waits();
                c?.Invoke(activity);
            });
            var j = process.Activity("J", activity => activity
                .PrecedingRule(join, and).PureServer("Count", context => context.Set(Round, context.Get(Round) + 1)));
            process.StartsWith(split);
            split.To(a).To(b, when: TakesB == true).To(third);
            if (isDirect)
            {
                a.To(j);
                b.To(j);
            }

            third.To(j, when: !(IsCancelled == true));
            j.To(process.Activity("Done"));
            more?.Invoke(process, [split, a, b, third, j]);
        });

    /// <summary>A bed of the process.</summary>
    public static Task<WorkflowTestBed> BedAsync(
        Arrivals join, Action<ProcessBuilder, ActivityReference[]>? more = null, Rule? and = null, Action<ActivityBuilder>? c = null, bool isDirect = true) =>
        WorkflowTestBed.CreateAsync(Define(join, more, and, c, isDirect), options => options.SilencedFindings = FindingIds.All);

    /// <summary>Finishes the oldest item that waits in each of the activities, one after the other, with a restart between them.</summary>
    public static async Task DoneAsync(this WorkflowTestBed bed, ProcessInstanceId id, params string[] activities)
    {
        foreach (var activity in activities)
        {
            await bed.RestartAsync();
            var items = await bed.Engine.AsSystem().FindServerItemsAsync(new() { ProcessInstance = id, Activity = activity });
            await bed.FinishAsync("bank", items[0].Serial);
        }
    }

    /// <summary>How the activity instances of an activity have ended, in order: the reason of an expiry, or Completed.</summary>
    public static async Task<string> EndsAsync(this WorkflowTestBed bed, ProcessInstanceId id, string activity = "J") => string.Join(
        ", ",
        (await bed.HistoryAsync(id))
            .Where(fact => fact.Kind is JournalKind.ActivityExpired or JournalKind.ActivityCompleted && fact.Name == activity)
            .Select(fact => fact.Kind is JournalKind.ActivityCompleted ? "Completed" : fact.Detail));

    /// <summary>The reports of joins that still waited, with the name of each.</summary>
    public static async Task<string[]> UnfinishedAsync(this WorkflowTestBed bed, ProcessInstanceId id) =>
        [.. (await bed.HistoryAsync(id)).Where(fact => fact.Kind is JournalKind.JoinUnfinished).Select(fact => $"{fact.Name}: {fact.Detail}")];
}
