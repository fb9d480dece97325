using System.Collections.Concurrent;
using Workflow.Core.Records;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Commits;

/// <summary>Within which numbers the instances lie that were started in an hour. It replaces an index on times, which would cost each start a page. Numbers and
/// times grow together, so a range of numbers is noted once for a thousand instances.</summary>
/// <param name="texts">The statements.</param>
/// <param name="isOfHost">Whether what is noted lies in a transaction of the host, which may stay open for long. Then a row of its own is written, unless one
/// that covers it is there. To widen the row of the hour would make everybody wait for the host (statement 14.7b).</param>
internal sealed class Periods(CommitTexts texts, bool isOfHost = false)
{
    private const int Step = 1024;

    private readonly ConcurrentDictionary<long, (long First, long Last)> _noted = new();

    public static long Hour(DateTimeOffset instant) => instant.UtcTicks / TimeSpan.TicksPerHour;

    /// <summary>The statement that notes a new instance; null when its number lies in a range that is noted already.</summary>
    public BoundStatement? Note(ProcessRecord record)
    {
        var hour = Hour(record.StartedAt);
        var id = record.Id.Value;
        if (_noted.TryGetValue(hour, out var noted) && noted.First <= id && id <= noted.Last)
        {
            return null;
        }

        var (first, last) = Range(id);
        return isOfHost
            ? new BoundStatement(texts.NotePeriodOfHost, [hour, first, last, id])
            : new BoundStatement(texts.NotePeriod, [hour, first, last]);
    }

    /// <summary>The statement is stored.</summary>
    public void Keep(BoundStatement step)
    {
        var (first, last) = ((long)step.Values[1], (long)step.Values[2]);
        _noted.AddOrUpdate((long)step.Values[0], (first, last), (_, noted) => (Math.Min(noted.First, first), Math.Max(noted.Last, last)));
    }

    /// <summary>Forgets what is noted: it is noted again.</summary>
    public void Clear() => _noted.Clear();

    private static (long First, long Last) Range(long id) => (id / Step * Step, (id / Step * Step) + Step - 1);
}
