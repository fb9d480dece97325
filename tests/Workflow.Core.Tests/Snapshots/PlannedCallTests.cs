using Workflow.Core.Instances;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>No part says which calls are planned. The loader plans them again from the elements that want them.
/// A new kind of call is entered there and here.</summary>
[TestFixture]
internal sealed class PlannedCallTests
{
    /// <summary>Each kind that the loader plans again: a sample that wants such a call, and the call.</summary>
    private static readonly Dictionary<CallKind, (string Sample, Func<Drive, PlannedCall> Call)> _plannedAgain = new()
    {
        [CallKind.EventCode] = ("planned", drive => drive.Process.NextPlannedCall()),
        [CallKind.SubProcessStart] = ("sub-process to be started", drive => drive.Process.NextPlannedCall()),
        [CallKind.EscalationCode] = ("escalation that wants its code", drive => PlannedCall.OfFiring(FiringOf(drive))),
        [CallKind.EscalationPeople] = ("escalation that asks for people", drive => PlannedCall.OfFiring(FiringOf(drive))),
        [CallKind.Members] = ("asking the resolver", drive => PlannedCall.OfMembers(drive["Gather"])),
    };

    /// <summary>Each kind that the loader does not plan, and why.</summary>
    private static readonly Dictionary<CallKind, string> _notPlanned = new()
    {
        [CallKind.None] = "It says that no call is planned.",
    };

    private static IEnumerable<CallKind> PlannedAgain => _plannedAgain.Keys;

    [Test]
    public void Every_kind_of_call_is_planned_again_or_has_a_reason_why_not() =>
        _plannedAgain.Keys.Concat(_notPlanned.Keys).ShouldBe(Enum.GetValues<CallKind>(), ignoreOrder: true);

    [TestCaseSource(nameof(PlannedAgain))]
    [Statement("3.12")]
    public void A_call_is_planned_again_when_its_instance_is_loaded(CallKind kind)
    {
        var (sample, call) = _plannedAgain[kind];
        var drive = Samples.All[sample]();
        var wanted = call(drive);
        wanted.Kind.ShouldBe(kind);

        var found = Drive.Load(Drive.PartsOf(drive.Process, drive.Definition), drive.Definition).FindPlannedCall(wanted.Number);

        (found.Kind, found.Number, found.Status, found.Names).ShouldBe((kind, wanted.Number, CallStatus.Planned, wanted.Names));
        Place(found).ShouldBe(Place(wanted));
    }

    private static (int? Activity, int? Destination) Place(in PlannedCall call) => call.Kind switch
    {
        CallKind.EventCode or CallKind.SubProcessStart => (call.Destination.Activity.Id, call.Destination.Id),
        CallKind.Members => (call.Activity.Id, null),
        _ => (call.Firing.Activity?.Id, call.Firing.Destination?.Id),
    };

    private static Firing FiringOf(Drive drive) => drive.Process.Timers.Firings.Of(TimerOwner.Of(drive["Gather"])).ShouldHaveSingleItem();
}
