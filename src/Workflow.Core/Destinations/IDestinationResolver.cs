namespace Workflow.Core.Destinations;

/// <summary>Knows who belongs to roles and groups: one of the library's two seams. The engine asks it when it plans an activity whose destination rule wants
/// members (statement 4.8), or asks a question by name (statement 4.8b). It asks after everything that led there, and never during a decision.</summary>
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

    /// <summary>Answers a question by name whose answer is users, groups or roles (statement 4.8b). A destination set asks it, or an action of the kind
    /// Redirect.</summary>
    /// <param name="question">The name, and the values of the arguments.</param>
    /// <param name="cancellation">Cancelled when the engine shuts down or the answer takes too long.</param>
    /// <returns>The users, groups and roles, in the order in which they are to be planned. An empty list is nobody. Null says that the resolver does not know
    /// the question: then a process instance goes into Error, and an action is refused. A resolver that does not implement this knows no question.</returns>
    ValueTask<IReadOnlyList<Destination>?> AnswerAsync(NamedQuestion question, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<Destination>?>(null);

    /// <summary>Answers a question by name whose answer is a list of values, from which slots get their instance data (statement 4.7).</summary>
    /// <param name="question">The name, and the values of the arguments.</param>
    /// <param name="cancellation">Cancelled when the engine shuts down or the answer takes too long.</param>
    /// <returns>A list of the type that the definition says, or <see cref="FieldValue.Null"/> for an empty one. Null says that the resolver does not know the
    /// question: then the process instance goes into Error. A resolver that does not implement this knows no question.</returns>
    ValueTask<FieldValue?> ListAsync(NamedQuestion question, CancellationToken cancellation) => ValueTask.FromResult<FieldValue?>(null);
}
