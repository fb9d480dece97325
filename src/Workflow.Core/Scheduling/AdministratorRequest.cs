namespace Workflow.Core.Scheduling;

/// <summary>Something that an administrator wants of a task of others. A new one is entered here, in <see cref="AdministratorAdmission"/>, and in the method
/// that administrators call for it.</summary>
internal abstract record AdministratorRequest
{
    private AdministratorRequest()
    {
    }

    /// <inheritdoc cref="TaskRequest.Key"/>
    public abstract (string Word, object?[] Details) Key { get; }

    /// <inheritdoc cref="TaskRequest.Actions"/>
    public virtual string Actions => "";

    /// <inheritdoc cref="TaskRequest.Receiver"/>
    public virtual string? Receiver => null;

    /// <summary>An administrator gives somebody's task to another (statement 1.11).</summary>
    public sealed record Redirect : AdministratorRequest
    {
        /// <exception cref="ArgumentException">It is from nobody, or to a name that cannot be that of a user.</exception>
        public Redirect(Destination from, string user, bool keepsOpen)
        {
            Destination.RefuseNobody(from, nameof(from));
            (From, To, KeepsOpen) = (from, Destination.User(user).Name, keepsOpen);
        }

        public Destination From { get; }

        public string To { get; }

        /// <summary>Whether an open item stays open, with its slot.</summary>
        public bool KeepsOpen { get; }

        /// <summary>Whether the history names it as a reassignment (statement 13.11).</summary>
        public bool IsReassigned { get; init; }

        public override (string Word, object?[] Details) Key => (IsReassigned ? "reassign task" : "redirect task", [From, To, KeepsOpen]);

        public override string Receiver => To;
    }

    /// <summary>An administrator takes a slot from the user who holds it (statement 1.9).</summary>
    public sealed record Release : AdministratorRequest
    {
        /// <exception cref="ArgumentException">The name cannot be that of a user. The host itself can hold a slot where anyone may act,
        /// though nobody can be called like it.</exception>
        public Release(string user) => User = user is not null && Names.Same(user, Names.OfHost) ? user : Destination.User(user!).Name;

        public string User { get; }

        public override (string Word, object?[] Details) Key => ("release task", [User]);
    }

    /// <summary>An administrator changes an action right on a task (statement 2.9).</summary>
    public sealed record SetActionRight : AdministratorRequest
    {
        /// <exception cref="ArgumentException">Nobody can be called so. A name that only a store has kept can still be taken away.</exception>
        public SetActionRight(string action, Destination who, bool? isAllowed)
        {
            ArgumentNullException.ThrowIfNull(action);
            if (isAllowed is null)
            {
                Destination.RefuseNobody(who, nameof(who));
            }
            else
            {
                Destination.RefuseUnusable(who, nameof(who));
            }

            (Action, Who, IsAllowed) = (action, who, isAllowed);
        }

        public string Action { get; }

        public Destination Who { get; }

        /// <summary>Null takes the entry back.</summary>
        public bool? IsAllowed { get; }

        public override (string Word, object?[] Details) Key => ("action right", [Action, Who, IsAllowed]);

        public override string Actions => Action;
    }
}
