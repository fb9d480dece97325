using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Actions of the kinds Redirect and Release.</summary>
[TestFixture]
public sealed class Chapter02ActionKinds
{
    private static readonly ProcessField<string> Deputy = new("Deputy");
    private static readonly ProcessField<IReadOnlyList<string>> Team = new("Team");
    private static readonly ProcessField<string> Note = new("Note");

    private static readonly StaticDestinations Known = new StaticDestinations { { Destination.Role("R"), "A", "B" } }.Manages("M", "A").Manages("N", "M");

    private static Task<WorkflowTestBed> BedAsync(Action<ClientEventBuilder> task, int people = 2, int slots = 1) => CreateAsync(
        activity => activity.Once(people, slots), task);

    private static Task<WorkflowTestBed> CreateAsync(Action<ActivityBuilder> plan, Action<ClientEventBuilder> task) => WorkflowTestBed.CreateAsync(
        Worklists.Asking(
            activity =>
            {
                plan(activity);
                activity.Chooses(more: task).OutcomesFromActions();
            },
            Deputy, Team, Note),
        options =>
        {
            options.DestinationResolver = Known;
            options.SilencedFindings = FindingIds.All;
        });

    [Test]
    [Statement("2.11b")]
    [Statement("1.11")]
    public async Task A_redirect_gives_the_part_of_the_user_to_another_and_completes_nothing([Values] bool isOpen)
    {
        await using var bed = await BedAsync(task => task.Redirect("Pass on", to => to.Users("D"), action => action.Sets(Note, "passed on")), people: 3);
        var id = await bed.BeginAsync();
        if (isOpen)
        {
            await bed.OpenAsync("A", id.Task(1));
        }

        await bed.ActAsync("A", id.Task(1), "Pass on");

        (await bed.StandingAsync(id)).ShouldBe("-- Av Av Av --");
        (await bed.ReadAsync(id)).Fields.Get<string>("Note").ShouldBe("passed on");
        (await bed.CountAsync(id, JournalKind.SlotCompleted)).ShouldBe(0);
        (await bed.HistoryAsync(id)).ShouldNotContain(fact => fact.Kind == JournalKind.FieldChanged && fact.Name == ActionResult.Name);
        await bed.ShouldRefuseAsync<WorklistItemNotFoundException>(id, () => bed.OpenAsync("A", id.Task(1)));
        await bed.ActAsync("D", id.Task(1), "Approve");
        (await bed.OutcomesAsync(id)).ShouldBe(["Approve"]);
    }

    [Test]
    [Statement("1.11")]
    public async Task The_history_tells_who_took_which_action_and_who_got_the_task()
    {
        await using var bed = await BedAsync(task => task.Redirect("Pass on", to => to.Users("D")));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", id.Task(1), "Pass on");

        var facts = (await bed.HistoryAsync(id)).SkipWhile(fact => fact.Kind is not JournalKind.SlotOpened).ToList();
        facts.Select(fact => (fact.Kind, fact.Name, fact.User)).ShouldBe(
        [
            (JournalKind.SlotOpened, "Decision", "A"), (JournalKind.ActionTaken, "Pass on", "A"), (JournalKind.SlotReleased, "Decision", "A"),
            (JournalKind.Redirected, "D", "A"),
        ]);
    }

    [Test]
    [Statement("2.1")]
    [Statement("2.11")]
    public async Task A_receiver_is_read_with_the_changes_of_the_user()
    {
        await using var bed = await BedAsync(task => task.Redirect("Pass on", Deputy));
        var id = await bed.BeginAsync(start => start.Set(Deputy, "E"));

        await bed.ActAsync("A", id.Task(1), "Pass on", answer => answer.Set(Deputy, "D"));

        (await bed.StandingAsync(id)).ShouldBe("-- Av -- Av --");
        (await bed.ReadAsync(id)).Fields.Get<string>("Deputy").ShouldBe("D");
    }

    [Test]
    [Statement("2.1")]
    [Statement("1.11")]
    public async Task Several_receivers_all_get_the_task_and_the_number_of_slots_stays()
    {
        await using var bed = await BedAsync(task => task.Redirect("Pass on", to => to.Users(Team).Originator().Users("d")));
        var id = await bed.BeginAsync(start => start.Set(Team, ["D", "E", "d", " "]));

        await bed.ActAsync("A", id.Task(1), "Pass on");

        var destination = (await bed.ActiveAsync(id, "Ask")).Destinations.ShouldHaveSingleItem();
        destination.Destinations.Select(one => one.Name).ShouldBe(["D", "E", "dora", "B"]);
        destination.SlotCount.ShouldBe(1);
        await bed.OpenAsync("E", id.Task(1));
        (await bed.StandingAsync(id)).ShouldBe("-- Al -- Al Op");
    }

