using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Actions of the kind GotoActivity.</summary>
[TestFixture]
public sealed class Chapter10GotoActions
{
    private static readonly ProcessField<string> Reason = new("Reason");

    /// <code>
    /// ► Prepare (P) ──►┬─► Decide (A, B, C each) ──Approve──► Done     ──Reject──► Refused
    ///                  └─► Check (D) ──► Checked
    /// </code>
    private static async Task<(WorkflowTestBed Bed, ProcessInstanceId Id)> BedAsync(Action<ClientEventBuilder> task)
    {
        var definition = ProcessDefinition.Define("Back", process =>
        {
            process.Managed().Fields(Reason);
            var prepare = process.Activity("Prepare", activity => activity.Destinations(to => to.Users("P")).Client("Prepare", one => one.Action("Ready")));
            var decide = process.Activity("Decide", activity => activity.Each(3).Chooses(more: task).OutcomesFromActions());
            var check = process.Activity("Check", activity => activity.Destinations(to => to.Users("D")).Chooses());
            process.StartsWith(prepare);
            prepare.To(decide).To(check);
            decide.On("Approve", process.Activity("Done")).On("Reject", process.Activity("Refused"));
            check.To(process.Activity("Checked"));
        });
        var bed = await WorkflowTestBed.CreateAsync(definition);
        var id = await bed.BeginAsync();
        await bed.ActAsync("P", "Ready");
        return (bed, id);
    }

    [Test]
    [Statement("2.12")]
    [Statement("10.10")]
    public async Task G2_01_all_destinations_of_the_activity_expire_without_lines_and_the_target_starts_once()
    {
        var (bed, id) = await BedAsync(task => task.GoTo("Back", to: "Prepare", Expiring.OwnActivity));
        await using var _ = bed;
        await bed.OpenAsync("A", id.Task(2));

        await bed.ActAsync("B", "Back");

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Check", "Prepare"]);
        (await bed.DestinationsOfAsync(id, JournalKind.DestinationExpired, activity: 2)).Order().ShouldBe([2, 3, 4]);
        await bed.ShouldNotFindAsync("A", id.Task(2), WorklistItemEnd.Expired);
        await bed.ShouldNotFindAsync("C", id.Task(4), WorklistItemEnd.Expired);
        (await bed.LinesFromAsync(id, 2)).ShouldBeEmpty();
        (await bed.StartedAsync(id)).ShouldBe(["Prepare", "Decide", "Check", "Prepare"]);
        (await bed.HistoryAsync(id)).Single(fact => fact.Kind is JournalKind.ActivityExpired).Detail.ShouldBe("Goto");
    }

    [Test]
    [Statement("2.12")]
    public async Task The_scope_of_an_action_is_its_own_activity_unless_it_says_otherwise([Values] bool everything)
    {
        var (bed, id) = await BedAsync(task =>
        {
            if (everything)
            {
                task.GoTo("Back", to: "Prepare", Expiring.Everything);
            }
            else
            {
                task.GoTo("Back", to: "Prepare");
            }
        });
        await using var _ = bed;

        await bed.ActAsync("B", "Back");

        (await bed.OpenActivitiesAsync(id)).ShouldBe(everything ? ["Prepare"] : ["Check", "Prepare"]);
        (await bed.LinesFromAsync(id, 3)).ShouldBeEmpty();
    }

    [Test]
    [Statement("2.11b")]
    public async Task Changes_of_the_user_are_kept_and_no_slot_is_completed()
    {
        var (bed, id) = await BedAsync(task => task.GoTo("Back", to: "Prepare"));
        await using var _ = bed;

        await bed.ActAsync("B", "Back", answer => answer.Set(Reason, "A page is missing"));

        (await bed.ReadAsync(id)).Fields.Get<string>("Reason").ShouldBe("A page is missing");
        (await bed.NamesAsync(id, JournalKind.SlotCompleted)).ShouldBe(["Ready"]);
        (await bed.HistoryAsync(id)).ShouldNotContain(fact => fact.Kind == JournalKind.FieldChanged && fact.Name == ActionResult.Name && fact.Destination == 3);
        (await bed.OutcomesAsync(id)).ShouldBeEmpty();
        (await bed.HistoryAsync(id)).ShouldContain(fact => fact.Name == "Back" && fact.User == "B", "the history tells who went back");
    }

