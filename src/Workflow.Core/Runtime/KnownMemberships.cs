namespace Workflow.Core.Runtime;

/// <summary>The last answer of the resolver about users with many roles and groups. The resolver is asked each time. When it says the same again, the engine
/// reuses the result of its last answer. This is the check of each name, and the table to find it by. To compare many names costs a fraction of that.</summary>
internal sealed class KnownMemberships
{
    /// <summary>Fewer are not worth it.</summary>
    private const int Few = 32;

    /// <summary>Above that the engine forgets the lists that it kept first. A name takes about a hundred bytes, with its text and its place in a
    /// table.</summary>
    private const int MostNames = 200_000;

    private readonly OrderedDictionary<string, MembershipList> _lists = new(NameComparer.Default);
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
            if (_lists.Remove(user, out var earlier))
            {
                _names -= earlier.Count;
            }

            while (_lists.Count > 0 && _names + list.Count > MostNames)
            {
                _names -= _lists.GetAt(0).Value.Count;
                _lists.RemoveAt(0);
            }

            _names += list.Count;
            _lists[user] = list;
        }
    }
}
