using System.Globalization;
using Microsoft.Data.Sqlite;
using Workflow.Core.Persistence;
using Workflow.Core.Relational;

namespace Workflow.Core.Benchmarks.Stores;

/// <summary>Files of SQLite in a folder of their own, where the machine keeps temporary files; that must be a disk. The store opens them with a log that is
/// synchronized with each commit (WAL, synchronous=FULL).</summary>
internal sealed class SqlitePlace : Place
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("workflow-benchmark-");
    private int _last;

    public override string Name => "SQLite";

    public override int Many => 100_000;

    public string NewPath() => Path.Combine(_folder.FullName, string.Create(CultureInfo.InvariantCulture, $"{++_last}.db"));

    public override IProcessStore NewStore() => RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, NewPath());

    public override ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
