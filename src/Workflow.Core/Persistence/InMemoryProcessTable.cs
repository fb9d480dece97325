using System.Collections.Concurrent;

namespace Workflow.Core.Persistence;

/// <summary>The process instances of an <see cref="InMemoryProcessStore"/> by their numbers, which grow one by one: in pages, which cost a fraction of a hash
/// table.</summary>
internal sealed class InMemoryProcessTable
{
    private const int PageBits = 8;
    private const int PageSize = 1 << PageBits;

    private readonly ConcurrentDictionary<long, InMemoryProcess?[]> _pages = new();

    /// <summary>All instances, in the order of their numbers.</summary>
    public IEnumerable<InMemoryProcess> From(long first)
    {
        foreach (var page in _pages.Keys.Where(page => page >= first >> PageBits).Order())
        {
            foreach (var process in _pages[page])
            {
                if (process is not null && process.Id.Value >= first)
                {
                    yield return process;
                }
            }
        }
    }

    /// <summary>All instances, in the opposite order of their numbers.</summary>
    public IEnumerable<InMemoryProcess> Until(long last)
    {
        foreach (var page in _pages.Keys.Where(page => page <= last >> PageBits).OrderDescending())
        {
            for (var place = PageSize - 1; place >= 0; place--)
            {
                if (_pages[page][place] is { } process && process.Id.Value <= last)
                {
                    yield return process;
                }
            }
        }
    }

    public InMemoryProcess? Find(long id) =>
        _pages.TryGetValue(id >> PageBits, out var page) ? Volatile.Read(ref page[id & (PageSize - 1)]) : null;

    public bool TryAdd(InMemoryProcess process)
    {
        var id = process.Id.Value;
        var page = _pages.GetOrAdd(id >> PageBits, static _ => new InMemoryProcess?[PageSize]);
        return Interlocked.CompareExchange(ref page[id & (PageSize - 1)], process, null) is null;
    }

    public bool Remove(InMemoryProcess process)
    {
        var id = process.Id.Value;
        return _pages.TryGetValue(id >> PageBits, out var page) && Interlocked.CompareExchange(ref page[id & (PageSize - 1)], null, process) == process;
    }
}