    [Test]
    [Statement("2.1")]
    public async Task The_manager_is_that_of_the_user_whose_part_it_is()
    {
        await using var bed = await BedAsync(task => task.Redirect("Ask my manager", to => to.Manager()));
        var (one, two, three) = (await bed.BeginAsync(), await bed.BeginAsync(), await bed.BeginAsync());
        await bed.DelegateAsync("A", two, "C");

        await bed.ActAsync("A", one.Task(1), "Ask my manager");
        await bed.ActAsync("C", two.Task(1), "Ask my manager");
        await (await bed.Engine.As("M").Worklist.OpenManagedAsync("A", three.Task(1))).ExecuteAsync("Ask my manager");

        foreach (var id in new[] { one, two, three })
        {
            (await bed.StandingAsync(id, "A", "B", "C", "M")).ShouldBe("-- Av -- Av");
        }
    }

    [Test]
    [Statement("2.1")]
    public async Task A_receiver_that_is_nobody_makes_the_action_refused_by_name_of_both()
    {
        await using var bed = await BedAsync(task => task
            .Redirect("To the deputy", Deputy, action => action.Sets(Note, "never"))
            .Redirect("To the team", to => to.Users(Team))
            .Redirect("To the manager", to => to.Users("D").Manager()));
        var id = await bed.BeginAsync();

        foreach (var (user, action, receiver) in new[]
        {
            ("A", "To the deputy", "process field \"Deputy\""), ("A", "To the team", "process field \"Team\""), ("B", "To the manager", "manager of 'B'"),
        })
        {
            var refusal = await bed.ShouldRefuseAsync<WorklistItemRefusedException>(
                id, () => bed.ActAsync(user, id.Task(1), action, answer => answer.Set(Note, "never")));

            refusal.Statement.ShouldBe("2.1");
            refusal.Message.ShouldContain($"'{action}'");
            refusal.Message.ShouldContain(receiver);
        }

        (await bed.StandingAsync(id)).ShouldBe("Av Av -- -- --");
    }

    [TestCase("A", "1.11")]
    [TestCase("b", "1.11")]
    [TestCase("system", "2.1")]
    [Statement("1.11")]
    public async Task The_action_refuses_what_a_redirect_refuses(string to, string statement)
    {
        await using var bed = await BedAsync(task => task.Redirect("Pass on", Deputy));
        var id = await bed.BeginAsync();

        var refusal = await bed.ShouldRefuseAsync<WorklistItemRefusedException>(
            id, () => bed.ActAsync("A", id.Task(1), "Pass on", answer => answer.Set(Deputy, to)));

        refusal.Statement.ShouldBe(statement);
        refusal.Message.ShouldContain("'Pass on'");
        (await bed.ReadAsync(id)).Fields["Deputy"].IsNull.ShouldBeTrue();
    }

    [Test]
    [Statement("4.10")]
    public async Task A_user_whom_the_destination_rule_leaves_out_cannot_get_it_by_an_action()
    {
        await using var bed = await CreateAsync(
            activity => activity.Destinations(to => to.Set("All", when: null).Role("R").Users("C").Except("B")), task => task.Redirect("Pass on", Deputy));
        var id = await bed.BeginAsync();

        var refusal = await bed.ShouldRefuseAsync<WorklistItemRefusedException>(
            id, () => bed.ActAsync("A", id.Task(1), "Pass on", answer => answer.Set(Deputy, "B")));

        refusal.Statement.ShouldBe("4.10");
    }

    [Test]
    [Statement("1.11")]
    [Statement("1.15")]
    public async Task A_member_of_a_role_who_passes_the_task_on_has_it_no_more()
    {
        await using var bed = await CreateAsync(activity => activity.Destinations(to => to.Role("R")), task => task.Redirect("Pass on", to => to.Users("D")));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", id.Task(1), "Pass on");

        (await bed.StandingAsync(id)).ShouldBe("-- Av -- Av --");
    }

    [Test]
    [Statement("2.10")]
    public async Task Anyone_who_may_act_may_take_the_action_and_adds_a_destination()
    {
        await using var bed = await BedAsync(task => task.AllowAnyUser().Redirect("Show to D", to => to.Users("D")).Release("Leave it"));
        var id = await bed.BeginAsync();

        await bed.ActAsync("E", id.Task(1), "Show to D");

        (await bed.StandingAsync(id)).ShouldBe("Av Av -- Av --");
        await bed.OpenAsync("E", id.Task(1));
        await bed.ActAsync("E", id.Task(1), "Leave it");
        (await bed.StandingAsync(id)).ShouldBe("Av Av -- Av --");
    }

