namespace Workflow.Core.Runtime;

/// <summary>Instances with a pending call that no other engine would take up: this engine holds the lease, or is alone on its store. A store failed while it
/// worked on them, too many calls were under way, or an earlier engine left them behind. It continues them as soon as it can.</summary>
internal sealed class LeftBehind
{
    private readonly HashSet<ProcessInstanceId> _instances = [];

    public void Add(ProcessInstanceId id)
    {
        lock (_instances)
        {
            _instances.Add(id);
        }
    }

    /// <summary>Nothing of it is left to do.</summary>
    public void Remove(ProcessInstanceId id)
    {
        lock (_instances)
        {
            _instances.Remove(id);
        }
    }

    /// <summary>Some of them, the lowest numbers first, which are left behind no more.</summary>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<ProcessInstanceId> Take(int most = int.MaxValue)
    {
        lock (_instances)
        {
            if (_instances.Count == 0 || most == 0)
            {
                return [];
            }

            ProcessInstanceId[] taken = [.. _instances.OrderBy(id => id.Value).Take(most)];
            _instances.ExceptWith(taken);
            return taken;
        }
    }
}
