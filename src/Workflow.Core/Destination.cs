namespace Workflow.Core;

/// <summary>A user, a group or a role that a task may go to (statement 4.1). Names compare without case (statement 4.11).</summary>
public readonly record struct Destination
{
    private Destination(DestinationKind kind, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        RefuseUnusable(kind, name, nameof(name));
        Kind = kind;
        Name = name;
    }

    /// <summary>A name that has been checked before.</summary>
    private Destination(string name, DestinationKind kind)
    {
        Kind = kind;
        Name = name;
    }

    /// <summary>Whether it is a user, a group or a role.</summary>
    public DestinationKind Kind { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>A user. Where users come from another system, map its automatic actor, which is often called System, to a user of another name:
    /// <c>system</c> is the host.</summary>
    /// <param name="name">1 to 256 characters, and not <c>system</c>.</param>
    /// <returns>The destination.</returns>
    public static Destination User(string name) => new(DestinationKind.User, name);

    /// <summary>A group of the identity store.</summary>
    /// <param name="name">1 to 256 characters.</param>
    /// <returns>The destination.</returns>
    public static Destination Group(string name) => new(DestinationKind.Group, name);

    /// <summary>A role.</summary>
    /// <param name="name">1 to 256 characters.</param>
    /// <returns>The destination.</returns>
    public static Destination Role(string name) => new(DestinationKind.Role, name);

    /// <summary>Ensures that a caller gives a destination that can get something. <see cref="Stored"/> makes others, which only stored content may
    /// name.</summary>
    /// <exception cref="ArgumentException">It names nobody, or somebody who cannot be.</exception>
    internal static void RefuseUnusable(in Destination who, string parameter)
    {
        RefuseNobody(who, parameter);
        RefuseUnusable(who.Kind, who.Name, parameter);
    }

    /// <summary>Makes sure that a caller names somebody. A name that only a store has kept can still be taken away, and not given anything.</summary>
    /// <exception cref="ArgumentException">It names nobody.</exception>
    internal static void RefuseNobody(in Destination who, string parameter)
    {
        if (who.Name is null)
        {
            throw new ArgumentException("It names nobody. Make it with Destination.User, Destination.Group or Destination.Role.", parameter);
        }
    }

    private static void RefuseUnusable(DestinationKind kind, string name, string parameter)
    {
        if (Names.ProblemOfParty(kind, name) is { } problem)
        {
            throw new ArgumentException($"'{Names.Printable(name)}' cannot be the name of a {Word(kind)}: {problem}.", parameter);
        }
    }

    internal static string Word(DestinationKind kind) => kind switch
    {
        DestinationKind.Group => "group",
        DestinationKind.Role => "role",
        _ => "user",
    };

    /// <summary>Whether roles or groups are among them.</summary>
    internal static bool AreRolesAmong(IReadOnlyList<Destination> destinations)
    {
        for (var index = 0; index < destinations.Count; index++)
        {
            if (destinations[index].Kind is not DestinationKind.User)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A user whose name has been checked when it came in: of the user who acts, of an actor or of a stored slot.</summary>
    internal static Destination Known(string user) => new(user, DestinationKind.User);

    /// <summary>Makes a destination that a store has kept; for stores. Its name passed the rules of the library version that took it in, and stays
    /// readable.</summary>
    /// <param name="kind">Whether it is a user, a group or a role.</param>
    /// <param name="name">The name as it was kept.</param>
    /// <returns>The destination.</returns>
    public static Destination Stored(DestinationKind kind, string name) => new(name, kind);

    /// <summary>Whether both are of one kind and one name, case aside.</summary>
    /// <param name="other">The destination to compare with.</param>
    /// <returns>Whether they are the same.</returns>
    public bool Equals(Destination other) => Kind == other.Kind && NameComparer.Default.Equals(Name, other.Name);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Name is null ? 0 : NameComparer.Default.GetHashCode(Name));

    /// <summary>Kind and name.</summary>
    /// <returns>For example <c>user ann</c>.</returns>
    public override string ToString() => $"{Word(Kind)} {Name}";
}
