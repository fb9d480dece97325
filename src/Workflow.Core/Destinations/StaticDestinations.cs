using System.Collections;

namespace Workflow.Core.Destinations;

/// <summary>A resolver that is given its roles and groups: for tests, samples and small hosts.</summary>
/// <example><code>options.Destinations = new StaticDestinations { { Destination.Role("Managers"), "ann", "bob", "cy" } };</code></example>
public sealed class StaticDestinations : IDestinationResolver, IEnumerable<Destination>
{
    private readonly List<Destination> _order = [];
    private readonly Dictionary<Destination, IReadOnlyList<string>> _members = [];

    /// <summary>Adds a role or group with its members, in the order in which they are to be planned.</summary>
    /// <param name="roleOrGroup">The role or group.</param>
    /// <param name="users">The names of its members.</param>
    public void Add(Destination roleOrGroup, params IReadOnlyList<string> users)
    {
        ArgumentNullException.ThrowIfNull(users);
        _members.Add(roleOrGroup, [.. users]);
        _order.Add(roleOrGroup);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<Destination, IReadOnlyList<string>>> ResolveAsync(
        IReadOnlyList<Destination> rolesAndGroups, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rolesAndGroups);
        var known = new Dictionary<Destination, IReadOnlyList<string>>();
        foreach (var roleOrGroup in rolesAndGroups)
        {
            if (_members.TryGetValue(roleOrGroup, out var users))
            {
                known.Add(roleOrGroup, users);
            }
        }

        return ValueTask.FromResult<IReadOnlyDictionary<Destination, IReadOnlyList<string>>>(known);
    }

    /// <summary>The roles and groups, in the order in which they were added.</summary>
    /// <returns>An enumerator.</returns>
    public IEnumerator<Destination> GetEnumerator() => _order.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
