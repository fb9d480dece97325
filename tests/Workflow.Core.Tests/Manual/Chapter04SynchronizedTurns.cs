using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Roles that are kept synchronized in plan per destination in turn, and roles that everybody leaves.</summary>
[TestFixture]
public sealed class Chapter04SynchronizedTurns
{
    private static readonly ProcessInstanceId _id = new(1);

    private readonly StaticDestinations _directory = [];

    private async Task<WorkflowTestBed> BedAsync(string members, Action<ActivityBuilder>? more = null)
    {
        Members(members);
        var bed = await WorkflowTestBed.CreateAsync(
            Staff.Deciding(activity =>
            {
                activity.PlanPerDestinationInTurn().Destinations(to => to.Role("R").ResolvedToUsers(keepSynchronized: true));
                more?.Invoke(activity);
            }),
            options => options.DestinationResolver = _directory);
        await bed.StartAsync("dora");
        return bed;
    }

    private void Members(string members) => _directory.Replace(Destination.Role("R"), members.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private async Task SynchronizeAsync(WorkflowTestBed bed, string members)
    {
        Members(members);
        await bed.AdvanceAsync(TimeSpan.FromMinutes(10));
    }

    /// <summary>The users of these who have a task, in the order in which they get one when each approves it.</summary>
    private static async Task<string> TurnsAsync(WorkflowTestBed bed)
    {
        var turns = new List<string>();
        while (await CurrentAsync(bed) is { } user)
        {
            turns.Add(user);
            await bed.ActAsync(user, "Approve");
        }

        return string.Join(' ', turns);
    }

    private static async Task<string?> CurrentAsync(WorkflowTestBed bed)
    {
        var entries = await Management.WorklistManagementExtensions.ManageWorklists(bed.Engine.AsSystem()).ListAsync();
        return entries.Count == 0 ? null : entries.ShouldHaveSingleItem().Destination.Name;
    }

    [Statement("4.9")]
    [TestCase("A B", "A B D", "A B D")]
    [TestCase("A B", "D A B", "A B D")]
    [TestCase("A B C", "A C", "A C")]
    [TestCase("A B C", "A", "A")]
    [TestCase("A B C", "B C", "B C")]
    [TestCase("A B C", "C", "C")]
    [TestCase("A B C", "C D E", "C D E")]
    [TestCase("A B", "D", "D")]
    public async Task Joiners_go_to_the_end_and_leavers_lose_their_turn(string before, string after, string turns)
    {
        await using var bed = await BedAsync(before);

        await SynchronizeAsync(bed, after);

        (await TurnsAsync(bed)).ShouldBe(turns);
        (await bed.OutcomeAsync(_id)).ShouldBe("Approve");
        (await bed.CompletedAsync(_id)).ShouldBe(["Work", "Done"]);
    }

    [Statement("4.9")]
    [TestCase("A B", "A B D", "B D")]
    [TestCase("A B", "B", "B")]
    [TestCase("A B C", "A C", "C")]
    [TestCase("A B C", "A C D", "C D")]
    [TestCase("A B C", "A B", "B")]
    public async Task A_user_who_has_had_their_turn_keeps_it_and_the_others_follow(string before, string after, string turns)
    {
        await using var bed = await BedAsync(before);
        await bed.ActAsync("A", "Approve");

        await SynchronizeAsync(bed, after);

        (await TurnsAsync(bed)).ShouldBe(turns);
        (await bed.OutcomeAsync(_id)).ShouldBe("Approve");
        (await bed.AnsweredAsync(_id)).ShouldStartWith("A Approve");
    }

    [Test]
    [Statement("4.9")]
    public async Task The_current_one_expires_when_they_leave_and_the_next_begins([Values] bool isOpen)
    {
        await using var bed = await BedAsync("A B");
        if (isOpen)
        {
            await bed.OpenAsync("A", _id.Task(1));
        }

        await SynchronizeAsync(bed, "B");

        await bed.ShouldNotFindAsync("A", _id.Task(1), WorklistItemEnd.Expired);
        (await bed.SeesAsync("B")).ShouldBe("1_2 Available");
        (await bed.DestinationsOfAsync(_id, JournalKind.DestinationExpired)).ShouldBe([1]);
        (await bed.DestinationsOfAsync(_id, JournalKind.DestinationCompleted)).ShouldBeEmpty();
    }

    [Test]
    [Statement("4.9")]
    public async Task The_rule_is_asked_once_when_nobody_is_left_to_come_and_somebody_has_answered()
    {
        await using var bed = await BedAsync("A B C");
        await bed.ActAsync("A", "Approve");

        await SynchronizeAsync(bed, "A");

        (await bed.OutcomeAsync(_id)).ShouldBe("Approve");
        (await bed.CompletedAsync(_id)).ShouldBe(["Work", "Done"]);
    }

    [Test]
    [Statement("4.9")]
    public async Task The_rule_is_not_asked_as_long_as_somebody_is_to_come()
    {
        var asked = 0;
        Members("A B C D");
        var definition = ProcessDefinition.Define("Counting", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Work", activity => activity.PlanPerDestinationInTurn()
                .Destinations(to => to.Role("R").ResolvedToUsers(keepSynchronized: true))
                .Client("Decide", task => task.Action("Approve"))
                .SucceedingRule(Rule.Named("counts", _ =>
                {
                    asked++;
                    return true;
                }))));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition, options => options.DestinationResolver = _directory);
        await bed.StartAsync("dora");
        await bed.ActAsync("A", "Approve");

