using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>A task that is passed on, put back and answered by actions. Each step is taken by an engine that has only what the store has kept.</summary>
internal static class ActionKindCase
{
    private static readonly ProcessField<string> _deputy = new("Deputy");
    private static readonly ProcessField<string> _by = new("By");

    private static ProcessDefinition Define() => ProcessDefinition.Define("Action kinds", process =>
    {
        process.OpenToAll().Fields(_deputy, _by);
        process.StartsWith(process.Activity("Ask", activity => activity
            .Destinations(to => to.Users("ann", "bob"))
            .Client("Decide", task => task
                .Action("Approve", action => action.AllowedForUsers(_deputy).Sets(_by, Acting.User))
                .Redirect("Pass on", _deputy, action => action.Sets(_by, Acting.User))
                .Release("Put back", action => action.Sets(_by, Acting.User)))));
    });

    /// <param name="store">Opens the store anew.</param>
    public static async Task RunAsync(Func<IProcessStore> store)
    {
        SerialNumber task = default;
        await StepAsync(store, async bed => task = new SerialNumber((await bed.StartAsync("dora")).Id, 1));
        await StepAsync(store, bed => Should.ThrowAsync<WorklistItemRefusedException>(() => bed.ActAsync("ann", task, "Pass on")));
        await StepAsync(store, bed => bed.ActAsync("ann", task, "Pass on", answer => answer.Set(_deputy, "cy")));
        await StepAsync(store, async bed => await bed.Engine.As("cy").Worklist.OpenAsync(task));
        await StepAsync(store, async bed =>
        {
            (await SeenByAsync(bed)).ShouldBe(["cy Open"]);
            await bed.ActAsync("cy", task, "Put back");
        });
        await StepAsync(store, async bed =>
        {
            (await SeenByAsync(bed)).ShouldBe(["bob Available", "cy Available"]);
            await Should.ThrowAsync<ActionNotAllowedException>(() => bed.ActAsync("bob", task, "Approve"));
            await bed.ActAsync("cy", task, "Approve");
        });
        await StepAsync(store, async bed =>
        {
            var process = await bed.ReadAsync(task.ProcessInstance);
            (process.Status, process.Fields.Get<string>("By")).ShouldBe((ProcessInstanceStatus.Completed, "cy"));
            (await bed.HistoryAsync(task.ProcessInstance)).Where(fact => fact.Kind is JournalKind.ActionTaken).Select(fact => (fact.Name, fact.User))
                .ShouldBe([("Pass on", "ann"), ("Put back", "cy")]);
        });
    }

    private static async Task<string[]> SeenByAsync(WorkflowTestBed bed)
    {
        var seen = new List<string>();
        foreach (var user in new[] { "ann", "bob", "cy" })
        {
            seen.AddRange((await bed.Engine.As(user).Worklist.ListAsync()).Select(item => $"{user} {item.Status}"));
        }

        return [.. seen];
    }

    private static async Task StepAsync(Func<IProcessStore> store, Func<WorkflowTestBed, Task> step)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(), options =>
        {
            options.SilencedFindings = FindingIds.All;
            options.Store = store();
        });
        await step(bed);
    }
}
