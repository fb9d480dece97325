using Workflow.Core.Instances;

namespace Workflow.Core.Tests.Scheduling;

/// <summary>Each verb is allowed from the statuses that it is made for, and from no other.</summary>
[TestFixture]
internal sealed class TransitionTests
{
    private static readonly DateTimeOffset _now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private static IEnumerable<TestCaseData> EventVerbs =>
    [
        Verb("Call", instance => instance.Call(), EventInstanceStatus.Calling, EventInstanceStatus.Planned, EventInstanceStatus.Calling),
        Verb("Interrupt", instance => instance.Interrupt(), EventInstanceStatus.Planned, EventInstanceStatus.Calling),
        Verb("Wait", instance => instance.Wait("key"), EventInstanceStatus.Waiting, EventInstanceStatus.Calling),
        Verb("AwaitSignal", instance => instance.AwaitSignal("Paid"), EventInstanceStatus.Waiting, EventInstanceStatus.Planned),
        Verb("Fail", instance => instance.Fail(), EventInstanceStatus.Failed, EventInstanceStatus.Calling),
        Verb("Retry", instance => instance.Retry(), EventInstanceStatus.Planned, EventInstanceStatus.Failed),
        Verb("AwaitRetry", instance => instance.AwaitRetry(), EventInstanceStatus.AwaitingRetry, EventInstanceStatus.Calling),
        Verb("BeginRetry", instance => instance.BeginRetry(), EventInstanceStatus.Planned, EventInstanceStatus.AwaitingRetry),
        Verb("Skip", instance => instance.Skip(), EventInstanceStatus.Returned, EventInstanceStatus.Failed),
        Verb("Return", instance => instance.Return(), EventInstanceStatus.Returned, EventInstanceStatus.Calling, EventInstanceStatus.Waiting),
        Verb("Stall", instance => instance.Stall(), EventInstanceStatus.Stalled, EventInstanceStatus.Returned, EventInstanceStatus.Waiting),
        Verb("Await", instance => instance.Await(), EventInstanceStatus.Waiting, EventInstanceStatus.Planned, EventInstanceStatus.Stalled),
        Verb("Complete", instance => instance.Complete(), EventInstanceStatus.Completed, EventInstanceStatus.Returned),
        Verb(
            "Expire", instance => instance.Expire(), EventInstanceStatus.Expired,
            [.. Enum.GetValues<EventInstanceStatus>()[..6], EventInstanceStatus.AwaitingRetry]),
    ];

    [TestCaseSource(nameof(EventVerbs))]
    public void An_event_changes_its_status_only_as_it_may(object verb, EventInstanceStatus to, EventInstanceStatus[] from)
    {
        foreach (var status in Enum.GetValues<EventInstanceStatus>())
        {
            var instance = new EventInstance(1, "Ask", 0, _now, startsProcess: false);
            instance.Restore(status, attempts: 3, cutShort: 0, failures: 0, correlationKey: null, kept: null);
            if (from.Contains(status))
            {
                ((Action<EventInstance>)verb)(instance);
                instance.Status.ShouldBe(to);
            }
            else
            {
                Should.Throw<WorkflowInvariantException>(() => ((Action<EventInstance>)verb)(instance), $"{status}");
                instance.Status.ShouldBe(status);
            }
        }
    }

    [Test]
    [Statement("7.1")]
    public void A_finish_is_parked_once_and_only_before_the_code_has_returned()
    {
        var finish = new ParkedFinish("bank", _now, []);
        foreach (var status in Enum.GetValues<EventInstanceStatus>())
        {
            var instance = new EventInstance(1, "Ask", 0, _now, startsProcess: false);
            instance.Restore(status, 1, 0, 0, null, null);
            if (status is EventInstanceStatus.Planned or EventInstanceStatus.Calling or EventInstanceStatus.Failed or EventInstanceStatus.AwaitingRetry)
            {
                instance.Park(finish);
            }

            Should.Throw<WorkflowInvariantException>(() => instance.Park(finish), $"{status}");
        }
    }