        await SynchronizeAsync(bed, "A C D");
        await SynchronizeAsync(bed, "A D");
        asked.ShouldBe(0);
        (await CurrentAsync(bed)).ShouldBe("D");
        await SynchronizeAsync(bed, "A");

        asked.ShouldBe(1);
        (await bed.StatusAsync(_id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("4.9")]
    [Statement("4.12")]
    public async Task When_everybody_has_left_without_an_answer_it_is_as_if_there_had_been_nobody(
        [Values] NoDestinations policy, [Values(PlanOption.JustOnce, PlanOption.PerDestination, PlanOption.PerDestinationInTurn)] PlanOption plan)
    {
        Members("A B");
        var definition = ProcessDefinition.Define("Leaving", process =>
        {
            process.OpenToAll();
            var work = process.Activity("Work", activity => Planned(activity, plan)
                .Destinations(to => to.Role("R").ResolvedToUsers(keepSynchronized: true)).WhenNobody(policy).ApprovesOrRejects());
            process.StartsWith(work);
            work.To(process.Activity("After", activity => activity.Destinations(to => to.Users("Z")).ApprovesOrRejects()));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition, options => options.DestinationResolver = _directory);
        await bed.StartAsync("dora");

        await SynchronizeAsync(bed, "");

        (await bed.SeesAllAsync("A")).ShouldBe("");
        (await bed.SeesAllAsync("B")).ShouldBe("");
        if (policy is NoDestinations.Error)
        {
            (await bed.StatusAsync(_id)).ShouldBe(ProcessInstanceStatus.Error);
            return;
        }

        (await bed.OpenActivitiesAsync(_id)).ShouldBe([policy is NoDestinations.SkipActivity ? "After" : "Work"]);
        (await bed.CompletedAsync(_id)).ShouldBe(policy is NoDestinations.SkipActivity ? ["Work"] : []);
        await SynchronizeAsync(bed, "D");
        (await bed.SeesAsync("D")).ShouldBe(policy is NoDestinations.SkipActivity ? "" : $"1_{await LatestAsync(bed)} Available");
    }

    [Test]
    [Statement("4.9")]
    [Statement("4.12")]
    public async Task When_everybody_has_left_and_it_waits_nobody_can_act_until_somebody_joins()
    {
        Members("A");
        await using var bed = await WorkflowTestBed.CreateAsync(
            Staff.Deciding(
                activity => activity.Destinations(to => to.Role("R").ResolvedToUsers(keepSynchronized: true)).WhenNobody(NoDestinations.WaitForRole)),
            options => options.DestinationResolver = _directory);
        await bed.StartAsync("dora");
        await SynchronizeAsync(bed, "");

        await Should.ThrowAsync<WorkflowException>(() => bed.ActAsync("A", _id.Task(1), "Approve"));
        (await bed.OpenActivitiesAsync(_id)).ShouldBe(["Work"]);
        await SynchronizeAsync(bed, "D");

        await bed.ActAsync("D", "Approve");
        (await bed.AnsweredAsync(_id)).ShouldBe("D Approve");
        (await bed.OutcomeAsync(_id)).ShouldBe("Approve");
    }

    private static ActivityBuilder Planned(ActivityBuilder activity, PlanOption plan) => plan switch
    {
        PlanOption.JustOnce => activity.PlanJustOnce(),
        PlanOption.PerDestination => activity.PlanPerDestination(),
        _ => activity.PlanPerDestinationInTurn(),
    };

    private static async Task<int> LatestAsync(WorkflowTestBed bed) => (await bed.DestinationsOfAsync(_id, JournalKind.DestinationCreated))[^1];
}
