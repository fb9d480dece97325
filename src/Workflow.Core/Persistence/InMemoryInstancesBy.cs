namespace Workflow.Core.Persistence;

/// <summary>The numbers of instances by something that they are found by, and that several can have.</summary>
internal sealed class InMemoryInstancesBy<TKey>
    where TKey : struct, IEquatable<TKey>
{
    private readonly Dictionary<TKey, NumberList> _instances = [];

    public void Add(TKey key, ProcessInstanceId processInstance)
    {
        lock (_instances)
        {
            if (!_instances.TryGetValue(key, out var list))
            {
                _instances.Add(key, list = new NumberList());
            }

            list.Add(processInstance.Value);
        }
    }

    public void Remove(TKey key, ProcessInstanceId processInstance)
    {
        lock (_instances)
        {
            if (_instances.TryGetValue(key, out var list))
            {
                list.Remove(processInstance.Value);
                if (list.IsEmpty)
                {
                    _instances.Remove(key);
                }
            }
        }
    }

    /// <summary>The next instances in the order of their numbers, or in the opposite order.</summary>
    /// <param name="keys">The keys, of which an instance has one at least.</param>
    /// <param name="newestFirst">Whether the order is the opposite one.</param>
    /// <param name="after">Behind which number.</param>
    /// <param name="limit">How many at most.</param>
    public List<long> Find(IEnumerable<TKey> keys, bool newestFirst, long after, int limit)
    {
        lock (_instances)
        {
            var lists = new List<IEnumerable<long>>();
            foreach (var key in keys)
            {
                if (_instances.TryGetValue(key, out var list))
                {
                    lists.Add(newestFirst ? list.InFrontOf(after) : list.Behind(after));
                }
            }

            return Merged.Distinct(lists, newestFirst, limit);
        }
    }
}
