using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Workflow.Core.Relational;

namespace Workflow.Core.CrashChild;

/// <summary>Opens the database that a child was told of; the tests open it in the same way when the child is dead.</summary>
internal static class ChildStore
{
    public static DbDataSource OpenDataSource(ChildOptions options)
    {
        if (options.Dialect is SqlDialect.PostgreSql)
        {
            return NpgsqlDataSource.Create(options.Connection);
        }

        SQLitePCL.Batteries_V2.Init();
        return SqliteFactory.Instance.CreateDataSource(options.Connection);
    }

    public static RelationalProcessStore Open(
        ChildOptions options, DbDataSource source, RelationalStoreOptions? otherwise = null, TimeProvider? clock = null) =>
        RelationalProcessStore.Create(
            source, options.Dialect,
            (otherwise ?? new()) with
            {
                Schema = options.Schema, Clock = clock ?? new ShiftedClock(options.Incarnation), AcceptsUnsynchronizedCommits = true,
            });
}
