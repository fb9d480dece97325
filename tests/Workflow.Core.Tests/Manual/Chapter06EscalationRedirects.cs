using System.Reflection;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Escalations that give the work to somebody else.</summary>
[TestFixture]
public sealed class Chapter06EscalationRedirects
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static Task<WorkflowTestBed> BedAsync(Action<ActivityBuilder> plan, StaticDestinations? people = null) => WorkflowTestBed.CreateAsync(
        Worklists.Deciding(activity =>
        {
            plan(activity);
            activity.Chooses().OutcomesFromActions();
        }),
        options => options.DestinationResolver = people ?? []);

    private static ActivityBuilder HandsOver(ActivityBuilder activity, string user = "D", int repeat = 0) =>
        activity.Escalation("Hand over", after: Hour, then => then.RedirectTo(user), repeat: repeat);

    [Test]
    [Statement("6.7")]
    [Statement("6.7b")]
    public async Task E08_the_first_user_loses_the_item_and_the_target_gets_it_under_its_serial_number([Values] bool isOfEvent)
    {
        await using var bed = isOfEvent
            ? await WorkflowTestBed.CreateAsync(Worklists.Deciding(activity => activity
                .Once(1, 1)
                .Chooses(more: task => task.Escalation("Hand over", after: Hour, then => then.RedirectTo("D")))
                .OutcomesFromActions()))
            : await BedAsync(activity => HandsOver(activity.Once(1, 1)));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(Hour);

        (await bed.StandingAsync(id, "A", "D")).ShouldBe("-- Av");
        (await bed.SeesAsync("D")).ShouldBe("1_1 Available");
        await bed.ShouldRefuseAsync<WorklistItemNotFoundException>(id, () => bed.OpenAsync("A", id.Task(1)));
        (await bed.CountAsync(id, JournalKind.EventStarted)).ShouldBe(1, "nothing was run again");
        await bed.ActAsync("D", "Approve");
        (await bed.PathAsync(id)).ShouldBe("Decide Done");
        (await bed.AnsweredAsync(id)).ShouldBe("D Approve");
    }

    /// <summary>A role or a group is no target: the only parameter is the name of a user, or a field that holds one.</summary>
    [Test]
    [Statement("6.7")]
    public void E08_there_is_no_redirect_to_a_role() =>
        new[] { typeof(ActivityEscalationBuilder), typeof(EventEscalationBuilder) }
            .SelectMany(builder => builder.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .Where(method => method.Name.StartsWith("Redirect", StringComparison.Ordinal))
            .SelectMany(method => method.GetParameters())
            .ShouldAllBe(parameter => parameter.ParameterType == typeof(string) || parameter.ParameterType == typeof(Operand<string>));

    [Test]
    [Statement("6.7b")]
    public async Task E2_09_every_destination_without_an_answer_is_replaced_and_the_slots_that_are_held_are_freed()
    {
        await using var bed = await BedAsync(activity => HandsOver(activity.Once(3, 2)));
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", "Approve");
        await bed.OpenAsync("B", id.Task(1));
        (await bed.StandingAsync(id, "B", "C", "D")).ShouldBe("Op Al --");

        await bed.AdvanceAsync(Hour);

        (await bed.StandingAsync(id, "A", "B", "C", "D")).ShouldBe("-- -- -- Av");
        var item = await bed.ItemAsync("D", id);
        (item.SlotTotal, item.SlotsFree).ShouldBe((2, 1));
        await bed.ActAsync("D", "Approve");
        (await bed.OutcomesAsync(id)).ShouldBe(["Approve"]);
        (await bed.PathAsync(id)).ShouldBe("Decide Done");
    }

    [Test]
    [Statement("6.7b")]
    public async Task E2_10_a_target_that_is_a_destination_stays_one_and_what_changes_nothing_leaves_a_fact()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Deciding(activity => HandsOver(activity, repeat: 2)
            .Destinations(to => to.Users("A", "D")).PlanJustOnce(Slots.Number(1)).Chooses().OutcomesFromActions()));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(Hour);
        (await bed.StandingAsync(id, "A", "D")).ShouldBe("-- Av");
        (await bed.SeesAsync("D")).ShouldBe("1_1 Available");
        (await bed.CountAsync(id, JournalKind.EscalationChangedNothing)).ShouldBe(0);
        await bed.AdvanceAsync(Hour * 5);

        (await bed.FiringsAsync(id)).ShouldBe(["Hand over 01-05 09:00", "Hand over 01-05 10:00", "Hand over 01-05 11:00"]);
        (await bed.CountAsync(id, JournalKind.EscalationChangedNothing)).ShouldBe(2);
        (await bed.CountAsync(id, JournalKind.Redirected)).ShouldBe(1);
        (await bed.SeesAsync("D")).ShouldBe("1_1 Available");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
    }

    [Test]
    [Statement("6.7b")]
    public async Task A_target_who_holds_the_only_slot_keeps_it_where_nothing_else_changes()
    {
        await using var bed = await BedAsync(activity => HandsOver(activity.Destinations(to => to.Users("D"))));
        var id = await bed.BeginAsync();
        await bed.OpenAsync("D", id.Task(1));

        await bed.AdvanceAsync(Hour);

        (await bed.StandingAsync(id, "D")).ShouldBe("Op");
        (await bed.EscalationFactsAsync(id)).ShouldContain("EscalationChangedNothing Hand over 01-05 09:00");
    }

    [Test]
    [Statement("6.7b")]
    public async Task An_activity_escalation_redirects_each_destination_that_is_active()
    {
        await using var bed = await BedAsync(activity => HandsOver(activity.Each(3)));
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", "Approve");

        await bed.AdvanceAsync(Hour);

        (await bed.SeesAsync("D")).ShouldBe("1_2 Available, 1_3 Available");
        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("-- -- --");
        (await bed.ActiveAsync(id, "Decide")).Names().ShouldBe(["A", "D", "D"]);
    }

    [Test]
    [Statement("6.7")]
    public async Task An_event_escalation_redirects_its_own_destination_only()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Each(2)
            .Client("First", task => task.Action("Go on"))
            .Chooses(more: task => task.Escalation("Hand over", after: Hour, then => then.RedirectTo("D")))));
        var id = await bed.BeginAsync();
        await bed.ActAsync("B", "Go on");

        await bed.AdvanceAsync(Hour);

        (await bed.SeesAsync("D")).ShouldBe("1_2 Available");
        (await bed.StandingAsync(id, "A", "B")).ShouldBe("Av --");
    }

    [Test]
    [Statement("6.7b")]
    [Statement("9.4")]
    public async Task E2_12_a_target_who_is_out_of_office_gets_the_item_and_shares_it()
    {
        await using var bed = await BedAsync(activity => HandsOver(activity.Once(1, 1)));
        var id = await bed.BeginAsync();
        await bed.Engine.As("D").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("F"));

        await bed.AdvanceAsync(Hour);

        (await bed.SeesAsync("D")).ShouldBe("1_1 Available");
        (await bed.SeesAsync("F")).ShouldBe("1_1 Available for D");
        await (await bed.Engine.As("F").Worklist.OpenSharedAsync("D", id.Task(1))).ExecuteAsync("Approve");
        (await bed.AnsweredAsync(id)).ShouldBe("F Approve for D");
        (await bed.PathAsync(id)).ShouldBe("Decide Done");
    }

    [Test]
    [Statement("4.10")]
    [Statement("6.7b")]
    [Statement("6.11")]
    public async Task E2_11_a_target_whom_the_destination_set_leaves_out_fails_the_action()
    {
        await using var bed = await BedAsync(activity => HandsOver(activity, "P").Destinations(to => to.Users("A", "B").Except("P")));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(Hour);

        var failed = await bed.ReadAsync(id);
        failed.Status.ShouldBe(ProcessInstanceStatus.Error);
        var error = failed.Error.ShouldNotBeNull();
        error.Element.ShouldContain("'Hand over'");
        error.Message.ShouldContain("'P'");
        (await bed.SeesAllAsync("A")).ShouldBe("");
        (await bed.SeesAllAsync("P")).ShouldBe("");
        (await bed.ManagedAsync(id)).ShouldBe(["A - Available", "B - Available"]);
        (await bed.CountAsync(id, JournalKind.EscalationFailed)).ShouldBe(1);
    }

    [Test]
    [Statement("6.7b")]
    public async Task The_members_of_a_role_that_is_not_resolved_lose_the_item_to_the_target()
    {
        await using var bed = await BedAsync(
            activity => HandsOver(activity.Destinations(to => to.Role("R"))), new StaticDestinations { { Destination.Role("R"), "A", "B" } });
        var id = await bed.BeginAsync();
        await bed.OpenAsync("B", id.Task(1));

        await bed.AdvanceAsync(Hour);

        (await bed.StandingAsync(id, "A", "B", "D")).ShouldBe("-- -- Av");
        (await bed.ManagedAsync(id)).ShouldBe(["D - Available"]);
    }

    [Test]
    [Statement("6.7b")]
    [Statement("1.12")]
    public async Task A_delegate_of_a_user_who_is_replaced_has_nothing_any_more()
    {
        await using var bed = await BedAsync(activity => HandsOver(activity.Once(1, 1)));
        var id = await bed.BeginAsync();
        await bed.DelegateAsync("A", id, "C");

        await bed.AdvanceAsync(Hour);

        (await bed.StandingAsync(id, "A", "C", "D")).ShouldBe("-- -- Av");
        await bed.ShouldRefuseAsync<WorklistItemNotFoundException>(id, () => bed.OpenAsync("C", id.Task(1)));
    }

    [Test]
    [Statement("6.7b")]
    [Statement("1.10")]
    public async Task A_user_who_sleeps_is_replaced_and_leaves_no_timer()
    {
        await using var bed = await BedAsync(activity => HandsOver(activity.Once(1, 1)));
        var id = await bed.BeginAsync();
        await bed.SleepAsync("A", id, seconds: 7_200);

        await bed.AdvanceAsync(Hour);

        (await bed.StandingAsync(id, "A", "D")).ShouldBe("-- Av");
        (await bed.TimersAsync(id)).ShouldBeEmpty();
    }

    [Test]
    [Statement("6.7b")]
    [Statement("4.5")]
    public async Task In_turn_only_the_user_whose_turn_it_is_is_replaced()
    {
        await using var bed = await BedAsync(activity => HandsOver(activity.InTurn(2)));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(Hour);

        (await bed.StandingAsync(id, "A", "B", "D")).ShouldBe("-- -- Av");
        await bed.ActAsync("D", "Approve");
        (await bed.StandingAsync(id, "A", "B", "D")).ShouldBe("-- Av --");
    }
}
