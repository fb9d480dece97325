namespace Workflow.Core.Persistence;

/// <summary>Numbers of instances that are read page by page, each under a lock, so that nobody else waits for long.</summary>
internal static class NumberPages
{
    private const int MostAtOnce = 100;

    /// <summary>All numbers behind one, in the order in which the pages have them.</summary>
    /// <param name="after">The number.</param>
    /// <param name="read">Reads the page behind a number, which has no more numbers than it is told.</param>
    public static IEnumerable<long> Behind(long after, Func<long, int, List<long>> read)
    {
        List<long> page;
        do
        {
            page = read(after, MostAtOnce);
            foreach (var number in page)
            {
                yield return after = number;
            }
        }
        while (page.Count == MostAtOnce);
    }
}
