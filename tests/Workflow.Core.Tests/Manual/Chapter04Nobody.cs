using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Shows what happens when a task is for nobody.</summary>
[TestFixture]
public sealed class Chapter04Nobody
{
    private static readonly ProcessInstanceId _id = new(1);
    private static readonly TimeSpan _interval = TimeSpan.FromMinutes(10);
    private static readonly ProcessField<string> _approver = new("Approver");
    private static readonly PlanOption[] _plans = [PlanOption.JustOnce, PlanOption.PerDestination, PlanOption.PerDestinationInTurn];

    private readonly StaticDestinations _directory = [];

    /// <code>
    ///     ┌─► Work (for whom it is told) ──► After (waits) ──►
    /// ►───┤
    ///     └─► Other (waits) ──►
    /// </code>
    private async Task<WorkflowTestBed> BedAsync(NoDestinations? policy, PlanOption plan, Action<DestinationBuilder>? to = null)
    {
        _directory.Replace(Destination.Role("R"));
        var definition = ProcessDefinition.Define("Expense", process =>
        {
            process.OpenToAll().Fields(_approver);
            var work = process.Activity("Work", activity =>
            {
                _ = plan switch
                {
                    PlanOption.JustOnce => activity.PlanJustOnce(),
                    PlanOption.PerDestination => activity.PlanPerDestination(),
                    _ => activity.PlanPerDestinationInTurn(),
                };
                activity.Destinations(to ?? (role => role.Role("R").ResolvedToUsers())).ApprovesOrRejects();
                if (policy is { } said)
                {
                    activity.WhenNobody(said);
                }
            });
            process.StartsWith(work).StartsWith(process.Activity("Other", activity => activity.Waits()));
            work.To(process.Activity("After", activity => activity.Waits()));
        });
        var bed = await WorkflowTestBed.CreateAsync(definition, options => options.DestinationResolver = _directory);
        await bed.StartAsync("dora");
        return bed;
    }

    [Test]
    [Statement("4.12")]
    [Statement("4.10")]
    public async Task When_everybody_is_left_out_the_error_names_the_role_and_the_originator()
    {
        _directory.Replace(Destination.Role("Managers"), "dora");
        await using var bed = await BedAsync(policy: null, PlanOption.JustOnce, to => to.Role("Managers").ExceptOriginator().ResolvedToUsers());

        (await bed.ReadAsync(_id)).Error.ShouldNotBeNull().Message.ShouldBe(
            "The destination sets of 'Work' name role Managers, and leave out everybody who was found there: user dora, where 'dora' is the originator. "
            + "Add somebody else to the role or to the sets, or choose another policy with WhenNobody. "
            + Chapter08ErrorMessages.Said);
    }

    [Test]
    [Statement("4.12")]
    public async Task When_roles_have_no_members_the_error_names_them()
    {
        await using var bed = await BedAsync(policy: null, PlanOption.JustOnce);

        (await ErrorAsync(bed)).ShouldBe(
            "The destination sets of 'Work' name role R, and the resolver names no members of it. "
            + $"Add somebody to the role R or to the sets, or choose another policy with WhenNobody. {Chapter08ErrorMessages.Said}");

        _directory.Replace(Destination.Group("Clerks"));
        await using var both = await BedAsync(policy: null, PlanOption.JustOnce, to => to.Role("R").Group("Clerks").ResolvedToUsers());

        (await ErrorAsync(both)).ShouldStartWith(
            "The destination sets of 'Work' name role R, group Clerks, and the resolver names no members of them. "
            + "Add somebody to one of them or to the sets, or");
    }

    [Test]
    [Statement("4.9")]
    [Statement("4.12")]
    public async Task When_everybody_has_left_the_role_that_is_followed_the_error_names_it()
    {
        _directory.Replace(Destination.Role("Managers"), "A");
        await using var bed = await BedAsync(policy: null, PlanOption.PerDestination, to => to.Role("Managers").ResolvedToUsers(keepSynchronized: true));
        _directory.Replace(Destination.Role("Managers"));
        await bed.AdvanceAsync(_interval);

        (await ErrorAsync(bed)).ShouldStartWith("The destination sets of 'Work' name role Managers, and the resolver names no members of it.");
    }

    [Test]
    [Statement("4.10")]
    [Statement("4.12")]
    public async Task When_only_those_who_are_left_out_stay_in_the_role_that_is_followed_the_error_names_them()
    {
        _directory.Replace(Destination.Role("Managers"), "A", "dora");
        await using var bed = await BedAsync(
            policy: null, PlanOption.PerDestination, to => to.Role("Managers").ExceptOriginator().ResolvedToUsers(keepSynchronized: true));
        _directory.Replace(Destination.Role("Managers"), "dora");
        await bed.AdvanceAsync(_interval);

        (await ErrorAsync(bed)).ShouldStartWith("The destination sets of 'Work' name role Managers, and leave out everybody who was found there: user dora");
    }

    [Test]
    [Statement("4.12")]
    public async Task When_no_set_names_anybody_the_error_says_so()
    {
        await using var bed = await BedAsync(policy: null, PlanOption.JustOnce, to => to.Users(_approver));

        (await ErrorAsync(bed)).ShouldStartWith("No destination set of 'Work' named anybody. Add a set that always applies");
    }

    private static async Task<string> ErrorAsync(WorkflowTestBed bed) => (await bed.ReadAsync(_id)).Error.ShouldNotBeNull().Message;

