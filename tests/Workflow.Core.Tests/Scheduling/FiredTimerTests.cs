using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Tests.Scheduling;

/// <summary>The handling of a timer that is due.</summary>
[TestFixture]
internal sealed class FiredTimerTests
{
    private static readonly ProcessDefinition _waiting = ProcessDefinition.Define("Waiting", process => process
        .StartsWith(process.Activity("Gather", activity => activity.StartRule(DueTime.After(TimeSpan.FromDays(1)))))
        .StartsWith(process.Activity("Beside", activity => activity.Server("Watch", static _ => { }))));

    private static readonly ProcessDefinition _escalating = ProcessDefinition.Define("Escalating", process => process
        .StartsWith(process.Activity("Gather", activity => activity
            .Server("Wait", static context => context.WaitUntilFinished())
            .Escalation("Remind", after: TimeSpan.FromDays(1), then => then.Run("Remind", static _ => { }))))
        .StartsWith(process.Activity("Beside", activity => activity.Server("Watch", static _ => { }))));

    /// <summary>A new kind has a line of its own in the table of inputs, and in that of the gate. It also has one in the work.</summary>
    [Test]
    [Statement("6.6")]
    public void Every_kind_of_timer_is_fired([Values] ProcessTimerKind kind, [Values] bool isInError)
    {
        var drive = new Drive(kind switch
        {
            ProcessTimerKind.Start => _waiting,
            ProcessTimerKind.Escalation => _escalating,
            _ => Trouble.Definition,
        }).Start();
        var activity = drive["Gather"];
        activity.Planning.Follow([], [], []);
        if (kind is ProcessTimerKind.Retry)
        {
            drive.Call().AwaitEventRetry();
        }

        var owner = kind switch
        {
            ProcessTimerKind.ProcessStart => TimerOwner.Process,
            ProcessTimerKind.Retry => TimerOwner.OfEvent(activity.Destinations[0]),
            _ => TimerOwner.Of(activity),
        };
        var number = drive.Process.Timers.Arm(owner, kind, "Remind", occurrence: 9, drive.Now);
        if (isInError)
        {
            drive.Throw();
        }

        drive.Apply(new Input.TimerDue(drive.Process.Timers.Find(owner, number)!.Value)).ShouldBeNull();

        if (isInError && kind is not (ProcessTimerKind.Sleep or ProcessTimerKind.Roles))
        {
            drive.Process.Timers.IsHeld(drive.Process.Timers.Find(owner, number).ShouldNotBeNull()).ShouldBeTrue("it fires after the error");
            return;
        }

        drive.Process.Timers.Find(owner, number).ShouldBeNull("it has fired");
        if (kind is ProcessTimerKind.Escalation)
        {
            drive.Process.Timers.Firings.Of(owner).ShouldHaveSingleItem().Status.ShouldBe(FiringStatus.WantsCode);
        }

        if (kind is ProcessTimerKind.Retry)
        {
            activity.Destinations[0].Event!.Status.ShouldBe(EventInstanceStatus.Planned);
        }

        if (kind is ProcessTimerKind.Start)
        {
            activity.Destinations.Count.ShouldBe(1);
        }

        if (kind is ProcessTimerKind.ProcessStart)
        {
            drive.Process.ActivityList.Count(started => started.Name == "Gather").ShouldBe(2);
        }
    }

    [Test]
    public void Every_kind_of_timer_has_a_kind_of_input_of_its_own() => Enum.GetValues<ProcessTimerKind>()
        .Select(kind => new Input.TimerDue(new ProcessTimer(Drive.Id, 1, kind, 0, 0, DateTimeOffset.MinValue)).Kind).ShouldBeUnique();

    [Test]
    public void A_kind_that_is_unknown_is_not_fired_in_silence()
    {
        var drive = new Drive(Trouble.Definition).Start();
        var timer = new ProcessTimer(Drive.Id, 99, (ProcessTimerKind)99, 1, 0, drive.Now);
        drive.Process.Timers.TryRestore(timer).ShouldBeTrue();

        Should.Throw<System.Diagnostics.UnreachableException>(() => drive.Apply(new Input.TimerDue(timer)));
    }

    /// <summary>Its owner has ended, or it was ended by itself, and another engine had found it before.</summary>
    [Test]
    [Statement("6.6")]
    public async Task A_timer_that_is_not_armed_any_more_changes_nothing_and_goes(
        [Values] ProcessTimerKind kind, [Values(0, 1, 99)] int activity, [Values(0, 1, 99)] int destination)
    {
        var drive = new Drive(Trouble.Definition).Start();
        await drive.CommitAsync();
        var stale = new ProcessTimer(Drive.Id, 50, kind, activity, destination, drive.Now, EventInstance: 0, "Remind", Occurrence: 1);
        await drive.Store.CommitAsync(Support.Commits.New(Drive.Id, version: 1) with { Record = null, ArmedTimers = [stale] }, CancellationToken.None);
        await drive.ReloadAsync();

        drive.Apply(new Input.TimerDue(stale)).ShouldBeNull();

        drive.Episode.HasChanges.ShouldBeTrue("the store does not find it again");
        drive.Episode.Journal.Count.ShouldBe(0);
        await drive.CommitAsync();
        (await drive.Store.FindTimersAsync(new TimerQuery(), CancellationToken.None)).ShouldBeEmpty();
    }

    /// <summary>Version 0.1 has stored neither the event of a timer nor its element.</summary>
    [Test]
    [Statement("1.10")]
    [Statement("13.8")]
    public void A_timer_of_an_event_is_found_by_what_an_older_version_has_stored()
    {
        var drive = new Drive(Trouble.Definition).Start();
        var destination = drive["Gather"].Destinations[2];
        var number = drive.Process.Timers.Arm(TimerOwner.OfEvent(destination), ProcessTimerKind.Sleep, "Ask", occurrence: 1, drive.Now);
        var stored = new ProcessTimer(Drive.Id, number, ProcessTimerKind.Sleep, destination.Activity.Id, destination.Id, drive.Now);

        drive.Process.Timers.Find(stored).ShouldNotBeNull().Element.ShouldBe("Ask");
        drive.Process.Timers.Find(stored with { Number = number + 1 }).ShouldBeNull();
        drive.Process.Timers.Find(stored with { Destination = drive["Gather"].Destinations[1].Id }).ShouldBeNull();
    }
}
