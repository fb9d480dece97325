using System.Data.Common;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>Loads several instances, or tasks of several, with one statement. Each of its rows has the place in the list. It is the row of an instance, of a
/// part, or of both.</summary>
internal static class SeveralLoads
{
    /// <summary>The columns behind those of a part, in the row of a part.</summary>
    public const string OnlyPart = "0, 0, NULL, NULL, NULL, 0";

    /// <summary>The instant at which it is loaded, as a table. Its parameter is the first.</summary>
    public static string Present(TableNames tables) => $"present (instant) AS MATERIALIZED (SELECT {tables.Now("$1")})";

    /// <summary>Joins to each row of a list the rows that it leads to through their key.</summary>
    /// <param name="tables">The names of the tables.</param>
    /// <param name="table">The other table.</param>
    /// <param name="alias">Its name in the statement.</param>
    /// <param name="condition">The key.</param>
    /// <param name="isOptional">Whether a row stays that leads nowhere.</param>
    /// <remarks>PostgreSQL does not know how long the list is, so it prefers to go through a table that it takes to be small, once for each row of the list.
    /// OFFSET 0 keeps it from that: it has to look up each row by itself.</remarks>
    public static string Each(TableNames tables, string table, string alias, string condition, bool isOptional = false) => tables.IsPostgreSql
        ? $"{(isOptional ? "LEFT" : "INNER")} JOIN LATERAL (SELECT * FROM {table} {alias} WHERE {condition} OFFSET 0) {alias} ON true"
        : $"{(isOptional ? "LEFT" : "CROSS")} JOIN {table} {alias} ON {condition}";

    /// <summary>The columns behind those of a part, in the row of an instance.</summary>
    public static string Head(TableNames tables) => $"""
        p.journal_count, p.epoch,
            CASE WHEN p.owner IS NOT NULL AND NOT {Conditions.HasRunOut("p.", "(SELECT instant FROM present)")} THEN p.owner END,
            {Conditions.NameOfCommit("p.last_commit", tables.IsPostgreSql)}, (SELECT key_part FROM {tables.Version}), p.has_pending
        """;

    /// <summary>Reads them.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="values">Its parameters behind the instant.</param>
    /// <param name="count">How many are loaded.</param>
    /// <param name="usualParts">How many parts of each are expected.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>For each, in the order given, its parts; null when there is no such instance.</returns>
    public static async ValueTask<IReadOnlyList<LoadedProcess?>> LoadAsync(
        Session session, Statement statement, object[] values, int count, int usualParts, CancellationToken cancellation)
    {
        var heads = new LoadedRow[count];
        var parts = new List<StoredPart>?[count];
        await session.ReadAsync(statement, [session.Now, .. values], Take, cancellation).ConfigureAwait(false);
        return [.. heads.Select((head, place) => LoadedProcess.Of(head, parts[place] ?? []))];

        // Each column takes its time, so those that only the row of the instance has are read there only.
        int Take(DbDataReader row)
        {
            var place = row.GetInt32(0);
            var version = row.GetInt64(1);
            if (!row.IsDBNull(2))
            {
                (parts[place] ??= new List<StoredPart>(usualParts))
                    .Add(new StoredPart(PartColumn.Key((int)row.GetInt64(2), row.GetInt32(3), row.GetInt32(4)), row.Bytes(5)));
            }

            if (version > 0)
            {
                heads[place] = new LoadedRow(
                    version, row.GetInt64(6), row.GetInt64(7), row.TextOrNull(8), Part: null, row.Text(9), row.GetString(10), row.GetInt32(11) != 0);
            }

            return place;
        }
    }
}
