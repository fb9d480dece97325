namespace Workflow.Core.Persistence;

/// <summary>The instances of a process definition, of all its versions: all of them, and those that have completed.</summary>
internal sealed class InMemoryInstances
{
    private readonly NumberList _numbers = new();

    public InMemoryEnded Ended { get; } = new();

    public void Add(ProcessInstanceId id)
    {
        lock (_numbers)
        {
            _numbers.Add(id.Value);
        }
    }

    public void Remove(ProcessInstanceId id)
    {
        lock (_numbers)
        {
            _numbers.Remove(id.Value);
        }
    }

    /// <summary>The numbers of the instances behind one, or in front of it, the nearest first.</summary>
    public IEnumerable<long> From(long after, bool newestFirst) => NumberPages.Behind(after, (last, limit) =>
    {
        lock (_numbers)
        {
            return [.. (newestFirst ? _numbers.InFrontOf(last) : _numbers.Behind(last)).Take(limit)];
        }
    });
}
