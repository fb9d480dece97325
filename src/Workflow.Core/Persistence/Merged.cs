namespace Workflow.Core.Persistence;

/// <summary>Reads several lists that are in order as one.</summary>
internal static class Merged
{
    /// <summary>The elements of all lists in their order; those that are equal follow each other. The lists are read only as far as the caller reads.</summary>
    /// <param name="lists">The lists.</param>
    /// <param name="key">By what they are ordered.</param>
    /// <param name="order">The order.</param>
    public static IEnumerable<T> InOrder<T, TKey>(IEnumerable<IEnumerable<T>> lists, Func<T, TKey> key, IComparer<TKey>? order = null)
    {
        var firsts = new List<(IEnumerator<T>, TKey)>();
        foreach (var list in lists)
        {
            var elements = list.GetEnumerator();
            if (elements.MoveNext())
            {
                firsts.Add((elements, key(elements.Current)));
            }
        }

        var next = new PriorityQueue<IEnumerator<T>, TKey>(firsts, order);
        while (next.TryDequeue(out var elements, out _))
        {
            yield return elements.Current;
            if (elements.MoveNext())
            {
                next.Enqueue(elements, key(elements.Current));
            }
        }
    }

    /// <summary>The first numbers of all lists, each once.</summary>
    /// <param name="lists">The lists.</param>
    /// <param name="isDescending">Whether the largest comes first in them.</param>
    /// <param name="limit">How many at most.</param>
    public static List<long> Distinct(IEnumerable<IEnumerable<long>> lists, bool isDescending, int limit)
    {
        var found = new List<long>();
        foreach (var number in InOrder(lists, number => isDescending ? -number : number))
        {
            if (found.Count > 0 && found[^1] == number)
            {
                continue;
            }

            if (found.Count == limit)
            {
                break;
            }

            found.Add(number);
        }

        return found;
    }
}
