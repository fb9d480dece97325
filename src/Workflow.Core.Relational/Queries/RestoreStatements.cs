using System.Security.Cryptography;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>Makes another store of one that was restored (statement 14.7c).</summary>
internal sealed class RestoreStatements(TableNames tables)
{
    private readonly Statement _skip = new(
        tables.IsPostgreSql
            ? $"SELECT max(number) FROM (SELECT nextval('{tables.Number}') AS number FROM generate_series(1, $1)) AS skipped"
            : $"UPDATE {tables.Number} SET last = last + $1 RETURNING last",
        isReused: false);

    private readonly Statement _rename = new($"UPDATE {tables.Version} SET store_name = $1, key_part = $2", isReused: false);

    // As if each had been committed once more, and nobody had a lease. An engine that holds an instance in memory is refused, and loads it again. In the order
    // of the instances, as commits that go together take them.
    private readonly Statement _touch = new(
        $"UPDATE {tables.Process} SET version = version + 1, epoch = epoch + 1, owner = NULL, leased_until = 0, "
        + "earlier_commits = substr(last_commit || '|' || earlier_commits, 1, 160), last_commit = $1 WHERE "
        + (tables.IsPostgreSql
            ? $"id IN (SELECT id FROM {tables.Process} WHERE ended_at = {Rows.None.Invariant()} ORDER BY id FOR UPDATE)"
            : $"ended_at = {Rows.None.Invariant()}"),
        isReused: false);

    // Engines are told of the restored state as a whole. On SQLite the last row stays, so that numbers go on.
    private readonly Statement _forgetNews = new(
        $"DELETE FROM {tables.News}" + (tables.IsPostgreSql ? "" : $" WHERE number < (SELECT max(number) FROM {tables.News})"), isReused: false);

    public async ValueTask<bool> RenewAsync(Session session, long skippedNumbers, CancellationToken cancellation)
    {
        if (skippedNumbers > 0)
        {
            await session.ReadAsync(_skip, [skippedNumbers], row => row.GetInt64(0), cancellation).ConfigureAwait(false);
        }

        var name = RandomText(16);
        await session.ExecuteAsync(_rename, [name, RandomText(8)], cancellation).ConfigureAwait(false);
        await session.ExecuteAsync(_touch, [$"restored.{name}"], cancellation).ConfigureAwait(false);
        await session.ExecuteAsync(_forgetNews, [], cancellation).ConfigureAwait(false);
        return true;
    }

    private static string RandomText(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));
}
