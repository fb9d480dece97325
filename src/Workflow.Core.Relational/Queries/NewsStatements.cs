using System.Data.Common;
using System.Globalization;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>Reads the news of commits for other engines, and removes what is old. On SQLite one transaction writes after the other, so the numbers of rows
/// say what has been read. On PostgreSQL a row with a lower number can become visible later. There a place is a snapshot of the database: rows that were not
/// visible in it have not been read.</summary>
internal sealed class NewsStatements(TableNames tables)
{
    private const char Separator = '/';

    private readonly Statement _begin = new(tables.IsPostgreSql
        ? $"SELECT {tables.Now("$1")}, CAST(pg_current_snapshot() AS text)"
        : $"SELECT $1, CAST(coalesce(max(number), 0) AS TEXT) FROM {tables.News}");

    private readonly Statement _read = new(tables.IsPostgreSql
        ? $"""
            SELECT h.now, CAST(h.snapshot AS text), pg_snapshot_xmax(CAST($2 AS pg_snapshot)) > pg_snapshot_xmax(h.snapshot), n.number, n.process, n.content
            FROM (SELECT {tables.Now("$1")} AS now, pg_current_snapshot() AS snapshot) AS h
            LEFT JOIN LATERAL (
                SELECT number, process, content FROM {tables.News}
                WHERE transaction_id >= pg_snapshot_xmin(CAST($2 AS pg_snapshot)) AND NOT pg_visible_in_snapshot(transaction_id, CAST($2 AS pg_snapshot))
                    AND pg_visible_in_snapshot(transaction_id, coalesce(CAST($3 AS pg_snapshot), h.snapshot)) AND number > $4 AND owner <> $5
                ORDER BY number LIMIT $6) AS n ON true
            ORDER BY n.number
            """
        : $"""
            SELECT $1, h.last, CAST($2 AS INTEGER) > h.last, n.number, n.process, n.content
            FROM (SELECT coalesce(max(number), 0) AS last FROM {tables.News}) AS h
            LEFT JOIN (SELECT number, process, content FROM {tables.News} WHERE number > $2 AND owner <> $3 ORDER BY number LIMIT $4) AS n ON 1 = 1
            ORDER BY n.number
            """);

    private readonly Statement _remove = new(tables.IsPostgreSql
        ? $"DELETE FROM {tables.News} WHERE transaction_id < pg_snapshot_xmax(CAST($1 AS pg_snapshot)) "
            + "AND pg_visible_in_snapshot(transaction_id, CAST($1 AS pg_snapshot))"
        : $"DELETE FROM {tables.News} WHERE number < $1");

    public async ValueTask<NewsPage> ReadAsync(Session session, string? place, string owner, int limit, CancellationToken cancellation)
    {
        if (place is null)
        {
            var begun = (await session.ReadAsync(
                _begin, [session.Now], row => (Now: row.GetInt64(0), Seen: row.GetString(1)), cancellation).ConfigureAwait(false))[0];
            return new NewsPage { Place = Place(begun.Now, begun.Seen), ReadAt = Instant(begun.Now) };
        }

        return tables.IsPostgreSql
            ? await ReadSnapshotsAsync(session, place.Split(Separator), owner, limit, cancellation).ConfigureAwait(false)
            : await ReadNumbersAsync(session, place.Split(Separator), owner, limit, cancellation).ConfigureAwait(false);
    }

    /// <summary>On SQLite the last row stays, so that the next one gets a number above it.</summary>
    public async ValueTask<int> RemoveAsync(Session session, string place, CancellationToken cancellation)
    {
        var seen = place.Split(Separator)[1];
        return await session.ExecuteAsync(_remove, [tables.IsPostgreSql ? seen : Long(seen)], cancellation).ConfigureAwait(false);
    }

    /// <summary>A place is the clock, and the last number.</summary>
    private async ValueTask<NewsPage> ReadNumbersAsync(Session session, string[] place, string owner, int limit, CancellationToken cancellation)
    {
        var rows = await session.ReadAsync(
            _read, [session.Now, Long(place[1]), StoredText.Of(owner), limit],
            row => (Now: row.GetInt64(0), Last: row.GetInt64(1), IsBehind: row.GetInt64(2) != 0, News: Row(row)), cancellation).ConfigureAwait(false);
        var (now, last, isBehind, _) = rows[0];
        List<(long Number, StoredNews News)> found = [.. rows.Select(row => row.News).OfType<(long, StoredNews)>()];
        var isFull = found.Count == limit;
        return new NewsPage
        {
            Place = Place(isFull ? Long(place[0]) : now, isFull ? found[^1].Number.Invariant() : last.Invariant()),
            ReadAt = Instant(now),
            IsBehind = isBehind || IsLate(place[0], now),
            News = [.. found.Select(row => row.News)],
        };
    }

    /// <summary>A place is the clock and the snapshot up to which all is read. Within what the next snapshot adds, it is also the clock and that snapshot, and
    /// the last number.</summary>
    private async ValueTask<NewsPage> ReadSnapshotsAsync(Session session, string[] place, string owner, int limit, CancellationToken cancellation)
    {
        var isWithin = place.Length > 2;
        object[] values =
            [session.Now, place[1], isWithin ? place[3] : TypedNull.Text, isWithin ? Long(place[4]) : 0L, StoredText.Of(owner), limit];
        var rows = await session.ReadAsync(
            _read, values, row => (Now: row.GetInt64(0), Snapshot: row.GetString(1), IsBehind: row.GetBoolean(2), News: Row(row)), cancellation)
            .ConfigureAwait(false);
        var (now, snapshot, isBehind, _) = rows[0];
        List<(long Number, StoredNews News)> found = [.. rows.Select(row => row.News).OfType<(long, StoredNews)>()];
        var (nextAt, next) = isWithin ? (Long(place[2]), place[3]) : (now, snapshot);
        return new NewsPage
        {
            Place = found.Count < limit
                ? Place(nextAt, next)
                : string.Join(Separator, place[0], place[1], nextAt.Invariant(), next, found[^1].Number.Invariant()),
            ReadAt = Instant(now),
            IsBehind = isBehind || IsLate(place[0], now),
            News = [.. found.Select(row => row.News)],
        };
    }

    /// <summary>The news in a row; null when there is none.</summary>
    private static (long Number, StoredNews News)? Row(DbDataReader row) =>
        row.IsDBNull(3) ? null : (row.GetInt64(3), new StoredNews(new ProcessInstanceId(row.GetInt64(4)), row.Bytes(5)));

    private static bool IsLate(string at, long now) => now - Long(at) > NewsPage.KeptFor.Ticks;

    private static string Place(long at, string seen) => string.Create(CultureInfo.InvariantCulture, $"{at}{Separator}{seen}");

    private static DateTimeOffset Instant(long ticks) => new(ticks, TimeSpan.Zero);

    private static long Long(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
