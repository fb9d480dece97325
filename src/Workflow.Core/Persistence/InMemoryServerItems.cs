using Workflow.Core.Instances;

namespace Workflow.Core.Persistence;

/// <summary>Which instances have server items, and which have one that waits.</summary>
internal sealed class InMemoryServerItems
{
    private readonly NumberList _all = new();
    private readonly NumberList _waiting = new();

    public void Note(ProcessInstanceId processInstance, bool isWaiting)
    {
        lock (_all)
        {
            _all.Add(processInstance.Value);
            if (isWaiting)
            {
                _waiting.Add(processInstance.Value);
            }
            else
            {
                _waiting.Remove(processInstance.Value);
            }
        }
    }

    public void Forget(ProcessInstanceId processInstance)
    {
        lock (_all)
        {
            _all.Remove(processInstance.Value);
            _waiting.Remove(processInstance.Value);
        }
    }

    /// <summary>The instances from a number on that can have items of a status, in the order of their numbers.</summary>
    public IEnumerable<long> From(long first, ServerItemStatus? status)
    {
        const int Page = 100;
        var last = first - 1;
        List<long> page;
        do
        {
            lock (_all)
            {
                page = [.. (status is ServerItemStatus.Waiting ? _waiting : _all).Behind(last).Take(Page)];
            }

            foreach (var number in page)
            {
                yield return last = number;
            }
        }
        while (page.Count == Page);
    }
}
