namespace Workflow.Core.Persistence;

/// <summary>The instances in which somebody took part: those that a user started, and those that had a task for a user, role or group. Tasks that are open are
/// found by the worklists.</summary>
internal sealed class InMemoryParticipants
{
    private readonly Dictionary<Destination, NumberList> _instances = [];

    public void Add(Destination participant, ProcessInstanceId processInstance)
    {
        lock (_instances)
        {
            if (!_instances.TryGetValue(participant, out var list))
            {
                _instances.Add(participant, list = new NumberList());
            }

            list.Add(processInstance.Value);
        }
    }

    public void Remove(Destination participant, ProcessInstanceId processInstance)
    {
        lock (_instances)
        {
            if (_instances.TryGetValue(participant, out var list))
            {
                list.Remove(processInstance.Value);
                if (list.IsEmpty)
                {
                    _instances.Remove(participant);
                }
            }
        }
    }

    /// <summary>The next instances in the order of their numbers, or in the opposite order.</summary>
    /// <param name="participants">The users, groups and roles. At least one of them must have taken part.</param>
    /// <param name="newestFirst">Whether the order is the opposite one.</param>
    /// <param name="after">Behind which number.</param>
    /// <param name="limit">How many at most.</param>
    public List<long> Find(IEnumerable<Destination> participants, bool newestFirst, long after, int limit)
    {
        lock (_instances)
        {
            var lists = new List<IEnumerable<long>>();
            foreach (var participant in participants)
            {
                if (_instances.TryGetValue(participant, out var list))
                {
                    lists.Add(newestFirst ? list.InFrontOf(after) : list.Behind(after));
                }
            }

            return Merged.Distinct(lists, newestFirst, limit);
        }
    }
}
