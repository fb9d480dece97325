using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Scheduling;

/// <summary>Each of the four owners has its timers, which survive the store and end with it.</summary>
[TestFixture]
internal sealed class InstanceTimersTests
{
    private static readonly string[] _owners = ["process", "activity", "destination", "event"];

    private static Drive Started() => new Drive(Trouble.Definition).Start();

    private static TimerOwner Owner(Drive drive, string owner) => owner switch
    {
        "process" => TimerOwner.Process,
        "activity" => TimerOwner.Of(drive["Gather"]),
        "destination" => TimerOwner.Of(drive["Gather"].Destinations[1]),
        _ => TimerOwner.OfEvent(drive["Gather"].Destinations[1]),
    };

    private static int Arm(Drive drive, TimerOwner owner, string element, int occurrence = 1, ProcessTimerKind kind = ProcessTimerKind.Sleep) =>
        drive.Process.Timers.Arm(owner, kind, element, occurrence, drive.Now.AddHours(occurrence));

    private static async Task<IEnumerable<int>> StoredAsync(Drive drive) =>
        (await drive.Store.FindTimersAsync(new TimerQuery(), CancellationToken.None)).Select(timer => timer.Number);

    /// <summary>The parts that a library without timers does not read because of them. An activity instance with several destinations has a later version by
    /// itself.</summary>
    private static async Task<IEnumerable<PartKey>> RaisedAsync(Drive drive) =>
        (await drive.StoredAsync()).Parts.Where(part => part.Content.Span[0] == PartFormat.WithTimers).Select(part => part.Key);

    [TestCaseSource(nameof(_owners))]
    [Statement("14.2")]
    [Statement("14.5")]
    public async Task An_owner_has_several_timers_told_by_element_occurrence_and_kind_and_they_survive(string which)
    {
        var drive = Started();
        var owner = Owner(drive, which);
        int[] numbers =
        [
            Arm(drive, owner, "Remind"), Arm(drive, owner, "Remind", 2), Arm(drive, owner, "remind"), Arm(drive, owner, "Remind", kind: ProcessTimerKind.Roles),
        ];
        await drive.CommitAsync();
        var stored = await drive.Store.FindTimersAsync(new TimerQuery(), CancellationToken.None);

        await drive.ReloadAsync();

        var timers = drive.Process.TimersOrNull.ShouldNotBeNull();
        timers.Of(owner).Select(timer => timer.Number).ShouldBe(numbers);
        timers.Of(owner).ShouldBe(stored, ignoreOrder: true);
        stored.ShouldAllBe(timer => TimerOwner.Of(timer) == owner && timer.ProcessInstance == drive.Process.Id);
        timers.Find(owner, ProcessTimerKind.Sleep, "Remind", 2).ShouldBe(stored.Single(timer => timer.Number == numbers[1]));
        timers.Find(owner, ProcessTimerKind.Sleep, "Remind", 3).ShouldBeNull();
        timers.NextOccurrence(owner, ProcessTimerKind.Sleep, "Remind").ShouldBe(3);
        timers.NextOccurrence(owner, ProcessTimerKind.Roles, "Remind").ShouldBe(2);
        timers.NextOccurrence(owner, ProcessTimerKind.Roles, "remind").ShouldBe(1);
    }

    [TestCaseSource(nameof(_owners))]
    public async Task One_timer_of_an_owner_ends_and_the_others_stay(string which)
    {
        var drive = Started();
        var owner = Owner(drive, which);
        var (kept, ended, later) = (Arm(drive, owner, "Remind"), Arm(drive, owner, "Remind", 2), 0);
        await drive.CommitAsync();
        await drive.ReloadAsync();

        drive.Process.Timers.End(drive.Process.Timers.Find(owner, ended)!.Value);
        later = Arm(drive, owner, "Remind", 3);
        await drive.CommitAsync();

        (await StoredAsync(drive)).ShouldBe([kept, later]);
        await drive.ReloadAsync();
        drive.Process.Timers.Of(owner).Select(timer => timer.Number).ShouldBe([kept, later]);
    }

    [TestCaseSource(nameof(_owners))]
    public void Two_timers_of_an_owner_are_never_for_the_same(string which)
    {
        var drive = Started();
        var owner = Owner(drive, which);
        Arm(drive, owner, "Remind");

        Should.Throw<WorkflowInvariantException>(() => Arm(drive, owner, "Remind"));
        Should.Throw<WorkflowInvariantException>(() => Arm(drive, owner, "Remind", occurrence: 0));
    }

    /// <summary>The store need not hear of it.</summary>
    [TestCaseSource(nameof(_owners))]
    public async Task A_timer_that_ends_before_it_is_stored_leaves_nothing(string which)
    {
        var drive = Started();
        var owner = Owner(drive, which);
        Arm(drive, owner, "Remind");

        drive.Process.Timers.End(owner);

        drive.Process.Timers.AreChanged.ShouldBeFalse();
        await drive.CommitAsync();
        (await StoredAsync(drive)).ShouldBeEmpty();
    }

    [Test]
    public void Nothing_is_armed_for_an_owner_that_has_ended_or_never_was()
    {
        var drive = Started();
        var destination = drive["Gather"].Destinations[0];
        var task = TimerOwner.OfEvent(destination);
        destination.ExpireEvent();
        Should.Throw<WorkflowInvariantException>(() => Arm(drive, task, "Remind"));
        Arm(drive, TimerOwner.Of(destination), "Remind").ShouldBePositive();

        destination.Expire(drive.Now);

        Should.Throw<WorkflowInvariantException>(() => Arm(drive, TimerOwner.Of(destination), "Remind", 2));
        Should.Throw<WorkflowInvariantException>(() => Arm(drive, new TimerOwner(99, 0, 0), "Remind"));
        Should.Throw<WorkflowInvariantException>(() => Arm(drive, new TimerOwner(drive["Gather"].Id, 99, 0), "Remind"));
        drive.Process.TimersOrNull!.Of(TimerOwner.Of(destination)).ShouldBeEmpty();
    }

    /// <summary>No object, and no byte in what is stored.</summary>
    [Test]
    [Statement("14.6")]
    public async Task Without_a_timer_nothing_is_kept_of_timers()
    {
        var drive = Started();
        while (drive.Process.StoredStatus is ProcessInstanceStatus.Active && drive.Process.NextEventCall() is not null)
        {
            drive.Process.TimersOrNull.ShouldBeNull();
            await drive.CommitAsync();
            (await RaisedAsync(drive)).ShouldBeEmpty();
            drive.Return(context =>
            {
                if (context.Activity == "Gather")
                {
                    context.Set(Trouble.Done, true);
                }
            });
        }

        drive.Process.StoredStatus.ShouldBe(ProcessInstanceStatus.Completed);
        drive.Process.TimersOrNull.ShouldBeNull();
    }

    [Test]
    [Statement("13.8")]
    public async Task Only_the_parts_of_owners_with_timers_have_the_version_that_has_them([ValueSource(nameof(_owners))] string which)
    {
        var drive = Started();
        await drive.CommitAsync();
        var owner = which == "activity" ? TimerOwner.Of(drive["Beside"]) : Owner(drive, which);
        Arm(drive, owner, "Remind");
        await drive.CommitAsync();

        (await RaisedAsync(drive)).ShouldBe([new PartKey(owner.ActivityInstance, owner.Destination)]);

        drive.Process.Timers.End(drive.Process.Timers.Of(owner).First());
        await drive.CommitAsync();
        (await RaisedAsync(drive)).ShouldBeEmpty();
    }
}
