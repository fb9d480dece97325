using System.Collections;

namespace Workflow.Core.Destinations;

/// <summary>A resolver that is given its roles and groups: for tests, samples and small hosts.</summary>
/// <example><code>options.DestinationResolver = new StaticDestinations { { Destination.Role("Managers"), "ann", "bob", "cy" } };</code></example>
public sealed partial class StaticDestinations : IDestinationResolver, IEnumerable<Destination>
{
    private readonly List<Destination> _order = [];
    private readonly Dictionary<string, string> _managers = new(NameComparer.Default);
    private readonly Dictionary<Destination, IReadOnlyList<string>> _members = [];
    private readonly Dictionary<string, Func<NamedQuestion, IReadOnlyList<Destination>?>> _answers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<NamedQuestion, FieldValue?>> _lists = new(StringComparer.Ordinal);

    /// <summary>Of the members who were asked for since somebody joined or left.</summary>
    private readonly Dictionary<string, IReadOnlyList<Destination>> _memberships = new(NameComparer.Default);

    /// <summary>Adds a role or group with its members, in the order in which they are to be planned.</summary>
    /// <param name="roleOrGroup">The role or group.</param>
    /// <param name="users">The names of its members, all of them: a role or group is added once.</param>
    /// <exception cref="ArgumentException">It is a user, or has been added before.</exception>
    public void Add(Destination roleOrGroup, params IReadOnlyList<string> users)
    {
        RefuseUser(roleOrGroup);
        ArgumentNullException.ThrowIfNull(users);
        lock (_order)
        {
            if (!_members.TryAdd(roleOrGroup, [.. users]))
            {
                throw new ArgumentException(
                    $"The {roleOrGroup} is added a second time. Name all its members in one place, or put others in their place with Replace(...).",
                    nameof(roleOrGroup));
            }

            _order.Add(roleOrGroup);
            _memberships.Clear();
        }
    }

    /// <summary>Replaces the members of a role or group, or adds it. It is for tests in which people join and leave.</summary>
    /// <param name="roleOrGroup">The role or group.</param>
    /// <param name="users">The names of its members from now on.</param>
    /// <exception cref="ArgumentException">It is a user.</exception>
    public void Replace(Destination roleOrGroup, params IReadOnlyList<string> users)
    {
        RefuseUser(roleOrGroup);
        ArgumentNullException.ThrowIfNull(users);
        lock (_order)
        {
            if (!_members.ContainsKey(roleOrGroup))
            {
                _order.Add(roleOrGroup);
            }

            _members[roleOrGroup] = [.. users];
            _memberships.Clear();
        }
    }

    /// <summary>Says who manages a user (statement 9.5).</summary>
    /// <param name="manager">The name of the manager.</param>
    /// <param name="user">The name of the user who is managed.</param>
    /// <returns>This resolver.</returns>
    /// <exception cref="ArgumentException">One of them cannot be the name of a user (statement 14.7).</exception>
    public StaticDestinations Manages(string manager, string user)
    {
        var (superior, managed) = (Destination.User(manager).Name, Destination.User(user).Name);
        lock (_order)
        {
            _managers[managed] = superior;
        }

        return this;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Destination>> FindMembershipsAsync(string user, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(user);
        lock (_order)
        {
            if (!_memberships.TryGetValue(user, out var found))
            {
                found = [.. _order.Where(roleOrGroup => _members[roleOrGroup].Contains(user, NameComparer.Default))];
                if (found.Count > 0)
                {
                    _memberships.Add(user, found);
                }
            }

            return ValueTask.FromResult(found);
        }
    }

    /// <inheritdoc/>
    public ValueTask<string?> FindManagerAsync(string user, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(user);
        lock (_order)
        {
            return ValueTask.FromResult(_managers.GetValueOrDefault(user));
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<Destination, IReadOnlyList<string>>> ResolveAsync(
        IReadOnlyList<Destination> rolesAndGroups, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rolesAndGroups);
        var known = new Dictionary<Destination, IReadOnlyList<string>>();
        lock (_order)
        {
            foreach (var roleOrGroup in rolesAndGroups)
            {
                if (_members.TryGetValue(roleOrGroup, out var users))
                {
                    known.Add(roleOrGroup, users);
                }
            }
        }

        return ValueTask.FromResult<IReadOnlyDictionary<Destination, IReadOnlyList<string>>>(known);
    }

    /// <summary>The roles and groups, in the order in which they were added.</summary>
    /// <returns>An enumerator.</returns>
    public IEnumerator<Destination> GetEnumerator() => _order.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static void RefuseUser(Destination roleOrGroup)
    {
        if (roleOrGroup.Name is null || roleOrGroup.Kind is DestinationKind.User)
        {
            var what = roleOrGroup.Name is null ? "This destination has no name" : $"'{roleOrGroup.Name}' is a user";
            throw new ArgumentException(
                $"{what}, and only roles and groups have members. Name one with Destination.Role(...) or Destination.Group(...).", nameof(roleOrGroup));
        }
    }
}
