using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Tests.Scheduling;

/// <summary>The next firing of an escalation has the number of the one before.</summary>
[TestFixture]
internal sealed class NextFiringTests
{
    private static readonly ProcessDefinition _repeating = ProcessDefinition.Define("Repeating", process => process
        .StartsWith(process.Activity("Gather", activity => activity
            .Server("Wait", static context => context.WaitUntilFinished())
            .Escalation("Remind", after: TimeSpan.FromDays(1), then => then.RedirectTo("dan"), repeat: 3)
            .Escalation("Give up", after: TimeSpan.FromDays(2), then => then.ExpireActivity(), repeat: 3))));

    /// <summary>Another engine has fired it, and memory does not know that.</summary>
    [Test]
    [Statement("6.4b")]
    [Statement("14.3")]
    public void A_timer_of_another_firing_than_memory_knows_is_left_as_it_is()
    {
        var drive = new Drive(_repeating).Start();
        var known = drive.Process.Timers.Of(TimerOwner.Of(drive["Gather"])).First();

        drive.Apply(new Input.TimerDue(known with { Occurrence = 2, DueAt = known.DueAt.AddDays(1) })).ShouldNotBeNull().Kind.ShouldBe(RefusalKind.TimerStays);

        drive.Process.Timers.Of(TimerOwner.Of(drive["Gather"])).First().ShouldBe(known);
    }

    [Test]
    [Statement("6.4")]
    [Statement("6.6")]
    public async Task An_escalation_that_ends_its_own_activity_leaves_no_timer_in_the_store()
    {
        var drive = new Drive(_repeating).Start();
        await drive.CommitAsync();
        var timer = drive.Process.Timers.Of(TimerOwner.Of(drive["Gather"])).ElementAt(1);

        drive.Apply(new Input.TimerDue(timer)).ShouldBeNull();
        await drive.CommitAsync();

        (await drive.Store.FindTimersAsync(new TimerQuery(), CancellationToken.None)).ShouldBeEmpty();
    }

    [Test]
    [Statement("6.4")]
    public async Task The_next_firing_takes_the_place_of_the_timer_in_the_store()
    {
        var drive = new Drive(_repeating).Start();
        await drive.CommitAsync();
        var timer = drive.Process.Timers.Of(TimerOwner.Of(drive["Gather"])).First();

        drive.Apply(new Input.TimerDue(timer)).ShouldBeNull();
        await drive.CommitAsync();

        var stored = await drive.Store.FindTimersAsync(new TimerQuery(), CancellationToken.None);
        stored.Select(item => (item.Number, item.Element, item.Occurrence)).ShouldContain((timer.Number, "Remind", 2));
        stored.Count.ShouldBe(2);
    }
}
