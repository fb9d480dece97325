namespace Workflow.Core.Definitions;

/// <summary>In whose name a sub-process is started (statement 7.9). That user becomes its originator, and needs the Start right to it.</summary>
public sealed record ChildIdentity
{
    private ChildIdentity(string? user, bool isHost) => (User, IsHost) = (user, isHost);

    /// <summary>In the name of the user who started the instance.</summary>
    public static ChildIdentity Originator { get; } = new(user: null, isHost: false);

    /// <summary>In the name of the host itself, which has every right.</summary>
    public static ChildIdentity Host { get; } = new(user: null, isHost: true);

    /// <summary>The fixed user; null for the originator and the host.</summary>
    public string? User { get; }

    /// <summary>Whether it is the host itself.</summary>
    public bool IsHost { get; }

    /// <summary>In the name of a fixed user.</summary>
    /// <param name="user">The name of the user.</param>
    /// <returns>The identity.</returns>
    /// <exception cref="ArgumentException">The name cannot be that of a user.</exception>
    public static ChildIdentity Of(string user) => new(Destination.User(user).Name, isHost: false);

    /// <summary>The name of the user for one instance.</summary>
    internal string UserFor(string originator) => IsHost ? Names.OfHost : User ?? originator;
}
