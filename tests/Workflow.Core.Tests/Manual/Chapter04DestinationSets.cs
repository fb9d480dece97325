using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter04DestinationSets
{
    private static readonly ProcessField<string> Approver = new("Approver");
    private static readonly ProcessField<IReadOnlyList<string>> Team = new("Team");
    private static readonly ActivityField<string> Deputy = new("Deputy", initial: "dan");

    private static readonly StaticDestinations Directory = new()
    {
        { Destination.Role("Managers"), "ann", "bob", "cy" },
        { Destination.Group("Sales"), "Bob", "dan" },
        { Destination.Role("Empty") },
    };

    /// <code>
    /// ► Work (planned as told, for whom it is told) ──► After ──►
    /// </code>
    private static Task<WorkflowTestBed> BedAsync(
        Action<DestinationBuilder> to, PlanOption plan = PlanOption.PerDestination, Action<ActivityBuilder>? more = null) =>
        WorkflowTestBed.CreateAsync(
            ProcessDefinition.Define("Working", process =>
            {
                process.OpenToAll().Fields(Approver, Team);
                var work = process.Activity("Work", activity =>
                {
                    activity.Fields(Deputy).Destinations(to);
                    _ = plan switch
                    {
                        PlanOption.JustOnce => activity.PlanJustOnce(),
                        PlanOption.PerDestination => activity.PlanPerDestination(),
                        PlanOption.PerDestinationInTurn => activity.PlanPerDestinationInTurn(),
                        _ => activity.PlanPerSlot(Slots.Number(2)),
                    };
                    more?.Invoke(activity);
                    activity.Waits();
                });
                process.StartsWith(work);
                work.To(process.Activity("After"));
            }),
            options => options.DestinationResolver = Directory);

    private static async Task<string> PlannedAsync(Action<DestinationBuilder> to, Action<Workflow.Core.Client.ProcessStart>? begin = null)
    {
        await using var bed = await BedAsync(to);
        return string.Join(' ', (await bed.ActiveAsync(await bed.BeginAsync(begin))).Names());
    }

    [Test]
    [Statement("4.11")]
    public async Task A_user_who_comes_by_two_routes_is_one_destination()
    {
        (await PlannedAsync(to => to.Users("ann", "bob", "ANN", "Bob"))).ShouldBe("ann bob", StringCompareShould.IgnoreCase);
        (await PlannedAsync(to => to.Set("One").Users("ann", "bob").Set("Two").Users("Bob", "cy"))).ShouldBe("ann bob cy", StringCompareShould.IgnoreCase);
        (await PlannedAsync(to => to.Users("CY").Role("Managers").Group("Sales").ResolvedToUsers()))
            .ShouldBe("cy ann bob dan", StringCompareShould.IgnoreCase);
        (await PlannedAsync(to => to.Role("Managers").Role("managers").Group("MANAGERS"))).ShouldBe("Managers MANAGERS", StringCompareShould.IgnoreCase);
    }

    [Test]
    [Statement("4.11")]
    public async Task In_plan_just_once_a_user_who_comes_by_two_routes_is_one_entry_and_one_slot()
    {
        await using var bed = await BedAsync(
            to => to.Users("Ann").Role("Managers").ResolvedToUsers(), PlanOption.JustOnce, activity => activity.PlanJustOnce(Slots.PerDestination));

        var work = await bed.ActiveAsync(await bed.BeginAsync());

        work.SlotTotal.ShouldBe(3);
        work.Destinations.ShouldHaveSingleItem().People.ShouldBe([Destination.User("ann"), Destination.User("bob"), Destination.User("cy")]);
    }

    [Test]
    [Statement("4.11")]
    public async Task In_turn_a_user_who_comes_by_two_routes_has_two_turns()
    {
        await using var bed = await BedAsync(to => to.Users("bob").Role("Managers").Group("Sales").ResolvedToUsers(), PlanOption.PerDestinationInTurn);
        var id = await bed.BeginAsync();
        (await bed.ActiveAsync(id)).SlotTotal.ShouldBe(6);

        for (var turn = 1; turn <= 5; turn++)
        {
            await bed.FinishAsync(new SerialNumber(id, turn));
        }

        string.Join(' ', (await bed.ActiveAsync(id)).Names()).ShouldBe("bob ann bob cy Bob dan", StringCompareShould.IgnoreCase);
    }

    [Test]
    [Statement("4.10")]
    public async Task A_user_who_is_excepted_is_left_out_of_their_set_after_roles_are_resolved()
    {
        (await PlannedAsync(to => to.Role("Managers").ResolvedToUsers().Except("BOB"))).ShouldBe("ann cy");
        (await PlannedAsync(to => to.Users("ann", "bob").Except("ann"))).ShouldBe("bob");
        (await PlannedAsync(to => to.Except("ann").Users("ann", "bob"))).ShouldBe("bob", "the order of words is no matter");
        (await PlannedAsync(to => to.Set("One").Users("ann", "bob").Except("bob").Set("Two").Users("bob"))).ShouldBe("ann bob");
        (await PlannedAsync(to => to.Users("ann", "bob").Except(Approver), start => start.Set(Approver, "Ann"))).ShouldBe("bob");
        (await PlannedAsync(to => to.Users("ann", "bob").Except(Approver))).ShouldBe("ann bob", "the field names nobody");
        (await PlannedAsync(to => to.Users("ann", "Dora").ExceptOriginator())).ShouldBe("ann");
        (await PlannedAsync(to => to.Users("bob").Role("bob").Except("bob"))).ShouldBe("bob", "a role is no user");
    }

    [Test]
    [Statement("4.10")]
    public async Task In_turn_an_excepted_user_has_no_turn_at_all()
    {
        await using var bed = await BedAsync(to => to.Users("ann", "bob", "ANN").Except("ann"), PlanOption.PerDestinationInTurn);

        var work = await bed.ActiveAsync(await bed.BeginAsync());

        work.SlotTotal.ShouldBe(1);
        work.Names().ShouldBe(["bob"]);
    }

    [Test]
    [Statement("4.1")]
    public async Task Fields_and_the_originator_name_destinations_in_the_place_where_they_stand()
    {
        (await PlannedAsync(to => to.Users("eve").Users(Team).Originator().Users(Approver), start => start.Set(Team, ["cy", "ann"]).Set(Approver, "bob")))
            .ShouldBe("eve cy ann dora bob");
        (await PlannedAsync(to => to.Users(Team).Users(Approver).Users("eve"))).ShouldBe("eve", "fields without a value name nobody");
        (await PlannedAsync(to => to.Users(Team).Users("eve"), start => start.Set(Team, []))).ShouldBe("eve");
        (await PlannedAsync(to => to.Users(Deputy))).ShouldBe("dan");
        (await PlannedAsync(to => to.Role(Approver).ResolvedToUsers(), start => start.Set(Approver, "MANAGERS"))).ShouldBe("ann bob cy");
        (await PlannedAsync(to => to.Role(Approver).Users("eve").ResolvedToUsers())).ShouldBe("eve");
        (await PlannedAsync(to => to.Group(Approver).ResolvedToUsers(), start => start.Set(Approver, "SALES"))).ShouldBe("Bob dan");
        (await PlannedAsync(to => to.Group(Approver).Users("eve"))).ShouldBe("eve");
    }

    /// <summary>A name from a field comes from code and forms, so it is checked like a name from the resolver.</summary>
    [TestCase("ann\u200B", "invisible character U+200B")]
    [TestCase("ann\n", "control character")]
    [TestCase("ann\u2028", "invisible character U+2028")]
    [Statement("4.1")]
    public async Task A_field_that_names_somebody_who_cannot_be_puts_the_instance_into_error(string name, string problem)
    {
        Action<DestinationBuilder>[] sets =
            [to => to.Users(Team), to => to.Users("eve").Except(Approver), to => to.Role(Approver), to => to.Group(Approver)];
        foreach (var to in sets)
        {
            await using var bed = await BedAsync(to);

            var id = await bed.BeginAsync(start => start.Set(Team, ["bob", name]).Set(Approver, name));

            var error = await bed.ShouldHaveFailedToPlanAsync(id);
            error.Message.ShouldMatch("'(Team|Approver)' holds");
            error.Message.ShouldContain(problem);
        }
    }

    [Test]
    [Statement("4.2")]
    public async Task In_turn_a_list_that_changes_on_the_way_changes_the_next_arrival_only()
    {
        await using var bed = await BedAsync(to => to.Users(Team), PlanOption.PerDestinationInTurn);
        var id = await bed.BeginAsync(start => start.Set(Team, ["ann", "bob"]));

        await bed.FinishAsync(new SerialNumber(id, 1), finish => finish.Set(Team, ["cy", "dan", "eve"]));

        var work = await bed.ActiveAsync(id);
        work.Names().ShouldBe(["ann", "bob"]);
        work.SlotTotal.ShouldBe(2);
    }

    [Test]
    [Statement("4.12")]
    public async Task Nobody_found_is_an_error_or_skips_for_every_reason([Range(0, 4)] int reason, [Values] bool inTurn, [Values] bool skips)
    {
        Action<DestinationBuilder>[] reasons =
        [
            to => to.Role("Empty").ResolvedToUsers(),
            to => to.Users("ann").Except("ann"),
            to => to.Users(Team),
            to => to.Set("Never", when: Rule.Named("never", _ => false)).Users("ann"),
            to => to.Group("Sales").ResolvedToUsers().Except("bob", "dan"),
        ];
        await using var bed = await BedAsync(
            reasons[reason],
            inTurn ? PlanOption.PerDestinationInTurn : PlanOption.PerDestination,
            activity => activity.WhenNobody(skips ? NoDestinations.SkipActivity : NoDestinations.Error));

        var id = await bed.BeginAsync();

        if (skips)
        {
            (await bed.CompletedAsync(id)).ShouldBe(["Work", "After"]);
            (await bed.DestinationsOfAsync(id, JournalKind.DestinationCreated)).ShouldBeEmpty();
        }
        else
        {
            await bed.ShouldHaveFailedToPlanAsync(id);
        }
    }

    [Test]
    [Statement("4.3")]
    [Statement("4.12")]
    public async Task Plan_just_once_without_a_task_needs_nobody()
    {
        await using var bed = await BedAsync(to => to.Users(Team), PlanOption.JustOnce);

        var only = (await bed.ActiveAsync(await bed.BeginAsync())).Destinations.ShouldHaveSingleItem();

        only.Destinations.ShouldBeEmpty();
        only.SlotCount.ShouldBe(1);
    }

    [Test]
    [Statement("4.12")]
    public async Task A_role_that_is_not_resolved_is_a_destination_though_nobody_belongs_to_it([Values("Empty", "Unknown")] string role)
    {
        (await PlannedAsync(to => to.Role(role))).ShouldBe(role);
    }

    [Statement("4.3")]
    [TestCase(PlanOption.JustOnce, "-:ann,Managers")]
    [TestCase(PlanOption.PerDestination, "ann:ann -:Managers")]
    [TestCase(PlanOption.PerDestinationInTurn, "ann:ann -:Managers")]
    [TestCase(PlanOption.PerSlot, "-: -:")]
    public async Task The_code_sees_its_destinations_user(PlanOption plan, string expected)
    {
        var seen = new List<string>();
        await using var bed = await BedAsync(to => to.Users("ann").Role("Managers"), plan, activity => activity.Server("See", context =>
            seen.Add($"{context.User ?? "-"}:{string.Join(',', context.Destinations.Select(one => one.Name))}")));
        var id = await bed.BeginAsync();

        if (plan is PlanOption.PerDestinationInTurn)
        {
            await bed.FinishAsync(new SerialNumber(id, 1));
        }

        string.Join(' ', seen).ShouldBe(expected);
    }

    [Test]
    [Statement("3.2")]
    [Statement("4.5")]
    public async Task Plan_per_slot_ignores_destinations_and_missing_ones()
    {
        await using var bed = await BedAsync(to => to.Users("ann").Role("Unknown").ResolvedToUsers(), PlanOption.PerSlot);

        var work = await bed.ActiveAsync(await bed.BeginAsync());

        work.SlotTotal.ShouldBe(2);
        work.Destinations.Count.ShouldBe(2);
        work.Destinations.ShouldAllBe(destination => destination.Destinations.Count == 0 && destination.SlotCount == 1);
    }

    /// <summary>Destinations are ignored in plan per slot, so that a slot for each of them would silently be no slot at all.</summary>
    [Test]
    [Statement("4.5")]
    [Statement("14.9")]
    public void A_slot_for_each_destination_in_plan_per_slot_is_refused_when_the_definition_is_built() =>
        Should.Throw<ProcessDefinitionException>(() => ProcessDefinition.Define("Working", process =>
                process.StartsWith(process.Activity("Work", activity => activity
                    .PlanPerSlot(Slots.PerDestination).Destinations(to => to.Users("ann", "bob")).Waits()))))
            .Problems.ShouldContain(problem => problem.Element.Contains("Work", StringComparison.Ordinal));
}