    [Test]
    [Statement("2.11b")]
    [Statement("1.9")]
    public async Task A_release_gives_the_slot_back_and_keeps_what_was_set()
    {
        await using var bed = await BedAsync(task => task.Release("Put back", action => action.Sets(Note, "put back")));
        var id = await bed.BeginAsync();
        await bed.OpenAsync("A", id.Task(1));
        await bed.ActAsync("A", id.Task(1), "Save", answer => answer.Set(Deputy, "D"));
        (await bed.StandingAsync(id)).ShouldBe("Op Al -- -- --");

        await bed.ActAsync("A", id.Task(1), "Put back");

        (await bed.StandingAsync(id)).ShouldBe("Av Av -- -- --");
        var process = await bed.ReadAsync(id);
        (process.Fields.Get<string>("Note"), process.Fields.Get<string>("Deputy")).ShouldBe(("put back", "D"));
        var facts = (await bed.HistoryAsync(id)).SkipWhile(fact => fact.Kind is not JournalKind.ActionTaken).ToList();
        facts.Select(fact => (fact.Kind, fact.Name)).ShouldBe([(JournalKind.ActionTaken, "Put back"), (JournalKind.SlotReleased, "Decision")]);
        (await bed.OutcomesAsync(id)).ShouldBeEmpty();
    }

    [Test]
    [Statement("2.11b")]
    public async Task A_release_needs_an_open_item()
    {
        await using var bed = await BedAsync(task => task.Release("Put back"));
        var id = await bed.BeginAsync();

        (await bed.ItemAsync("A", id)).Actions.Single(action => action.Name == "Put back").IsBatchable.ShouldBeFalse();
        var refusal = await bed.ShouldRefuseAsync<WorklistItemRefusedException>(id, () => bed.ActAsync("A", id.Task(1), "Put back"));

        refusal.Statement.ShouldBe("2.11b");
        refusal.Message.ShouldContain("'Put back'");
    }

    [Test]
    [Statement("2.9")]
    [Statement("1.12")]
    public async Task Rights_and_delegations_hold_for_these_actions_too()
    {
        await using var bed = await BedAsync(task => task
            .Redirect("Pass on", to => to.Users("D"), action => action.AllowedFor(Destination.User("A"))).Release("Put back"));
        var id = await bed.BeginAsync();
        await bed.DelegateAsync("A", id, "C", "Put back");

        (await bed.ItemAsync("B", id)).Actions.Select(action => action.Name).ShouldBe(["Approve", "Reject", "Save", "Put back"]);
        (await bed.ItemAsync("C", id)).Actions.Select(action => (action.Name, action.Kind)).ShouldBe([("Put back", ActionKind.Release)]);
        await bed.ShouldRefuseAsync<ActionNotAllowedException>(id, () => bed.ActAsync("B", id.Task(1), "Pass on"));
        await bed.ShouldRefuseAsync<ActionNotAllowedException>(id, () => bed.ActAsync("C", id.Task(1), "Pass on"));
    }

    [Test]
    [Statement("2.11b")]
    [Statement("2.5")]
    public void No_outcome_is_made_of_them_and_no_rule_may_compare_with_them()
    {
        var plain = Worklists.Asking(activity => activity.Once(2, 1)
            .Chooses(more: task => task.Redirect("Pass on", to => to.Users("D")).Release("Put back")).OutcomesFromActions());

        plain.Activities[0].Outcomes.Select(outcome => outcome.Name).ShouldBe(["Approve", "Reject"]);
        foreach (var name in new[] { "Pass on", "Put back" })
        {
            Should.Throw<ProcessDefinitionException>(() => Worklists.Asking(activity => activity.Once(2, 1)
                    .Chooses(more: task => task.Redirect("Pass on", to => to.Users("D")).Release("Put back")).Outcome("Passed", Answers.AtLeast(1) == name)))
                .Message.ShouldContain(name);
        }
    }

    [Test]
    [Statement("2.1")]
    public void A_task_without_an_action_that_finishes_or_goes_elsewhere_is_refused() =>
        Should.Throw<ProcessDefinitionException>(() => Worklists.Asking(activity => activity.Once(2, 1)
                .Client("Decision", task => task.Update("Save").Redirect("Pass on", to => to.Users("D")).Release("Put back"))))
            .Problems.ShouldHaveSingleItem().Statement.ShouldBe("2.1");

    [Test]
    [Statement("2.1")]
    [Statement("13.4")]
    public void A_redirect_to_what_cannot_be_a_user_is_refused_when_it_is_built()
    {
        var problems = Should.Throw<ProcessDefinitionException>(() => Worklists.Asking(activity => activity
            .Destinations(to => to.Role("R"))
            .Chooses(more: task => task
                .Redirect("To nobody", _ => { })
                .Redirect("To a role", to => to.Users("R"))
                .Redirect("To the host", to => to.Users("system"))))).Problems;

        problems.Select(problem => problem.Element.Split('\'')[1]).ShouldBe(["To nobody", "To a role", "To the host"]);
    }
}