    [Test]
    [Statement("4.12")]
    public async Task Unless_said_otherwise_the_instance_is_in_error(
        [ValueSource(nameof(_plans))] PlanOption plan, [Values(null, NoDestinations.Error)] NoDestinations? policy)
    {
        await using var bed = await BedAsync(policy, plan);

        (await bed.ShouldHaveFailedToPlanAsync(_id)).Message.ShouldContain("choose another policy with WhenNobody");
        (await bed.Store.NextDueAsync(after: null, default)).ShouldBeNull();
    }

    [Test]
    [Statement("4.12")]
    public async Task Skipped_the_activity_completes_without_destinations_and_its_lines_are_asked([ValueSource(nameof(_plans))] PlanOption plan)
    {
        await using var bed = await BedAsync(NoDestinations.SkipActivity, plan);

        (await bed.CompletedAsync(_id)).ShouldBe(["Work"]);
        (await bed.OpenActivitiesAsync(_id)).ShouldBe(["Other", "After"]);
        (await bed.DestinationsOfAsync(_id, JournalKind.DestinationCreated)).ShouldBeEmpty();
        (await bed.OutcomeAsync(_id)).ShouldBe("");
    }

    [Test]
    [Statement("4.12")]
    public async Task Waiting_it_goes_on_when_somebody_joins_the_role([ValueSource(nameof(_plans))] PlanOption plan)
    {
        await using var bed = await BedAsync(NoDestinations.WaitForRole, plan);
        (await bed.StatusAsync(_id)).ShouldBe(ProcessInstanceStatus.Active);
        (await bed.OpenActivitiesAsync(_id)).ShouldBe(["Work", "Other"]);
        (await bed.ActiveAsync(_id)).Destinations.ShouldBeEmpty();
        await bed.AdvanceAsync(3 * _interval);
        (await bed.OpenActivitiesAsync(_id)).ShouldBe(["Work", "Other"]);

        _directory.Replace(Destination.Role("R"), "A");
        await bed.AdvanceAsync(_interval - TimeSpan.FromTicks(1));
        (await bed.SeesAsync("A")).ShouldBe("");
        await bed.AdvanceAsync(TimeSpan.FromTicks(1));

        var item = (await bed.WorklistAsync("A")).ShouldHaveSingleItem();
        item.StartedAt.ShouldBe(WorkflowTestBed.Beginning + (4 * _interval));
        (await bed.Store.NextDueAsync(after: null, default)).ShouldBeNull("somebody is found");
        await item.ExecuteAsync("Approve");
        (await bed.OutcomeAsync(_id)).ShouldBe("Approve");
        (await bed.OpenActivitiesAsync(_id)).ShouldBe(["Other", "After"]);
    }

    [Test]
    [Statement("4.12")]
    public async Task Waiting_who_has_joined_and_left_between_two_questions_is_nobody()
    {
        await using var bed = await BedAsync(NoDestinations.WaitForRole, PlanOption.PerDestination);

        _directory.Replace(Destination.Role("R"), "A");
        await bed.AdvanceAsync(_interval - TimeSpan.FromTicks(1));
        _directory.Replace(Destination.Role("R"));
        await bed.AdvanceAsync(TimeSpan.FromTicks(1));
        (await bed.SeesAllAsync("A")).ShouldBe("");
        _directory.Replace(Destination.Role("R"), "B", "C");
        await bed.AdvanceAsync(_interval);

        (await bed.ActiveAsync(_id)).Names().ShouldBe(["B", "C"]);
    }

    [Test]
    [Statement("4.12")]
    public async Task Waiting_the_whole_rule_is_asked_again_fields_included()
    {
        await using var bed = await BedAsync(
            NoDestinations.WaitForRole, PlanOption.PerDestination, to => to.Users(_approver).Role("R").ResolvedToUsers().Except("A"));
        _directory.Replace(Destination.Role("R"), "A");
        await bed.AdvanceAsync(_interval);
        (await bed.ActiveAsync(_id)).Destinations.ShouldBeEmpty("the only one who joined is excepted");

        await bed.FinishAsync(_id, "Other", result => result.Set(_approver, "E"));
        await bed.AdvanceAsync(_interval);

        (await bed.ActiveAsync(_id)).Names().ShouldBe(["E"]);
        (await bed.SeesAsync("E")).ShouldNotBe("");
    }

    [Test]
    [Statement("4.12")]
    [Statement("14.5")]
    public async Task Waiting_survives_the_host()
    {
        await using var bed = await BedAsync(NoDestinations.WaitForRole, PlanOption.JustOnce);
        await bed.AdvanceAsync(_interval);
        await bed.RestartAsync();

        _directory.Replace(Destination.Role("R"), "A");
        await bed.AdvanceAsync(_interval);

        (await bed.WorklistAsync("A")).ShouldHaveSingleItem().Activity.ShouldBe("Work");
    }

    [Test]
    [Statement("4.12")]
    [Statement("4.9")]
    public async Task Waiting_for_a_role_that_is_kept_synchronized_follows_it_once_somebody_is_found()
    {
        await using var bed = await BedAsync(
            NoDestinations.WaitForRole, PlanOption.PerDestination, to => to.Role("R").ResolvedToUsers(keepSynchronized: true));
        _directory.Replace(Destination.Role("R"), "A");
        await bed.AdvanceAsync(_interval);
        (await bed.ActiveAsync(_id)).Names().ShouldBe(["A"]);

        _directory.Replace(Destination.Role("R"), "A", "B");
        await bed.AdvanceAsync(_interval);

        (await bed.ActiveAsync(_id)).Names().ShouldBe(["A", "B"]);
    }
}
