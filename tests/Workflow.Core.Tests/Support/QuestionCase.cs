using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>Questions by name: for destinations, for slots, and again while they are followed. Each step is taken by an engine that has only what the store
/// has kept.</summary>
/// <code>
/// ►──┬──► Work (for the approvers, who are followed) ──►
///    └──► Each (a slot for each line of the order; waits) ──►
/// </code>
internal static class QuestionCase
{
    private static readonly ProcessField<string> _order = new("Order", initial: "O-7");

    /// <param name="store">Opens the store anew.</param>
    public static async Task RunAsync(Func<IProcessStore> store)
    {
        ProcessInstanceId id = default;
        var asked = new List<NamedQuestion>();
        await StepAsync(store, asked, "A B", async bed => id = (await bed.StartAsync("dora")).Id);
        asked.ShouldBe([Of("Approvers", "O-7"), Of("Lines", "O-7")]);

        // The answers are stored, so nobody asks again.
        await StepAsync(store, asked, "C", async bed =>
        {
            (await bed.ActiveAsync(id)).Names().ShouldBe(["A", "B"]);
            (await bed.ActiveAsync(id, "Each")).Destinations.Select(slot => slot.InstanceData.Get<string>()).ShouldBe(["pen", "ink"]);
            await bed.FinishAsync("bank", new SerialNumber(id, 3), finish => finish.Set(_order, "O-8"));
        });
        asked.ShouldBeEmpty();

        await StepAsync(store, asked, "B C", async bed =>
        {
            await bed.AdvanceAsync(TimeSpan.FromMinutes(10));
            (await bed.ActiveAsync(id)).Letters().ShouldBe("EAA");
        });
        asked.ShouldBe([Of("Approvers", "O-7")]);

        await StepAsync(store, asked, "", bed => bed.ActAsync("C", "Yes"));
    }

    private static NamedQuestion Of(string name, string argument) => new(name, FieldValue.From(argument));

    private static ProcessDefinition Define() => ProcessDefinition.Define("Questions", process =>
    {
        process.OpenToAll().Fields(_order);
        process.StartsWith(process.Activity("Work", activity => activity
            .Destinations(to => to.Question("Approvers", _order).ResolvedToUsers(keepSynchronized: true))
            .PlanPerDestination()
            .Client("Decide", task => task.Action("Yes"))));
        process.StartsWith(process.Activity("Each", activity => activity
            .PlanPerSlot(Slots.ForEach<string>("Lines", _order))
            .Waits()
            .SucceedingRule(Answers.AllGiven)));
    });

    private static async Task StepAsync(Func<IProcessStore> store, List<NamedQuestion> asked, string approvers, Func<WorkflowTestBed, Task> step)
    {
        asked.Clear();
        await using var bed = await WorkflowTestBed.CreateAsync(Define(), options =>
        {
            options.SilencedFindings = FindingIds.All;
            options.Store = store();
            options.DestinationResolver = new StaticDestinations()
                .Answers("Approvers", question =>
                {
                    asked.Add(question);
                    return [.. approvers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Destination.User)];
                })
                .Lists<string>("Lines", question =>
                {
                    asked.Add(question);
                    return ["pen", "ink"];
                });
        });
        await step(bed);
    }
}
