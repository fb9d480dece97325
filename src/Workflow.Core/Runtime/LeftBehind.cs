namespace Workflow.Core.Runtime;

/// <summary>Instances with a pending call that this engine itself has left behind, because a store failed while it worked on them. It still holds the lease, so nobody
/// else is given them, and it goes on with them as soon as it can.</summary>
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

    /// <summary>All of them, which are left behind no more.</summary>
    public IReadOnlyList<ProcessInstanceId> Take()
    {
        lock (_instances)
        {
            if (_instances.Count == 0)
            {
                return [];
            }

            ProcessInstanceId[] taken = [.. _instances.OrderBy(id => id.Value)];
            _instances.Clear();
            return taken;
        }
    }
}
