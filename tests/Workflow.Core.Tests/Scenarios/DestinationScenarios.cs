using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Scenarios;

[TestFixture]
public sealed class DestinationScenarios
{
    private static readonly ProcessField<int> Amount = new("Amount", initial: 0);
    private static readonly DestinationField<bool> Good = new("Good", initial: false);

    /// <code>
    /// ► Work (planned and staffed as told) ──► After ──►
    /// </code>
    private static ProcessDefinition Working(Action<ActivityBuilder> plan) => ProcessDefinition.Define("Working", process =>
    {
        process.OpenToAll().Fields(Amount);
        var work = process.Activity("Work", activity => plan(activity.Fields(Good)));
        process.StartsWith(work);
        work.To(process.Activity("After"));
    });

    [Statement("4.5")]
    [TestCase(1)]
    [TestCase(3)]
    [TestCase(5)]
    public async Task D01_plan_just_once_makes_one_destination_for_everybody_with_a_slot_each(int people)
    {
        var called = new List<string>();
        await using var bed = await WorkflowTestBed.CreateAsync(Working(activity => activity
            .PlanJustOnce(Slots.PerDestination).Destinations(to => to.Users(People.First(people))).Logs("Call", called).Waits()));

        var id = await bed.BeginAsync();

        var work = await bed.ActiveAsync(id);
        work.SlotTotal.ShouldBe(people);
        var only = work.Destinations.ShouldHaveSingleItem();
        only.SlotCount.ShouldBe(people);
        only.People.ShouldBe(People.First(people).Select(Destination.User));
        only.Serial.ShouldBe(new SerialNumber(id, 1));
        called.ShouldBe([$"Work/Call {id}_1"]);
        (await bed.ServerItemsAsync(id)).ShouldBe([only.Serial]);
    }

