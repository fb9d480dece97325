namespace Workflow.Core.Destinations;

/// <summary>Knows who belongs to roles and groups: one of the library's two seams. The engine asks it when it plans an activity whose destination rule wants
/// members (statement 4.8). It asks after everything that led there, and never during a decision.</summary>
public interface IDestinationResolver
{
    /// <summary>Returns the members of all roles and groups of one destination rule.</summary>
    /// <param name="rolesAndGroups">The roles and groups, each once.</param>
    /// <param name="cancellation">Cancelled when the engine shuts down or the answer takes too long.</param>
    /// <returns>The users of each, in the order in which they are to be planned; a role without members has an empty list. If the answer lacks a role or group,
    /// or the resolver throws, the process instance goes into Error.</returns>
    ValueTask<IReadOnlyDictionary<Destination, IReadOnlyList<string>>> ResolveAsync(
        IReadOnlyList<Destination> rolesAndGroups, CancellationToken cancellation);

    /// <summary>Names the roles and groups to which a user belongs. The engine asks when a worklist is read. It also asks when a user acts on a task of a role
    /// or group and has no task of their own (statement 4.8).</summary>
    /// <param name="user">The name of the user; case does not count.</param>
    /// <param name="cancellation">Cancelled when the engine shuts down or the answer takes too long.</param>
    /// <returns>The roles and groups; none for a user who is not known.</returns>
    ValueTask<IReadOnlyList<Destination>> FindMembershipsAsync(string user, CancellationToken cancellation);

    /// <summary>Names the manager of a user (statement 9.5).</summary>
    /// <param name="user">The name of the user; case does not count.</param>
    /// <param name="cancellation">Cancelled when the engine shuts down or the answer takes too long.</param>
    /// <returns>The name of the manager; null when there is none, or the user is not known.</returns>
    ValueTask<string?> FindManagerAsync(string user, CancellationToken cancellation);
}
