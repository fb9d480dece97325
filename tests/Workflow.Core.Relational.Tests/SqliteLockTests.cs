using Microsoft.Data.Sqlite;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Tests.Databases;

namespace Workflow.Core.Relational.Tests;

/// <summary>The file that says who has a file of SQLite for itself (statement 14.7c).</summary>
[TestFixture]
internal sealed class SqliteLockTests
{
    [Test]
    public async Task A_store_that_only_looks_whether_a_file_is_held_refuses_nobody_else()
    {
        await using var database = new SqliteDatabase();
        await RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, database.Path).DisposeAsync();
        RelationalProcessStore? store = null;
        var opening = new Thread(() => store = OpenOrNull(database.Path));
        using (new FileStream(database.Path + ".lock", FileMode.Open, FileAccess.Read, FileShare.Read))
        {
            opening.Start();
            SpinWait.SpinUntil(() => !opening.IsAlive || opening.ThreadState.HasFlag(ThreadState.WaitSleepJoin), TimeSpan.FromSeconds(30)).ShouldBeTrue();
        }

        opening.Join(TimeSpan.FromSeconds(30)).ShouldBeTrue();
        await using var opened = store.ShouldNotBeNull();
        await opened.CommitAsync(Commits.Start(await opened.ReserveAsync(default)), default);
    }

    private static RelationalProcessStore? OpenOrNull(string path)
    {
        try
        {
            return RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, path);
        }
        catch (ProcessStoreException)
        {
            return null;
        }
    }
}
