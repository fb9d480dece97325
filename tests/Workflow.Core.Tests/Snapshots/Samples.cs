using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>An instance in every kind of state that can be stored.</summary>
internal static class Samples
{
    public static IReadOnlyDictionary<string, Func<Drive>> All { get; } = new Dictionary<string, Func<Drive>>
    {
        ["planned"] = () => Started(),
        ["calling"] = () => With(Started(), drive => drive.Call()),
        ["called again after its host has died"] = () => With(Started(), drive =>
        {
            drive.Call();
            drive.Call();
        }),
        ["interrupted"] = () => With(Started(), drive => drive.Call().InterruptEvent()),
        ["waiting"] = () => Started().Wait(),
        ["waiting under a key"] = () => Started().Wait("Auftrag 😀").Wait(),
        ["finish parked while planned"] = () => Started().Finish(1, new FieldChange("Own", FieldValue.From("x")), new FieldChange("Amount", FieldValue.Null)),
        ["finish parked while calling"] = () => With(Started(), drive => drive.Call()).Finish(1),
        ["failed"] = () => Started().Throw("no 😀"),
        ["failed with parked finish"] = () => Started().Finish(1, new FieldChange("Shared", FieldValue.From(int.MinValue))).Throw(),
        ["awaiting a retry, with a parked finish"] = () => With(Started(), drive =>
        {
            var destination = drive.Call();
            destination.AwaitEventRetry();
            drive.Process.Timers.Arm(TimerOwner.OfEvent(destination), ProcessTimerKind.Retry, "Ask", InstanceTimers.Only, drive.Now.AddMinutes(1));
        }).Finish(1),
        ["called again by its policy"] = () => With(Started(), drive =>
        {
            var destination = drive.Call();
            destination.AwaitEventRetry();
            destination.BeginEventRetry();
            drive.Process.PlanAgain(PlannedCall.OfEvent(destination));
        }),
        ["returned and in error"] = () => Started(Trouble.ThrowAt("event")).Return(),
        ["stalled event"] = () => Started(Trouble.FalseAt("event")).Return(),
        ["stalled activity"] = () => Finished(new Drive(Trouble.Define(WhenUnresolved.Wait)).Start(), done: false),
        ["in error by policy"] = () => Finished(new Drive(Trouble.Define(WhenUnresolved.Fail)).Start(), done: false),
        ["fields of all scopes"] = () => Started().Return(WriteAll),
        ["initial values taken away"] = () => Started().Return(context => Take(context.Set)),
        ["one destination completed"] = () => Started().Return().Return().Return().Return().Return(),
        ["in error before the start line"] = () => Started(Trouble.ThrowAt("start")),
        ["in error at the preceding rule"] = () => Started(Trouble.ThrowAt("preceding")),
        ["in error at the destination rule"] = () => Started(Trouble.ThrowAt("destination")),
        ["in error at the succeeding rule"] = () => Finished(Started(Trouble.ThrowAt("activity")), done: true),
        ["in error at a line, with expired destinations"] = () => Finished(Started(Trouble.ThrowAt("line")), done: true),
        ["in error at an arrival"] = () => Finished(Started(Trouble.ThrowAt("arrival")), done: true),
        ["in error, with a question that was skipped"] = () => With(
            Finished(Started(Trouble.ThrowAt("activity")), done: true), drive => drive.Process.Skip("outcome 'Grün' of 'Gather'")),
        ["in error at the finish rule"] = () => Completed(Started(Trouble.ThrowAt("finish"))),
        ["without destinations"] = () => Started(Trouble.FalseAt("destination")),
        ["completed"] = () => Completed(Started()),
        ["slots"] = () => With(Started().Wait(), AddSlots),
        ["somebody left out"] = () => With(Started(), drive => drive["Gather"].Planning.LeaveOut(
        [
            new Exclusion("BJÖRN", "Destinations", []), new Exclusion("dan", "More", [Destination.Role("Managers"), Destination.Group("Clerks")]),
        ])),
        ["nobody left out by a set that could"] = () => With(Started().Wait(), drive => drive["Gather"].Planning.LeaveOut([])),
        ["sub-process to be started"] = () => new Drive(Families.Parent()).Start(),
        ["sub-process awaited"] = () => With(new Drive(Families.Parent()).Start(), drive =>
        {
            var call = drive.Process.NextPlannedCall();
            call.Begin();
            var parent = new ParentProcess(call.Destination.Serial, "Call", "Start it", 1) { EventInstance = call.Number, Waits = true, EndsWithIt = true };
            var start = new SubProcessStart("Child", 1, "", "dora", DueAt: null, [new FieldChange("In", FieldValue.From(7))], parent);
            drive.Apply(new Input.SubProcessReady(call.Destination, new ProcessInstanceId(9), start));
        }),
        ["asking the resolver"] = () => Asking(leftOut: null),
        ["asking the resolver, with somebody left out"] = () =>
            Asking([new LeftOut(0, [Destination.User("BJÖRN"), Destination.User("dan")]), new LeftOut(2, [])]),
        ["asking the resolver, with nobody left out by a set that could"] = () => Asking([]),
        ["asking questions by name"] = () => Asking([], Questions()),
        ["asking for a list"] = () => With(Started().Wait(), drive => drive["Gather"].Planning.AwaitList(new NamedQuestion("Zeilen 😀"))),
        ["following the answers to questions"] = () => With(Started().Wait(), drive => drive["Gather"].Planning.Follow(
            [new WantedDestination(Destination.User("anna"), 0, IsResolved: false), new WantedDestination(Destination.Role("R"), 2, IsResolved: true)],
            Questions(), [Destination.User("anna"), Destination.User("BJÖRN")])),
        ["with roles that were reported as unknown"] = () => With(Started().Wait(), drive =>
        {
            drive["Gather"].Planning.Report(Destination.Role("Managres"));
            drive["Gather"].Planning.Report(Destination.Group("Zürich"));
        }),
        ["timers of every owner"] = () => With(Started().Wait(), AddTimers),
        ["escalations armed, held and fired"] = () => With(Started().Wait(), AddEscalations),
        ["escalation that wants its code"] = () => With(Started().Wait(), drive => Fire(drive, FiringStatus.WantsCode)),
        ["escalation that is called"] = () => With(Started().Wait(), drive => Fire(drive, FiringStatus.WantsCode).Call()),
        ["escalation that is called again after its host has died"] = () => With(Started().Wait(), drive =>
        {
            var destination = drive["Gather"].Destinations[0];
            TimerOwner[] owners = [TimerOwner.Process, TimerOwner.Of(drive["Gather"]), TimerOwner.Of(destination), TimerOwner.OfEvent(destination)];
            foreach (var owner in owners)
            {
                var firing = Fire(drive, owner, FiringStatus.WantsCode);
                firing.Call();
                firing.Call();
            }
        }),
        ["escalation that asks for people"] = () => With(Started().Wait(), drive => Fire(drive, FiringStatus.WantsPeople, "dora")),
        ["escalation that has failed"] = () => With(Started().Wait(), drive => Fire(drive, FiringStatus.WantsCode).Fail()),
        ["process that waits for its start rule"] = () => Delayed(),
        ["process that has begun by its start rule"] = () => With(
            Delayed(), drive => drive.Apply(new Input.TimerDue(drive.Process.Timers.Of(TimerOwner.Process).First())).ShouldBeNull()),
        ["a group that is held, and a member that waits"] = () => new Drive(Grouping.Define()).Start(),
        ["stopped"] = () => Manage(Started().Wait(), new ManagementRequest.Stop()),
        ["stopped, with a target"] = () => Manage(
            Manage(Started().Wait(), new ManagementRequest.Stop()),
            new ManagementRequest.GoTo(new GotoRequest("After", Expiring.Everything, ActiveTarget.Again))),
        ["deleted"] = () => Manage(Started().Wait(), new ManagementRequest.Delete(IsHistoryRemoved: false)),
        ["every field value"] = () => With(new Drive(AllShapes.Definition).Start(), AllShapes.Fill),
    };

