using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Workflow.Core.Relational.Tests.Support;

/// <summary>A file of SQLite in a folder of its own.</summary>
internal sealed class SqliteDatabase : TestDatabase
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("workflow-sqlite-");

    public SqliteDatabase() => Source = SqliteFactory.Instance.CreateDataSource($"Data Source={Path};Pooling=False");

    public string Path => System.IO.Path.Combine(_folder.FullName, "workflow.db");

    public override SqlDialect Dialect => SqlDialect.Sqlite;

    public override DbDataSource Source { get; }

    protected override async ValueTask DropAsync()
    {
        await Source.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