    [Test]
    [Statement("2.11b")]
    [Statement("2.5")]
    public void Generated_outcomes_pass_over_the_action()
    {
        var definition = ProcessDefinition.Define("Back", process =>
        {
            process.Managed();
            process.StartsWith(process.Activity("Decide", activity => activity
                .Once(1, 1).Chooses(more: task => task.GoTo("Back", to: "Decide")).OutcomesFromActions()));
        });

        var decide = definition.Activities.ShouldHaveSingleItem();

        decide.Outcomes.Select(outcome => outcome.Name).ShouldBe(["Approve", "Reject"]);
        var actions = decide.Events.ShouldHaveSingleItem().ShouldBeOfType<ClientEventDefinition>().Actions;
        (actions[^1].Name, actions[^1].Kind).ShouldBe(("Back", ActionKind.GotoActivity));
    }

    /// <summary>At least one action of a task is Finish or GotoActivity.</summary>
    [Test]
    [Statement("2.1")]
    public async Task A_task_can_have_no_action_but_one_that_goes_elsewhere()
    {
        var definition = ProcessDefinition.Define("Away", process =>
        {
            process.Managed();
            process.StartsWith(process.Activity("Ask", activity => activity.Once(1, 1).Client("Leave", task => task.GoTo("Away", to: "End"))));
            process.Activity("End");
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Away");

        (await bed.PathAsync(id)).ShouldBe("End");
    }

    [Test]
    [Statement("2.11")]
    [Statement("1.8")]
    public async Task Nobody_but_who_may_act_can_go()
    {
        var (bed, id) = await BedAsync(task => task.GoTo("Back", to: "Prepare"));
        await using var _ = bed;

        await bed.ShouldRefuseAsync<WorklistAccessDeniedException>(id, () => bed.ActAsync("Z", id.Task(3), "Back"));
        await bed.Boss().SetActionRightAsync(id.Task(3), "Back", Destination.User("B"), isAllowed: false);

        await bed.ShouldRefuseAsync<ActionNotAllowedException>(id, () => bed.ActAsync("B", id.Task(3), "Back"));
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Decide", "Check"]);
    }

    [TestCase(ActiveTarget.Again, "Check Check")]
    [TestCase(ActiveTarget.Keep, "Check")]
    [Statement("10.10d")]
    public async Task A_target_that_is_active_is_started_again_or_kept(ActiveTarget ifActive, string open)
    {
        var (bed, id) = await BedAsync(task => task.GoTo("On", to: "Check", ifActive: ifActive));
        await using var _ = bed;

        await bed.ActAsync("B", "On");

        (await bed.OpenActivitiesAsync(id)).ShouldBe(open.Split(' '));
    }

    [Test]
    [Statement("10.10d")]
    public async Task A_target_that_is_active_can_make_the_action_refused()
    {
        var (bed, id) = await BedAsync(task => task.GoTo("On", to: "Check", ifActive: ActiveTarget.Refuse));
        await using var _ = bed;

        var refusal = await bed.ShouldRefuseAsync<WorkflowException>(id, () => bed.ActAsync("B", id.Task(3), "On"));

        refusal.Message.ShouldContain("'Check'");
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Decide", "Check"]);
    }

    [Test]
    [Statement("2.1")]
    [Statement("13.4")]
    public void An_action_that_goes_nowhere_is_refused()
    {
        var problem = Should.Throw<ProcessDefinitionException>(() => ProcessDefinition.Define("Back", process =>
        {
            process.Managed();
            process.StartsWith(process.Activity("Ask", activity => activity.Once(1, 1).Chooses(more: task => task.GoTo("Back", to: "Prepair"))));
        })).Problems.ShouldHaveSingleItem();

        problem.Element.ShouldContain("'Back'");
        problem.Message.ShouldContain("'Prepair'");
    }
}
