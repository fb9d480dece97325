using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Rules;

[Statement("3.9")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class StatusTests
{
    private static readonly DestinationField<string> Vote = new("Vote");
    private static readonly Rule Everybody = Answers.AllSlots.Satisfy(Status.OfSlot == SlotStatus.Completed);

    private readonly RuleWorld _world = new RuleWorld(Vote).Plan(slots: 2, destinations: 2);

    [Test]
    [Statement("3.9")]
    public void R12_waiting_for_everybody_is_a_status_over_all_slots()
    {
        _world.Answer(0, "ann", Vote, "yes");
        _world.IsTrue(Everybody).ShouldBeFalse();

        _world.Answer(1, "bob", Vote, "no");
        _world.IsTrue(Everybody).ShouldBeTrue();
    }

    [Test]
    [Statement("3.9")]
    public void A_destination_whose_slot_nobody_has_taken_has_no_slot_status()
    {
        _world.Answer(0, "ann", Vote, "yes");
        _world.IsTrue(Answers.All.Satisfy(Status.OfSlot.HasValue)).ShouldBeFalse();

        _world.Open(1, "bob");
        _world.IsTrue(Answers.All.Satisfy(Status.OfSlot.HasValue)).ShouldBeTrue();
        _world.IsTrue(Answers.All.Satisfy(Status.OfSlot == SlotStatus.Completed)).ShouldBeFalse();
        _world.IsTrue(Answers.All.Satisfy(Status.OfSlot == SlotStatus.Completed | Status.OfSlot == SlotStatus.Open)).ShouldBeTrue();
    }

    [Test]
    [Statement("3.9")]
    public void The_status_of_the_destinations_can_be_asked_of_all()
    {
        _world.IsTrue(Answers.All.Satisfy(Status.OfDestination == DestinationStatus.Active)).ShouldBeTrue();

        _world.CompleteWithoutSlots(1);

        _world.IsTrue(Answers.All.Satisfy(Status.OfDestination == DestinationStatus.Active)).ShouldBeFalse();
        _world.IsTrue(Answers.AllCompleted.Satisfy(Status.OfDestination == DestinationStatus.Completed)).ShouldBeTrue();
    }

    [Test]
    [Statement("6.8")]
    public void A_line_can_tell_a_completed_activity_from_an_expired_one()
    {
        _world.IsTrue(Status.OfActivity == ActivityInstanceStatus.Active).ShouldBeTrue();

        foreach (var destination in _world.Activity.Destinations)
        {
            destination.Expire(DateTimeOffset.UnixEpoch);
            _world.Activity.DestinationEnded();
        }

        _world.Activity.Expire(DateTimeOffset.UnixEpoch);

        _world.IsTrue(Status.OfActivity == ActivityInstanceStatus.Expired).ShouldBeTrue();
        _world.IsTrue(Status.OfActivity != ActivityInstanceStatus.Completed).ShouldBeTrue();
    }

    [Test]
    [Statement("11.7")]
    public void A_line_reads_the_destination_that_completed_the_activity()
    {
        var (first, second) = (_world.Activity.Destinations[0], _world.Activity.Destinations[1]);
        _world.Set(first, Vote, "no");
        _world.Set(second, Vote, "yes");
        _world.IsTrue(Vote == "no").ShouldBeTrue("without such a destination, the first one counts");

        first.Expire(DateTimeOffset.UnixEpoch);
        second.Complete(DateTimeOffset.UnixEpoch);
        _world.Activity.DestinationEnded();
        _world.Activity.DestinationEnded();
        _world.Activity.Complete(second, DateTimeOffset.UnixEpoch);

        _world.IsTrue(Vote == "yes" & Status.OfDestination == DestinationStatus.Completed).ShouldBeTrue();
    }

    [Test]
    [Statement("11.7")]
    public void Without_any_destination_a_line_reads_the_initial_value()
    {
        var remark = new DestinationField<string>("Remark", initial: "none yet");
        var world = new RuleWorld(remark).Plan(slots: 0);

        world.IsTrue(remark == "none yet").ShouldBeTrue();
        world.IsTrue(Status.OfDestination.IsNull).ShouldBeTrue();
    }
}
