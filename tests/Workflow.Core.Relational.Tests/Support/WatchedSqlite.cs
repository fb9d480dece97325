using System.Data.Common;
using Microsoft.Data.Sqlite;
using Workflow.Core.CrashChild.Watching;

namespace Workflow.Core.Relational.Tests.Support;

/// <summary>A driver of SQLite whose statements are watched.</summary>
internal sealed class WatchedSqlite(IStatementWatch watch) : DbProviderFactory
{
    public override DbConnectionStringBuilder CreateConnectionStringBuilder() => SqliteFactory.Instance.CreateConnectionStringBuilder()!;

    public override DbDataSource CreateDataSource(string connectionString) =>
        new WatchedDataSource(SqliteFactory.Instance.CreateDataSource(connectionString), watch);
}
