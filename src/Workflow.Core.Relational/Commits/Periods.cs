using System.Collections.Concurrent;
using Workflow.Core.Instances;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Commits;

/// <summary>Within which numbers the instances lie that were started in an hour. It takes the place of an index on times, which would cost each start a page: numbers and times grow together, so a range of numbers is noted once for a thousand instances.</summary>
internal sealed class Periods(CommitTexts texts)
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
        return new BoundStatement(texts.NotePeriod, [hour, first, last]);
    }

    /// <summary>The statement is stored.</summary>
    public void Keep(BoundStatement step)
    {
        var (first, last) = ((long)step.Values[1], (long)step.Values[2]);
        _noted.AddOrUpdate((long)step.Values[0], (first, last), (_, noted) => (Math.Min(noted.First, first), Math.Max(noted.Last, last)));
    }

    private static (long First, long Last) Range(long id) => (id / Step * Step, (id / Step * Step) + Step - 1);
}