    [Statement("4.5")]
    [Statement("1.2")]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(5)]
    public async Task D02_plan_per_destination_makes_one_for_each_with_a_slot_and_a_serial_number_of_its_own(int people)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Working(activity => activity
            .PlanPerDestination(Slots.PerDestination).Destinations(to => to.Users(People.First(people))).Waits()));

        var id = await bed.BeginAsync();

        var work = await bed.ActiveAsync(id);
        work.SlotTotal.ShouldBe(people);
        work.Names().ShouldBe(People.First(people));
        work.Destinations.ShouldAllBe(destination => destination.SlotCount == 1 && destination.Destinations.Count == 1);
        work.Destinations.Select(destination => destination.Serial)
            .ShouldBe(Enumerable.Range(1, people).Select(number => new SerialNumber(id, number)));
        (await bed.ServerItemsAsync(id)).Count.ShouldBe(people);
    }

    [Statement("4.4")]
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(3)]
    [TestCase(40)]
    public async Task D04_a_user_and_a_group_resolved_to_users_make_a_slot_and_a_destination_for_each_person(int members)
    {
        string[] group = [.. Enumerable.Range(1, members).Select(number => $"x{number}")];
        await using var bed = await WorkflowTestBed.CreateAsync(
            Working(activity => activity.PlanPerDestination(Slots.PerDestination).Destinations(to => to.Users("ann").Group("G").ResolvedToUsers()).Waits()),
            options => options.DestinationResolver = new StaticDestinations { { Destination.Group("G"), group } });

        var id = await bed.BeginAsync();

        var work = await bed.ActiveAsync(id);
        work.SlotTotal.ShouldBe(1 + members);
        work.Names().ShouldBe(["ann", .. group]);
        work.Destinations.ShouldAllBe(destination => destination.Destinations[0].Kind == DestinationKind.User && destination.SlotCount == 1);
    }

    [Test]
    [Statement("4.4")]
    public async Task D04_a_user_and_a_group_that_is_not_resolved_are_two_destinations()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Working(activity => activity
            .PlanPerDestination(Slots.PerDestination).Destinations(to => to.Users("ann").Group("G")).Waits()));

        var work = await bed.ActiveAsync(await bed.BeginAsync());

        work.SlotTotal.ShouldBe(2);
        work.Destinations.Select(destination => destination.People.ShouldHaveSingleItem())
            .ShouldBe([Destination.User("ann"), Destination.Group("G")]);
    }

    /// <code>
    /// ► Work: small {ann} when Amount &lt; 3000, large {bob} when Amount &gt; 3000 ──► After ──►
    /// </code>
    private static ProcessDefinition BySize(Action<ActivityBuilder> more) => Working(activity =>
    {
        more(activity);
        activity.PlanPerDestination().Waits().Destinations(to => to
            .Set("Small", when: Amount < 3000).Users("ann")
            .Set("Large", when: Amount > 3000).Users("bob"));
    });

    [Statement("4.1")]
    [TestCase(2000, "ann")]
    [TestCase(2999, "ann")]
    [TestCase(3001, "bob")]
    [TestCase(5000, "bob")]
    public async Task D11_the_set_whose_rule_is_true_counts(int amount, string expected)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(BySize(_ => { }));

        var id = await bed.BeginAsync(start => start.Set(Amount, amount));

        (await bed.ActiveAsync(id)).Names().ShouldBe([expected]);
    }

    [Test]
    [Statement("4.12")]
    public async Task D11_without_a_true_set_nobody_is_found_and_the_instance_goes_into_error()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(BySize(_ => { }));

        var id = await bed.BeginAsync(start => start.Set(Amount, 3000));

        await bed.ShouldHaveFailedToPlanAsync(id);
        (await bed.CompletedAsync(id)).ShouldBeEmpty();
    }

    [Test]
    [Statement("4.12")]
    public async Task D11_without_a_true_set_the_activity_is_skipped_where_the_policy_says_so()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(BySize(activity => activity.WhenNobody(NoDestinations.SkipActivity)));

        var id = await bed.BeginAsync(start => start.Set(Amount, 3000));

        (await bed.CompletedAsync(id)).ShouldBe(["Work", "After"]);
        (await bed.DestinationsOfAsync(id, JournalKind.DestinationCreated)).ShouldBeEmpty();
        (await bed.CountAsync(id, JournalKind.EventStarted)).ShouldBe(0);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Statement("4.1")]
    [TestCase(0, "ann")]
    [TestCase(1, "ann bob")]
    [TestCase(2, "ann bob cy")]
    public async Task D12_all_sets_whose_rule_is_true_are_united_with_those_that_have_none(int amount, string expected)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Working(activity => activity
            .PlanPerDestination().Waits().Destinations(to => to
                .Set("Always").Users("ann")
                .Set("From one", when: Amount >= 1).Users("bob")
                .Set("From two", when: Amount >= 2).Users("cy"))));

        var id = await bed.BeginAsync(start => start.Set(Amount, amount));

        (await bed.ActiveAsync(id)).Names().ShouldBe(expected.Split(' '));
    }

    [Statement("3.2")]
    [Statement("4.5")]
    [TestCase(1)]
    [TestCase(3)]
    [TestCase(5)]
    public async Task D13_in_turn_each_has_their_item_alone_and_the_rule_is_asked_after_the_last(int people)
    {
        var asked = 0;
        var rule = Rule.Named("counted", _ =>
        {
            asked++;
            return true;
        });
        await using var bed = await WorkflowTestBed.CreateAsync(Working(activity => activity
            .PlanPerDestinationInTurn(Slots.PerDestination).Destinations(to => to.Users(People.First(people))).Waits().SucceedingRule(rule)));
        var id = await bed.BeginAsync();

        for (var turn = 1; turn <= people; turn++)
        {
            (await bed.ServerItemsAsync(id)).ShouldBe([new SerialNumber(id, turn)]);
            var work = await bed.ActiveAsync(id);
            work.SlotTotal.ShouldBe(people);
            work.Names().ShouldBe(People.First(turn));
            work.Letters().ShouldBe(new string('C', turn - 1) + "A");
            asked.ShouldBe(0);
            await bed.FinishAsync(new SerialNumber(id, turn));
        }

        asked.ShouldBe(1);
        (await bed.CompletedAsync(id)).ShouldBe(["Work", "After"]);
    }

    [Statement("4.11")]
    [Statement("1.14")]
    [TestCase("ann bob ann")]
    [TestCase("ann ann")]
    [TestCase("bob Bob BOB bob")]
    public async Task D15_in_turn_a_user_has_as_many_turns_as_they_are_named(string named)
    {
        var users = named.Split(' ');
        await using var bed = await WorkflowTestBed.CreateAsync(Working(activity => activity
            .PlanPerDestinationInTurn().Destinations(to => to.Users(users)).Waits()));
        var id = await bed.BeginAsync();

        for (var turn = 1; turn <= users.Length; turn++)
        {
            (await bed.ActiveAsync(id)).Destinations.Count.ShouldBe(turn);
            await bed.FinishAsync(new SerialNumber(id, turn));
        }

        (await bed.DestinationsOfAsync(id, JournalKind.DestinationCompleted)).ShouldBe(Enumerable.Range(1, users.Length));
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("4.8")]
    public async Task D17_who_joins_a_role_after_planning_changes_nothing([Values] bool inTurn, [Values] bool leaves, [Values] bool restarts)
    {
        string[] members = ["ann", "bob"];
        var resolver = new AskedResolver(_ => members);
        await using var bed = await WorkflowTestBed.CreateAsync(
            Working(activity => (inTurn ? activity.PlanPerDestinationInTurn() : activity.PlanPerDestination())
                .Destinations(to => to.Role("R").ResolvedToUsers()).Waits().SucceedingRule(Answers.AllGiven)),
            options => options.DestinationResolver = resolver);
        var id = await bed.BeginAsync();

        members = leaves ? [] : ["cy", "ann", "bob", "dan"];
        if (restarts)
        {
            await bed.RestartAsync();
        }

        (await bed.ActiveAsync(id)).Destinations.Count.ShouldBe(inTurn ? 1 : 2);
        await bed.FinishAsync(new SerialNumber(id, 1));
        var work = await bed.ActiveAsync(id);
        work.Names().ShouldBe(["ann", "bob"]);
        work.SlotTotal.ShouldBe(2);
        await bed.FinishAsync(new SerialNumber(id, 2));
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        resolver.Questions.ShouldHaveSingleItem().ShouldBe([Destination.Role("R")]);
    }
}
