using System.Data.Common;

namespace Workflow.Core.Relational.Connections;

/// <summary>Opens every connection of the store. An ambient transaction of the caller is suppressed meanwhile, whatever the connection string says. A
/// connection that enlisted would carry the commits of other callers, and lose them with that transaction (statement 14.7b).</summary>
internal static class OwnConnections
{
    /// <summary>Opens a connection. It belongs to no transaction.</summary>
    public static DbConnection Open(DbDataSource dataSource)
    {
        using var alone = AmbientTransaction.Suppress();
        return dataSource.OpenConnection();
    }

    /// <summary>Opens a connection. It belongs to no transaction.</summary>
    public static async ValueTask<DbConnection> OpenAsync(DbDataSource dataSource, CancellationToken cancellation)
    {
        using var alone = AmbientTransaction.Suppress();
        return await dataSource.OpenConnectionAsync(cancellation).ConfigureAwait(false);
    }
}
