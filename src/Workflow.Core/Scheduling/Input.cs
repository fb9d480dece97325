using System.Diagnostics;
using Workflow.Core.Instances;
using Workflow.Core.Planning;

namespace Workflow.Core.Scheduling;

/// <summary>Everything that can happen to a process instance from outside, but for the return of a server event's code, which brings its context along:
/// <see cref="Scheduler.Return"/>.</summary>
internal abstract record Input
{
    private Input()
    {
    }

    /// <summary>The kind of input, as far as the status of an instance tells it apart.</summary>
    public abstract InputKind Kind { get; }

    /// <summary>The instance begins.</summary>
    public sealed record ProcessStarted : Input
    {
        public override InputKind Kind => InputKind.Start;

        /// <summary>It says nothing that could differ.</summary>
        public static ProcessStarted Only { get; } = new();
    }

    /// <summary>The code of a server event threw.</summary>
    public sealed record ServerEventThrew(ActivityInstanceDestination Destination, Fault Fault) : Input
    {
        public override InputKind Kind => InputKind.CallResult;
    }

    /// <summary>The resolver has named the members of the roles and groups that a destination rule asked for.</summary>
    public sealed record MembersResolved(ActivityInstance Activity, IReadOnlyDictionary<Destination, IReadOnlyList<string>> Members) : OfResolver
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

    /// <summary>An outside system finishes the event that is open under a serial number.</summary>
    public sealed record FinishServerItem(int Destination, string User, IReadOnlyList<FieldChange> Changes) : Input
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
        public override InputKind Kind => InputKind.TaskAdministration;
    }

    /// <summary>A timer is due.</summary>
    public sealed record TimerDue(ProcessTimer Timer) : Input
    {
        public override InputKind Kind => Timer.Kind switch
        {
            ProcessTimerKind.Sleep => InputKind.WakeTimer,
            ProcessTimerKind.Roles => InputKind.RoleTimer,
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Somebody wants something of a task.</summary>
    public abstract record OnItem(int Destination) : Input
    {
        public override InputKind Kind => InputKind.TaskCommand;

        /// <summary>The user; worked out once the instance is at hand.</summary>
        public Actor Actor { get; set; } = null!;

        /// <summary>Whether the user may act because anyone may, where the task allows it: tried when they have no other standing.</summary>
        public bool IsAnyone { get; set; }
    }

    /// <summary>A user opens a task, and takes a slot unless they only want to read (statement 1.6).</summary>
    public sealed record OpenItem(int Destination, bool Allocates) : OnItem(Destination);

    /// <summary>A user gives their slot back (statement 1.9).</summary>
    public sealed record ReleaseItem(int Destination) : OnItem(Destination);

    /// <summary>A user puts a task to sleep, until an instant or until it is woken (statement 1.10).</summary>
    public sealed record SleepItem(int Destination, DateTimeOffset? Until) : OnItem(Destination);

    /// <summary>A user wakes a task (statement 1.10).</summary>
    public sealed record WakeItem(int Destination) : OnItem(Destination);

    /// <summary>A user gives a task to another (statement 1.11).</summary>
    public sealed record RedirectItem(int Destination, string To) : OnItem(Destination);

    /// <summary>A user lets others act for them (statement 1.12).</summary>
    public sealed record DelegateItem(int Destination, Destination To, IReadOnlyList<string>? Actions) : OnItem(Destination);

    /// <summary>A user takes back what they have delegated (statement 1.12).</summary>
    public sealed record UndelegateItem(int Destination, Destination To) : OnItem(Destination);

    /// <summary>A user takes an action (statement 2.11).</summary>
    public sealed record TakeAction(int Destination, string Action, IReadOnlyList<FieldChange> Changes) : OnItem(Destination);

    /// <summary>An administrator wants something of a task of others.</summary>
    public abstract record OnTask(int Destination, string Administrator) : Input
    {
        public override InputKind Kind => InputKind.TaskAdministration;
    }

    /// <summary>An administrator gives somebody's task to another (statement 1.11).</summary>
    public sealed record RedirectTask(int Destination, string Administrator, Destination From, string To, bool KeepsOpen) : OnTask(Destination, Administrator)
    {
        /// <summary>The roles and groups of the user who gets it, where they count (statement 4.10); null otherwise.</summary>
        public IReadOnlyList<Destination>? MembershipsOfNew { get; set; }
    }

    /// <summary>An administrator takes a slot from the user who holds it (statement 1.9).</summary>
    public sealed record ReleaseTask(int Destination, string Administrator, string User) : OnTask(Destination, Administrator);

    /// <summary>An administrator changes an action right on a task (statement 2.9).</summary>
    public sealed record SetActionRight(int Destination, string Administrator, string Action, Destination Who, bool? IsAllowed) : OnTask(Destination, Administrator);
}
