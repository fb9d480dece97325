namespace Workflow.Core.Runtime;

/// <summary>The last answer of the resolver about users with many roles and groups. The resolver is asked each time. When it says the same again, the result of
/// its last answer is used again: the check of each name, and the table to find it by. To compare many names costs a fraction of that.</summary>
internal sealed class KnownMemberships
{
    /// <summary>Fewer are not worth it.</summary>
    private const int Few = 32;

    /// <summary>Then all is forgotten: a name takes some twenty bytes here.</summary>
    private const int MostNames = 1_000_000;

    private readonly Dictionary<string, MembershipList> _lists = new(NameComparer.Default);
    private int _names;

    /// <summary>The result of the last answer, if this one is equal to it, name by name and in order.</summary>
    public MembershipList? Find(string user, IReadOnlyList<Destination> answer)
    {
        if (answer.Count < Few)
        {
            return null;
        }

        MembershipList? last;
        lock (_lists)
        {
            last = _lists.GetValueOrDefault(user);
        }

        return last?.IsSameAs(answer) is true ? last : null;
    }

    public void Keep(string user, MembershipList list)
    {
        if (list.Count < Few)
        {
            return;
        }

        lock (_lists)
        {
            _names += list.Count - (_lists.TryGetValue(user, out var earlier) ? earlier.Count : 0);
            if (_names > MostNames)
            {
                _lists.Clear();
                _names = list.Count;
            }

            _lists[user] = list;
        }
    }
}
