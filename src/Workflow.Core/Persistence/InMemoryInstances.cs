namespace Workflow.Core.Persistence;

/// <summary>The instances of a process definition, of all its versions: all of them, and those that have completed.</summary>
internal sealed class InMemoryInstances
{
    private const int MostAtOnce = 100;

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

    /// <summary>The numbers of the instances behind one, or in front of it, the nearest first. They are read piece by piece, so that nobody else waits for long.</summary>
    public IEnumerable<long> From(long after, bool newestFirst)
    {
        List<long> page;
        do
        {
            lock (_numbers)
            {
                page = [.. (newestFirst ? _numbers.InFrontOf(after) : _numbers.Behind(after)).Take(MostAtOnce)];
            }

            foreach (var number in page)
            {
                yield return after = number;
            }
        }
        while (page.Count == MostAtOnce);
    }
}
