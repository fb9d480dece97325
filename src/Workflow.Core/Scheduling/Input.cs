using System.Diagnostics;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;

namespace Workflow.Core.Scheduling;

/// <summary>Everything that can happen to a process instance from outside, but for the return of code, which brings its context along:
/// <see cref="Scheduler.Return"/>.</summary>
internal abstract record Input
{
    private Input()
    {
    }

    /// <summary>The kind of input, as far as the status of an instance tells it apart.</summary>
    public abstract InputKind Kind { get; }

    /// <summary>The instance is started.</summary>
    /// <param name="DueAt">When it begins, as its start rule gave it; null for at once.</param>
    public sealed record ProcessStarted(DateTimeOffset? DueAt = null) : Input
    {
        public override InputKind Kind => InputKind.Start;

        /// <summary>The event that starts it as a sub-process; null for none.</summary>
        public ParentProcess? Parent => Message?.Start.Parent;

        /// <summary>The message with which it starts as a sub-process; null for none.</summary>
        public FamilyMessage.Started? Message { get; init; }

        /// <summary>The instance begins at once.</summary>
        public static ProcessStarted AtOnce { get; } = new();
    }

    /// <summary>The code of a server event threw.</summary>
    /// <param name="Destination">The destination of the event.</param>
    /// <param name="Fault">The failure.</param>
    /// <param name="Drawn">The number that was drawn for the jitter of a retry, from 0 to 1.</param>
    public sealed record ServerEventThrew(ActivityInstanceDestination Destination, Fault Fault, double Drawn = 0) : Input
    {
        public override InputKind Kind => InputKind.CallResult;
    }

    /// <summary>Another process may be started, and gets a number.</summary>
    /// <param name="Destination">The destination of the event.</param>
    /// <param name="Id">The number that the sub-process gets.</param>
    /// <param name="Start">How it begins.</param>
    public sealed record SubProcessReady(ActivityInstanceDestination Destination, ProcessInstanceId Id, SubProcessStart Start) : Input
    {
        public override InputKind Kind => InputKind.CallResult;
    }

    /// <summary>A sub-process, or the instance that has started this one, has ended.</summary>
    /// <param name="From">The other instance.</param>
    /// <param name="Message">The message that says so.</param>
    /// <param name="IsStored">Whether the store has the message, so that it is received.</param>
    public sealed record FamilyEnded(ProcessInstanceId From, FamilyMessage Message, bool IsStored) : Input
    {
        public override InputKind Kind => InputKind.FamilyEnd;
    }

    /// <summary>The resolver has answered what a destination rule asked: its questions by name, and the members of roles and groups.</summary>
    public sealed record MembersResolved(ActivityInstance Activity, ResolverAnswers Answers) : OfResolver
    {
        public override Input To(ActivityInstance asking) => ReferenceEquals(asking, Activity) ? this : this with { Activity = asking };
    }

    /// <summary>The resolver threw, or gave an answer that cannot be used.</summary>
    public sealed record ResolverThrew(ActivityInstance Activity, Fault Fault) : OfResolver
    {
        public override Input To(ActivityInstance asking) => ReferenceEquals(asking, Activity) ? this : this with { Activity = asking };
    }

    /// <summary>The result of a question to the resolver.</summary>
    public abstract record OfResolver : Input
    {
        public override InputKind Kind => InputKind.CallResult;

        /// <summary>The same for the activity that asks, which may have been loaded again since.</summary>
        public abstract Input To(ActivityInstance asking);
    }

    /// <summary>The code of an escalation threw, or it is not known to whom it gives a task.</summary>
    public sealed record EscalationThrew(Firing Firing, Fault Fault) : Input
    {
        public override InputKind Kind => InputKind.CallResult;
    }

    /// <summary>The resolver has said to whom an escalation gives a task.</summary>
    /// <param name="Firing">What has fired.</param>
    /// <param name="Managers">The managers that were asked for, by user; null for a user without one.</param>
    /// <param name="Memberships">The roles and groups of receivers, where they count.</param>
    public sealed record EscalationPeopleKnown(
        Firing Firing,
        IReadOnlyDictionary<string, string?> Managers,
        IReadOnlyDictionary<string, IReadOnlyList<Destination>> Memberships) : Input
    {
        public override InputKind Kind => InputKind.CallResult;
    }