    public static IEnumerable<string> Names => All.Keys;

    private static Drive Manage(Drive drive, ManagementRequest request) =>
        With(drive, managed => managed.Apply(new Input.OfManagement("boss", request, Reason: null)).ShouldBeNull());

    private static Drive Delayed() => With(new Drive(Trouble.Definition), drive => drive.Apply(new Input.ProcessStarted(drive.Now.AddDays(1))).ShouldBeNull());

    private static Drive Started(Action<DataFields>? begin = null) => new Drive(Trouble.Definition, begin).Start();

    /// <summary>Completes the destinations of Gather until nothing of it is left to call.</summary>
    private static Drive Finished(Drive drive, bool done)
    {
        while (drive.Process.StoredStatus is ProcessInstanceStatus.Active && drive.Process.NextEventCall() is { Activity.Name: not "After" } next)
        {
            drive.Return(context =>
            {
                if (next.Activity.Name == "Gather")
                {
                    context.Set(Trouble.Done, done);
                }
            });
        }

        return drive;
    }

    private static Drive Completed(Drive drive)
    {
        Finished(drive, done: true);
        while (drive.Process.StoredStatus is ProcessInstanceStatus.Active && drive.Process.NextEventCall() is not null)
        {
            drive.Return();
        }

        return drive;
    }

    private static Drive With(Drive drive, Action<Drive> change)
    {
        change(drive);
        return drive;
    }

    private static Drive Asking(IReadOnlyList<LeftOut>? leftOut, IReadOnlyList<AskedQuestion>? asked = null) => With(
        Started().Wait(), drive => drive["Gather"].Planning.AwaitMembers(
        [new WantedDestination(Destination.User("anna"), 0, IsResolved: false), new WantedDestination(Destination.Role("Managers"), 2, IsResolved: true)],
        leftOut, asked));

