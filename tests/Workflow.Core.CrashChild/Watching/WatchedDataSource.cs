using System.Data.Common;

namespace Workflow.Core.CrashChild.Watching;

/// <summary>A data source whose statements are watched. It is made of the public seams of ADO.NET, so the library has no switch for it.
/// The data source behind it stays with who made it.</summary>
internal sealed class WatchedDataSource(DbDataSource inner, IStatementWatch watch) : DbDataSource
{
    public override string ConnectionString => inner.ConnectionString;

    protected override DbConnection CreateDbConnection() => new WatchedConnection(inner.CreateConnection(), watch);
}