    /// <summary>An outside system finishes the event that is open under a serial number.</summary>
    public sealed record FinishServerItem(int Destination, string User, IReadOnlyList<FieldChange> Changes, string? Answer = null) : Input
    {
        public override InputKind Kind => InputKind.Finish;
    }

    /// <summary>Somebody sends a signal.</summary>
    /// <param name="Signal">The signal.</param>
    /// <param name="IsKept">Whether it is kept if nothing waits for it.</param>
    public sealed record Signalled(KeptSignal Signal, bool IsKept) : Input
    {
        public override InputKind Kind => InputKind.Finish;
    }

    /// <summary>The resolver does not know roles or groups whose members may act on a task, or names few members, who may all be left out.</summary>
    public sealed record RolesDoubtful(IReadOnlyList<DoubtfulRole> Roles) : Input
    {
        public override InputKind Kind => InputKind.Report;
    }

    /// <summary>The resolver has said to what a user belongs on whose roles and groups it depends that a slot is held (statement 1.9).</summary>
    public sealed record HolderKnown(RoleHolder Holder, IReadOnlyList<Destination> Memberships) : Input
    {
        public override InputKind Kind => InputKind.AdministratorRequest;
    }

    /// <summary>A timer is due.</summary>
    /// <param name="Timer">The timer.</param>
    /// <param name="FoundAt">When it was found to be due; null for now.</param>
    public sealed record TimerDue(ProcessTimer Timer, DateTimeOffset? FoundAt = null) : Input
    {
        public override InputKind Kind => KindOf(Timer.Kind);

        /// <summary>The kind of input that a timer of a kind is.</summary>
        public static InputKind KindOf(ProcessTimerKind kind) => kind switch
        {
            ProcessTimerKind.Sleep => InputKind.WakeTimer,
            ProcessTimerKind.Roles => InputKind.RoleTimer,
            ProcessTimerKind.Start => InputKind.StartTimer,
            ProcessTimerKind.Escalation => InputKind.EscalationTimer,
            ProcessTimerKind.ProcessStart => InputKind.ProcessStartTimer,
            ProcessTimerKind.Retry => InputKind.RetryTimer,
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>A user wants something of a task.</summary>
    /// <param name="Destination">The number of the destination whose task it is.</param>
    /// <param name="Actor">The user, with all that the instance needs to know of them.</param>
    /// <param name="IsAnyone">Whether the user may act because anyone may, where the task allows it: tried when they have no other standing.</param>
    /// <param name="Request">The request.</param>
    public sealed record OfUser(int Destination, Actor Actor, bool IsAnyone, TaskRequest Request) : Input
    {
        public override InputKind Kind => InputKind.TaskRequest;
    }

    /// <summary>The originator withdraws the instance.</summary>
    /// <param name="User">The originator.</param>
    /// <param name="Reason">The reason that the history shows; null for none.</param>
    public sealed record Withdrawn(string User, string? Reason) : Input
    {
        public override InputKind Kind => InputKind.Withdrawal;
    }

    /// <summary>An administrator wants something of the process instance as a whole.</summary>
    /// <param name="Administrator">The administrator.</param>
    /// <param name="Request">The request.</param>
    /// <param name="Reason">The reason that the history shows; null for none.</param>
    public sealed record OfManagement(string Administrator, ManagementRequest Request, string? Reason) : Input
    {
        /// <summary>The version of the definition that the instance gets; null for its own.</summary>
        public ProcessDefinition? Target { get; init; }

        public override InputKind Kind => InputKind.Management;
    }

    /// <summary>An administrator wants something of a task of others.</summary>
    /// <param name="Destination">The number of the destination whose task it is.</param>
    /// <param name="Administrator">The administrator.</param>
    /// <param name="Request">The request.</param>
    /// <param name="MembershipsOfReceiver">The roles and groups of the user who gets the task, where they count (statement 4.10); null otherwise.</param>
    /// <param name="Reason">The reason that the history shows; null for none.</param>
    public sealed record OfAdministrator(
        int Destination, string Administrator, AdministratorRequest Request, IReadOnlyList<Destination>? MembershipsOfReceiver, string? Reason = null)
        : Input
    {
        public override InputKind Kind => InputKind.AdministratorRequest;
    }
}