    [Test]
    [Statement("14.4")]
    public void Calls_are_counted_and_an_interrupted_one_is_not()
    {
        var instance = new EventInstance(1, "Ask", 0, _now, startsProcess: false);
        instance.Attempts.ShouldBe(0);
        instance.Call();
        instance.Call();
        instance.Attempts.ShouldBe(2);
        instance.Interrupt();
        instance.Attempts.ShouldBe(1);
        instance.NeedsCall.ShouldBeTrue();
    }

    [Test]
    public void A_destination_does_not_end_while_an_event_is_at_work_nor_twice()
    {
        var drive = new Drive(Trouble.Definition).Start();
        var destination = drive["Gather"].Destinations[0];

        Should.Throw<WorkflowInvariantException>(() => destination.Complete(_now));
        Should.Throw<WorkflowInvariantException>(() => destination.Expire(_now));
        Should.Throw<WorkflowInvariantException>(() => destination.StartEvent("Note", startsProcess: false, _now));
        destination.ExpireEvent();
        destination.Expire(_now);

        Should.Throw<WorkflowInvariantException>(() => destination.Complete(_now));
        Should.Throw<WorkflowInvariantException>(() => destination.CallEvent());
    }

    [Test]
    public void An_activity_instance_does_not_end_while_a_destination_is_at_work_nor_is_it_forgotten()
    {
        var drive = new Drive(Trouble.Definition).Start();
        var activity = drive["Gather"];

        Should.Throw<WorkflowInvariantException>(() => activity.Complete(null, _now));
        Should.Throw<WorkflowInvariantException>(() => activity.Expire(_now));
        Should.Throw<WorkflowInvariantException>(() => drive.Process.Forget(activity));
        Should.Throw<WorkflowInvariantException>(() => activity.PlanSlots(1, 1, isJustOnce: false));
    }

    [Test]
    [Statement("8.6")]
    public void A_process_instance_does_not_complete_with_activities_nor_fail_twice()
    {
        var drive = new Drive(Trouble.Definition).Start();
        var error = new ProcessError("element", "message", "", _now);

        Should.Throw<WorkflowInvariantException>(() => drive.Process.Complete(_now));
        drive.Process.Fail(error, []);

        Should.Throw<WorkflowInvariantException>(() => drive.Process.Fail(error, []));
        Should.Throw<WorkflowInvariantException>(() => drive.Process.Complete(_now));
        Should.Throw<WorkflowInvariantException>(() => drive.Process.AddActivity("Beside", 1, null, FieldTable.Empty.InitialFields, _now));
    }

    [Test]
    public void A_slot_is_completed_once()
    {
        var slot = new Slot(1, "anna", "anna", Destination.User("anna"), FieldTable.Empty.InitialFields, through: null);
        slot.Complete("Approve", FieldTable.Empty.InitialFields, _now);

        Should.Throw<WorkflowInvariantException>(() => slot.Complete("Reject", FieldTable.Empty.InitialFields, _now));
        slot.Action.ShouldBe("Approve");
    }

    [Test]
    [Statement("1.2")]
    public void Every_destination_is_found_by_its_number_and_nothing_else_is()
    {
        var drive = new Drive(Trouble.Definition).Start();

        foreach (var number in Enumerable.Range(1, 4))
        {
            drive.Process.FindDestination(number).ShouldNotBeNull().Id.ShouldBe(number);
        }

        new[] { int.MinValue, -1, 0, 5, int.MaxValue }.ShouldAllBe(number => drive.Process.FindDestination(number) == null);
    }

    private static TestCaseData Verb(string name, Action<EventInstance> verb, EventInstanceStatus to, params EventInstanceStatus[] from) =>
        new TestCaseData(verb, to, from).SetArgDisplayNames(name);
}