    /// <summary>Questions with arguments of all types, with none, and with a date without a time, which came with a later version.</summary>
    private static AskedQuestion[] Questions() =>
    [
        new(
            new NamedQuestion("Genehmiger 😀", FieldValue.From("IT"), FieldValue.Null, FieldValue.From(-0.10m), FieldValue.From<IReadOnlyList<int>>([1, -2])),
            0, 0, IsResolved: false),
        new(new NamedQuestion("Others"), 1, 1, IsResolved: true),
        new(new NamedQuestion("Others", FieldValue.From(new DateOnly(2026, 1, 5))), 2, 2, IsResolved: true),
    ];

    private static void WriteAll(Contexts.ServerEventContext context)
    {
        context.Set(Trouble.Amount, -0.10m);
        context.Set(Trouble.Shared, -1);
        context.Set(Trouble.When, new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.FromMinutes(-90)));
        context.Set(Trouble.Own, "");
        context.Set(Trouble.Done, false);
    }

    private static void Take(Action<string, FieldValue> set)
    {
        set("Names", FieldValue.Null);
        set("Shared", FieldValue.Null);
        set("Own", FieldValue.Null);
    }

    /// <summary>Of each element two, and two elements for each owner.</summary>
    private static void AddTimers(Drive drive)
    {
        var destination = drive["Gather"].Destinations[0];
        foreach (var owner in new[] { TimerOwner.Process, TimerOwner.Of(drive["Gather"]), TimerOwner.Of(destination), TimerOwner.OfEvent(destination) })
        {
            foreach (var element in new[] { "Remind", "Übergeben 😀" })
            {
                drive.Process.Timers.Arm(owner, ProcessTimerKind.Sleep, element, occurrence: 1, drive.Now.AddDays(1));
                drive.Process.Timers.Arm(owner, ProcessTimerKind.Sleep, element, occurrence: 9_999, drive.Now.AddDays(-1));
                drive.Process.Timers.Arm(owner, ProcessTimerKind.Roles, element, occurrence: 1, DateTimeOffset.MaxValue);
            }
        }
    }

    /// <summary>Each owner has an escalation that is armed, one that is held, and one that has fired.</summary>
    private static void AddEscalations(Drive drive)
    {
        var timers = drive.Process.Timers;
        var destination = drive["Gather"].Destinations[0];
        foreach (var owner in new[] { TimerOwner.Process, TimerOwner.Of(drive["Gather"]), TimerOwner.OfEvent(destination) })
        {
            timers.Arm(owner, ProcessTimerKind.Escalation, "Remind", occurrence: 2, drive.Now.AddDays(1));
            timers.Hold(timers.Find(owner, timers.Arm(owner, ProcessTimerKind.Escalation, "Übergeben 😀", occurrence: 1, drive.Now))!.Value);
            timers.Fire(timers.Find(owner, timers.Arm(owner, ProcessTimerKind.Escalation, "Remind", occurrence: 1, drive.Now))!.Value)
                .StandFor(3, occurrence: 4, drive.Now.AddDays(2));
        }
    }

    private static Firing Fire(Drive drive, FiringStatus status, string? receiver = null) => Fire(drive, TimerOwner.Of(drive["Gather"]), status, receiver);

    private static Firing Fire(Drive drive, in TimerOwner owner, FiringStatus status, string? receiver = null)
    {
        var timers = drive.Process.Timers;
        var firing = timers.Fire(timers.Find(owner, timers.Arm(owner, ProcessTimerKind.Escalation, "Remind", occurrence: 1, drive.Now))!.Value);
        firing.Want(status, receiver);
        drive.Process.Plan(PlannedCall.OfFiring(firing));
        return firing;
    }

    private static void AddSlots(Drive drive)
    {
        var destination = drive["Gather"].Destinations[0];
        destination.SetSlotCount(4);
        destination.ExpireEvent();
        destination.StartEvent("Note", startsProcess: false, drive.Now);
        destination.OpenTask("what the task shows");
        var header = destination.WorklistHeader!;
        header.Take("anna", "anna", Destination.User("anna"));
        var completed = header.Take("BJÖRN", "cy", Destination.Role("Managers"));
        var answer = destination.Fields.Copy();
        answer.Set(0, FieldValue.From("his own answer"));
        header.Complete(completed, "Approve", answer, drive.Now);
        Sleeping.Begin(drive.Episode, destination, "anna", "anna", drive.Now.AddHours(1));
        Sleeping.Begin(drive.Episode, destination, "cy", "BJÖRN", until: null);
        Sleeping.Begin(drive.Episode, destination, "BJÖRN", "cy", drive.Now.AddHours(2));
        header.Add(new Delegation("anna", Destination.User("anna"), Destination.Group("Clerks"), ["Approve"]));
        header.Set("Approve", Destination.User("eve"), isAllowed: false);
        header.Exclude("dan");
        header.Inherit("anna", Destination.User("dan"));
    }
}
