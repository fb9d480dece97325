using System.Data.Common;
using System.Globalization;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Connections;

/// <summary>Refuses a connection to PostgreSQL on which the store cannot work. It finds a driver's pool that is too small. It also finds a pooler that gives
/// the transactions of one connection to several.</summary>
internal sealed class PostgreSqlServerCheck(DbDataSource dataSource, TableNames tables, RelationalStoreOptions options)
{
    /// <summary>A busy pooler may give two connections different processes by chance, and not again and again.</summary>
    private const int Tries = 5;

    private static readonly string[] _namesOfPoolSize = ["Maximum Pool Size", "Max Pool Size", "MaxPoolSize", "MaximumPoolSize"];

    private static readonly Statement _process = new("SELECT pg_backend_pid()", isReused: false);
    private static readonly Statement _begin = new("BEGIN", isReused: false);
    private static readonly Statement _end = new("ROLLBACK", isReused: false);

    /// <summary>How many connections the store needs: those that carry commits stay open, and one is for everything else.</summary>
    private int Needed => options.CommitConnections + 1;

    /// <summary>Refuses a pool that is too small, as far as the connection string tells.</summary>
    public void CheckPool()
    {
        if (PoolSize() is { } size && size < Needed)
        {
            throw new ProcessStoreException(string.Create(
                CultureInfo.InvariantCulture,
                $"The connection string allows {size} connections in the driver's pool, and the store needs {Needed}: {options.CommitConnections} that carry "
                    + $"commits and stay open, and one for everything else. Each store on the same data source needs as many. "
                    + $"Set 'Maximum Pool Size' to {Needed} or more, or lower "
                    + $"{nameof(RelationalStoreOptions)}.{nameof(RelationalStoreOptions.CommitConnections)}."));
        }
    }

    /// <summary>Refuses a pooler in transaction mode. There several processes of the server serve one connection, and one process serves several connections.
    /// Settings of the store for one connection would reach others, and prepared statements would be missing.</summary>
    /// <param name="first">A connection on which no transaction is under way.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public async ValueTask CheckPoolerAsync(Session first, CancellationToken cancellation)
    {
        var second = new Session(await OwnConnections.OpenAsync(dataSource, cancellation).ConfigureAwait(false), tables, options);
        await using (second.ConfigureAwait(false))
        {
            for (var time = 0; time < Tries; time++)
            {
                var before = await ProcessAsync(first, cancellation).ConfigureAwait(false);

                // A transaction holds on to its process: without a pooler it is never that of another connection.
                await second.ExecuteAsync(_begin, [], cancellation).ConfigureAwait(false);
                var held = await ProcessAsync(second, cancellation).ConfigureAwait(false);
                var isShared = held == before || await ProcessAsync(first, cancellation).ConfigureAwait(false) != before;
                await second.ExecuteAsync(_end, [], cancellation).ConfigureAwait(false);
                if (isShared)
                {
                    throw new ProcessStoreException(
                        "The connections go through a pooler that shares processes of the server between clients, such as pgbouncer with pool_mode = "
                            + "transaction. The store prepares statements and sets time limits for its connections, which does not work there. "
                            + "Connect to the server directly, or set pool_mode = session for this database.");
                }
            }
        }
    }

    private static async ValueTask<int> ProcessAsync(Session session, CancellationToken cancellation) =>
        (await session.ReadAsync(_process, [], row => row.GetInt32(0), cancellation).ConfigureAwait(false))[0];

    /// <summary>The size of the pool; null when the connection string does not say it, or there is no pool.</summary>
    private int? PoolSize()
    {
        var settings = new DbConnectionStringBuilder();
        try
        {
            settings.ConnectionString = dataSource.ConnectionString;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            // A data source of the host's own need not have one.
            return null;
        }

        if (settings.TryGetValue("Pooling", out var pooling) && string.Equals(pooling as string, "false", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        foreach (var name in _namesOfPoolSize)
        {
            if (settings.TryGetValue(name, out var value) && int.TryParse(value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            {
                return size;
            }
        }

        return null;
    }
}
