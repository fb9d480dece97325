using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter04DestinationRules
{
    private static readonly ProcessField<int> Copies = new("Copies", initial: 2);
    private static readonly ActivityField<int> Own = new("Own", initial: 3);
    private static readonly DestinationField<bool> Good = new("Good", initial: false);

    /// <code>
    /// ► Work (slots as told, each waits; done when all are) ── Copies &lt; 5 ──► (back to Work)
    /// </code>
    private static ProcessDefinition Working(SlotAllocation slots) => ProcessDefinition.Define("Working", process =>
    {
        process.OpenToAll().Fields(Copies);
        var work = process.Activity("Work", activity => activity
            .Fields(Own)
            .PlanPerSlot(slots)
            .Waits()
            .SucceedingRule(Answers.AllGiven));
        process.StartsWith(work);
        work.To(work, when: Copies < 5);
    });

    [Test]
    [Statement("4.1")]
    public async Task The_destination_rule_reads_process_fields_and_the_activitys_own()
    {
        await using var byProcess = await WorkflowTestBed.CreateAsync(Working(Slots.Number(Copies)));
        await using var byActivity = await WorkflowTestBed.CreateAsync(Working(Slots.Number(Own)));

        (await byProcess.ReadAsync(await byProcess.BeginAsync(start => start.Set(Copies, 4)))).Activities[0].SlotTotal.ShouldBe(4);
        (await byActivity.ReadAsync(await byActivity.BeginAsync())).Activities[0].SlotTotal.ShouldBe(3);
    }

    [Test]
    [Statement("4.2")]
    public async Task A_change_after_planning_changes_the_next_arrival_only()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Working(Slots.Number(Copies)));
        var id = await bed.BeginAsync();

        await bed.FinishAsync(new SerialNumber(id, 1), result => result.Set(Copies, 4));

        (await bed.ReadAsync(id)).Activities.ShouldHaveSingleItem().SlotTotal.ShouldBe(2);
        await bed.FinishAsync(new SerialNumber(id, 2));
        (await bed.ReadAsync(id)).Activities.ShouldHaveSingleItem().SlotTotal.ShouldBe(4);
    }

    [Test]
    [Statement("4.11")]
    public async Task Users_are_compared_without_case_and_elements_with_it()
    {
        var definition = ProcessDefinition.Define("Case", process =>
        {
            process.Rights(rights => rights.Start("Dora").ViewParticipate("DORA"));
            process.StartsWith(process.Activity("Work"));
            process.Activity("work");
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);

        var started = await bed.Engine.As("dora").StartAsync("Case");

        (await bed.Engine.As("dORA").ReadAsync(started.Id)).Originator.ShouldBe("dora");
        definition.Activities.Select(activity => activity.Name).ShouldBe(["Work", "work"]);
    }

    [Test]
    [Statement("4.12")]
    public void A_client_event_without_anybody_to_act_is_refused_when_built()
    {
        var refusal = Should.Throw<ProcessDefinitionException>(() => ProcessDefinition.Define("Nobody", process =>
            process.StartsWith(process.Activity("Ask", activity => activity.Client("Decide", task => task.Action("Approve"))))));

        refusal.Problems.ShouldContain(problem => problem.Statement == "4.12" && problem.Element.Contains("Ask"));
    }

    [Test]
    [Statement("3.2")]
    public async Task Plan_per_slot_asks_the_activitys_rule_after_every_single_destination([Values(1, 2, 3)] int nth)
    {
        var definition = ProcessDefinition.Define("Voting", process =>
        {
            process.OpenToAll();
            var vote = process.Activity("Vote", activity => activity
                .Fields(Good).PlanPerSlot(Slots.Number(3)).Waits().SucceedingRule(Answers.AtLeast(1).Satisfy(Good == true)));
            process.StartsWith(vote);
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        var id = await bed.BeginAsync();

        for (var answer = 1; answer < nth; answer++)
        {
            await bed.FinishAsync(new SerialNumber(id, answer));
            (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        }

        await bed.FinishAsync(new SerialNumber(id, nth), result => result.Set(Good, true));
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }
}
