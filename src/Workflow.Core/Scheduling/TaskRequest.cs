using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Something that a user wants of a task. A new one is entered here, in <see cref="TaskAdmission"/>, and in the methods that users call for
/// it.</summary>
internal abstract record TaskRequest
{
    private TaskRequest()
    {
    }

    /// <summary>The word and the details that identify a repetition under an idempotency key (statement 13.7). They are stored, so they do not
    /// change.</summary>
    public abstract (string Word, object?[] Details) Key { get; }

    /// <summary>The actions that it is about, for messages; empty for none.</summary>
    public virtual string Actions => "";

    /// <summary>The user who is to get the task; null for nobody.</summary>
    public virtual string? Receiver => null;

    /// <summary>A user opens a task, and takes a slot unless they only want to read (statement 1.6).</summary>
    public sealed record Open(bool Allocates) : TaskRequest
    {
        public override (string Word, object?[] Details) Key => ("open", [Allocates]);
    }

    /// <summary>A user sends a task back to an activity that has run (statement 13.11).</summary>
    /// <param name="Request">The goto.</param>
    /// <param name="Reason">The reason that the history shows; null for none.</param>
    public sealed record SendBack(GotoRequest Request, string? Reason) : TaskRequest
    {
        /// <summary>Whether the activity has run, as the history says; null before it was read.</summary>
        public bool? HasRun { get; init; }

        public override (string Word, object?[] Details) Key => ("send back", [Request.Activity, Request.Expiring, Request.IfActive, Reason]);
    }

    /// <summary>A user gives their slot back (statement 1.9).</summary>
    public sealed record Release : TaskRequest
    {
        public override (string Word, object?[] Details) Key => ("ReleaseItem", []);
    }

    /// <summary>A user puts a task to sleep, until an instant or until it is woken (statement 1.10).
    /// The instant depends on when that was asked for, so a repetition is not known by it.</summary>
    public sealed record Sleep(DateTimeOffset? Until) : TaskRequest
    {
        public override (string Word, object?[] Details) Key => ("SleepItem", []);

        /// <param name="duration">How long; zero until it is woken; less than zero wakes it.</param>
        /// <param name="now">The present instant.</param>
        /// <exception cref="ArgumentOutOfRangeException">It would sleep beyond the end of the calendar.</exception>
        public static TaskRequest For(TimeSpan duration, DateTimeOffset now)
        {
            if (duration < TimeSpan.Zero)
            {
                return new Wake();
            }

            return duration <= DateTimeOffset.MaxValue - now
                ? new Sleep(duration == TimeSpan.Zero ? null : now + duration)
                : throw new ArgumentOutOfRangeException(
                    nameof(duration), duration, "The item would sleep beyond the end of the calendar. Zero sleeps until it is woken.");
        }
    }

    /// <summary>A user wakes a task (statement 1.10).</summary>
    public sealed record Wake : TaskRequest
    {
        public override (string Word, object?[] Details) Key => ("WakeItem", []);
    }

    /// <summary>A user gives a task to another (statement 1.11).</summary>
    public sealed record Redirect(string To) : TaskRequest
    {
        public override (string Word, object?[] Details) Key => ("redirect", [To]);

        public override string Receiver => To;
    }

    /// <summary>A user lets others act for them (statement 1.12).</summary>
    public sealed record Delegate : TaskRequest
    {
        /// <exception cref="ArgumentException">Nobody can be called so, or there are too many actions.</exception>
        public Delegate(Destination who, IReadOnlyList<string>? actions)
        {
            Destination.RefuseUnusable(who, nameof(who));
            Limits.RefuseLongList(actions?.Count ?? 0, "actions", nameof(actions));
            To = who;
            Chosen = actions is null ? null : [.. actions];
        }

        public Destination To { get; }

        /// <summary>The actions that may be taken; null for all that the user may take.</summary>
        public IReadOnlyList<string>? Chosen { get; }

        public override (string Word, object?[] Details) Key => ("delegate", [To, Chosen]);

        public override string Actions => string.Join(", ", Chosen ?? []);

        public override string? Receiver => To.Kind is DestinationKind.User ? To.Name : null;
    }

    /// <summary>A user takes a delegation back (statement 1.12).</summary>
    public sealed record Undelegate : TaskRequest
    {
        /// <exception cref="ArgumentException">It names nobody. A name that only a store has kept can still be taken away.</exception>
        public Undelegate(Destination who)
        {
            Destination.RefuseNobody(who, nameof(who));
            To = who;
        }

        public Destination To { get; }

        public override (string Word, object?[] Details) Key => ("undelegate", [To]);
    }

    /// <summary>A user takes an action (statement 2.11).</summary>
    public sealed record Act(string Action, IReadOnlyList<FieldChange> Changes) : TaskRequest
    {
        public override (string Word, object?[] Details) Key => ("act", [Action, Changes]);

        public override string Actions => Action;
    }
}
