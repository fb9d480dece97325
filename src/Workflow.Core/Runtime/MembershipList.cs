using System.Collections.ObjectModel;
using System.Runtime.InteropServices;
using Workflow.Core.Persistence;

namespace Workflow.Core.Runtime;

/// <summary>The roles and groups of a user, in the order in which the resolver names them. To ask whether one is among them costs the same however many they
/// are: a page of a worklist asks for each task.</summary>
internal sealed class MembershipList(Destination[] memberships) : ReadOnlyCollection<Destination>(memberships), IDestinationTable
{
    /// <summary>So few are compared faster than found by a hash code.</summary>
    private const int Few = 8;

    private readonly Destination[] _memberships = memberships;
    private HashSet<Destination>? _set;

    bool ICollection<Destination>.Contains(Destination item) => Count <= Few ? Contains(item) : (_set ??= [.. _memberships]).Contains(item);

    /// <summary>Whether an answer of the resolver says the same: equal to the letter, and in the same order. Each question compares all names, so a name must
    /// cost little. Most answers are lists and arrays, which are read without a call for each name.</summary>
    public bool IsSameAs(IReadOnlyList<Destination> answer) => answer switch
    {
        Destination[] array => IsSameAs(array.AsSpan()),
        List<Destination> list => IsSameAs(CollectionsMarshal.AsSpan(list)),
        _ => Count == answer.Count && IsSameAs(answer.ToArray().AsSpan()),
    };

    private bool IsSameAs(ReadOnlySpan<Destination> answer)
    {
        if (answer.Length != _memberships.Length)
        {
            return false;
        }

        for (var index = 0; index < answer.Length; index++)
        {
            ref readonly var one = ref _memberships[index];
            ref readonly var other = ref answer[index];
            if (one.Kind != other.Kind || (!ReferenceEquals(one.Name, other.Name) && !string.Equals(one.Name, other.Name, StringComparison.Ordinal)))
            {
                return false;
            }
        }

        return true;
    }
}
