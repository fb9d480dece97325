using System.Collections.ObjectModel;
using Workflow.Core.Persistence;

namespace Workflow.Core.Runtime;

/// <summary>The roles and groups of a user, in the order in which the resolver names them. To ask whether one is among them costs the same however many they are: a page of
/// a worklist asks for each task.</summary>
internal sealed class MembershipList(IList<Destination> memberships) : ReadOnlyCollection<Destination>(memberships), IDestinationTable
{
    /// <summary>So few are compared faster than found by a hash code.</summary>
    private const int Few = 8;

    private HashSet<Destination>? _set;

    bool ICollection<Destination>.Contains(Destination item) => Count <= Few ? Contains(item) : (_set ??= [.. Items]).Contains(item);
}
