using System.Globalization;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Connections;

/// <summary>The settings of sessions with PostgreSQL.</summary>
internal static class PostgreSqlSettings
{
    /// <summary>The milliseconds for which a batch of commits waits for a lock. After them, the others in the batch continue without the waiting one.</summary>
    private const int LockTimeoutOfCommits = 200;

    /// <summary>For a transaction whose statements are planned once for each connection. Such a plan knows no values, so it is kept from going through a
    /// whole table. Where many timers are armed, the server takes it for an expensive one. It would compile it each time, which takes seconds.</summary>
    private const string PlannedOnce =
        "SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL jit = off; SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; "
        + "SET LOCAL enable_mergejoin = off";

    /// <summary>A connection that carries commits notices by itself when its way breaks. It waits for a lock only for a moment. A commit that has to wait
    /// longer comes back later, and others use the connection meanwhile. Its statements are planned once. If the server planned them with each commit's values,
    /// they would cost less by an estimate and more in time for the plan. All must find what they need by its key, even if there were few rows when they were
    /// planned.</summary>
    public static async ValueTask SetForCommitsAsync(Session session, RelationalStoreOptions options, CancellationToken cancellation)
    {
        // The server gives up before the driver does: then it is known that nothing is stored.
        var limit = (long)options.CommandTimeout.TotalMilliseconds;
        await session.ReadAsync(
            new Statement(
                "SELECT set_config(name, CASE name WHEN 'client_connection_check_interval' THEN '5000' WHEN 'plan_cache_mode' THEN 'force_generic_plan' "
                + "WHEN 'enable_seqscan' THEN 'off' WHEN 'jit' THEN 'off' WHEN 'lock_timeout' THEN $1 WHEN 'statement_timeout' THEN $2 ELSE $3 END, false) "
                + "FROM pg_catalog.pg_settings WHERE name IN ('lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout', "
                + "'client_connection_check_interval', 'plan_cache_mode', 'enable_seqscan', 'jit')",
                isReused: false),
            [Milliseconds(LockTimeoutOfCommits), Milliseconds(limit * 3 / 4), Milliseconds(limit)], _ => 0, cancellation).ConfigureAwait(false);
    }

    /// <summary>Restores the settings. The connection goes back to the pool of the driver, and its other users may not reset it.</summary>
    public static async ValueTask ResetAsync(Session session) => await session.ReadAsync(
        new Statement(
            "SELECT set_config(name, reset_val, false) FROM pg_catalog.pg_settings WHERE name IN ('lock_timeout', 'statement_timeout', "
            + "'idle_in_transaction_session_timeout', 'client_connection_check_interval', 'plan_cache_mode', 'enable_seqscan', 'jit')",
            isReused: false),
        [], _ => 0, CancellationToken.None).ConfigureAwait(false);

    /// <summary>Settings of a transaction. The server gives up what waits for a lock before the driver gives up: then it is known why.</summary>
    public static async ValueTask BeginAsync(Session session, RelationalStoreOptions options, bool isPlannedOnce, CancellationToken cancellation)
    {
        var text = isPlannedOnce ? PlannedOnce : "";
        if (options.CommandTimeout > TimeSpan.Zero)
        {
            text = $"SET LOCAL lock_timeout = {Milliseconds((long)options.CommandTimeout.TotalMilliseconds / 2)}; {text}";
        }

        if (text.Length > 0)
        {
            await session.ExecuteAsync(new Statement(text, isReused: false), [], cancellation).ConfigureAwait(false);
        }
    }

    private static string Milliseconds(long number) => number.ToString(CultureInfo.InvariantCulture);
}
