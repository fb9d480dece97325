using Workflow.Core.Definitions;

namespace Workflow.Core.Planning;

/// <summary>A user who wants something of a task, with all that the decision needs to know of them.</summary>
/// <param name="User">The user's name.</param>
/// <param name="For">The one for whom the user acts. Where that one is absent or managed, the shell has made sure that the user may.</param>
/// <param name="Memberships">The roles and groups of the user whose standing counts (<see cref="StandingUser"/>); null as long as nobody has asked.</param>
internal sealed record Actor(string User, ActsFor For, IReadOnlyList<Destination>? Memberships)
{
    /// <summary>The roles and groups of others whose rights to actions count for the user, because these others delegated or redirected the task. Null as long
    /// as nobody has asked.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Destination>>? OfOthers { get; init; }

    /// <summary>The managers of users, where an action gives a task to one: null for a user who has none. Null as long as nobody has asked.</summary>
    public IReadOnlyDictionary<string, string?>? Managers { get; init; }

    /// <summary>The answers to questions by name, where an action gives a task to those whom they name. Null as long as nobody has asked.</summary>
    public IReadOnlyDictionary<QuestionDefinition, IReadOnlyList<Destination>>? Answers { get; init; }

    /// <summary>The user whose destinations, roles and groups count: the one who is absent or managed, or the actor.</summary>
    public string StandingUser => For.Kind is ActsForKind.Absent or ActsForKind.Managed ? For.User! : User;

    /// <summary>Whether an entry means that user: by name, or as one of their roles and groups.</summary>
    public bool Is(in Destination entry) =>
        entry.Kind is DestinationKind.User ? Names.Same(entry.Name, StandingUser) : Memberships is { } known && known.Contains(entry);

    /// <summary>Whether an entry means a user: by name, or as one of their roles and groups, as far as they are known.</summary>
    public bool Means(in Destination entry, string user) => entry.Kind is DestinationKind.User
        ? Names.Same(entry.Name, user)
        : MembershipsOf(user) is { } known && known.Contains(entry);

    /// <summary>The roles and groups of a user, as far as they are known; null as long as nobody has asked.</summary>
    public IReadOnlyList<Destination>? MembershipsOf(string user) => Names.Same(user, StandingUser) ? Memberships : OfOthers?.GetValueOrDefault(user);
}
