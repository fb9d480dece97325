using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Answers of people who have left the role that an activity follows.</summary>
[TestFixture]
public sealed class Chapter04SynchronizedAnswers
{
    private static readonly Destination _managers = Destination.Role("Managers");

    /// <code>
    /// ► Vote [role Managers, kept synchronized; per destination]: anybody votes, then a booking waits ──►
    /// </code>
    private static ProcessDefinition Voting(Rule rule) => ProcessDefinition.Define("Voting", process =>
    {
        process.OpenToAll();
        process.StartsWith(process.Activity("Vote", activity => activity
            .Destinations(to => to.Role("Managers").ResolvedToUsers(keepSynchronized: true)).PlanPerDestination()
            .Client("Vote", task => task.Action("Yes").Action("No").AllowAnyUser())
            .Server("Book", context => context.WaitUntilFinished())
            .SucceedingRule(rule)));
    });

    /// <summary>A stranger answers in place of ann, who then leaves the role. Three have answered, and there are two slots.</summary>
    private static async Task<(WorkflowTestBed Bed, ProcessInstanceId Id)> WithMoreAnswersThanSlotsAsync(Rule rule)
    {
        var resolver = new StaticDestinations { { _managers, "ann", "bob", "cy" } };
        var bed = await WorkflowTestBed.CreateAsync(Voting(rule), options =>
        {
            options.DestinationResolver = resolver;
            options.ResidentInstances = 0;
        });
        var id = (await bed.StartAsync("dora")).Id;
        await bed.ActAsync("xen", (await bed.Engine.As("ann").Worklist.SingleAsync(id)).Serial, "Yes");
        await bed.ActAsync("bob", (await bed.Engine.As("bob").Worklist.SingleAsync(id)).Serial, "Yes");
        foreach (var serial in (await bed.ServerItemsAsync(id)).Where(serial => serial.Destination == 2))
        {
            await bed.FinishAsync("bob", serial);
        }

        resolver.Replace(_managers, ["bob", "cy"]);
        await bed.AdvanceAsync(TimeSpan.FromMinutes(10));
        await bed.ActAsync("cy", (await bed.Engine.As("cy").Worklist.SingleAsync(id)).Serial, "Yes");
        return (bed, id);
    }

    [Test]
    [Statement("4.9")]
    [Statement("14.7b")]
    public async Task More_answers_than_slots_leave_the_instance_readable()
    {
        var (bed, id) = await WithMoreAnswersThanSlotsAsync(Answers.AtLeast(4) == "Yes");
        await using var own = bed;

        await bed.RestartAsync();

        var activity = (await bed.ReadAsync(id)).Activities.ShouldHaveSingleItem();
        (activity.SlotTotal, activity.CompletedSlots).ShouldBe((2, 2));
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Vote"]);
    }

    [Test]
    [Statement("3.7")]
    [Statement("4.9")]
    public async Task Answers_that_differ_from_a_text_are_looked_for_one_by_one()
    {
        var (bed, id) = await WithMoreAnswersThanSlotsAsync(Answers.AtLeast(1) == "No" | Answers.AtLeast(3) != "No");
        await using var own = bed;

        await bed.FinishAsync("cy", (await bed.ServerItemsAsync(id)).Single(serial => serial.Destination == 3));

        (await bed.ReadAsync(id)).Status.ShouldBe(ProcessInstanceStatus.Completed, "three have answered, and none of them with No");
    }
}
