using System.Collections;
using Workflow.Core.Persistence;

namespace Workflow.Core.Runtime;

/// <summary>A user in front of the roles and groups that they belong to, without a copy of these and of their table.</summary>
/// <param name="user">The user.</param>
/// <param name="memberships">The roles and groups.</param>
internal sealed class UserWithMemberships(Destination user, MembershipList memberships) : IDestinationTable, IReadOnlyCollection<Destination>
{
    public int Count => memberships.Count + 1;

    bool ICollection<Destination>.IsReadOnly => true;

    bool ICollection<Destination>.Contains(Destination item) =>
        item.Kind is DestinationKind.User ? item == user : ((ICollection<Destination>)memberships).Contains(item);

    public void CopyTo(Destination[] array, int arrayIndex)
    {
        array[arrayIndex] = user;
        memberships.CopyTo(array, arrayIndex + 1);
    }

    public IEnumerator<Destination> GetEnumerator() => memberships.Prepend(user).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void ICollection<Destination>.Add(Destination item) => throw new NotSupportedException();

    void ICollection<Destination>.Clear() => throw new NotSupportedException();

    bool ICollection<Destination>.Remove(Destination item) => throw new NotSupportedException();
}
