using Cases;
using Cases.Killing;
using Cases.Stores;
using Workflow.Core.Samples.Tests.Support;
using Workflow.Core.Tests.Support;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>The sample that replays recorded cases, on PostgreSQL and killed on the way.</summary>
[TestFixture]
[Exhaustive]
internal sealed class CaseReplayKillTests
{
    private const int Copies = 15;

    [Test]
    public async Task A_replay_that_is_killed_again_and_again_ends_as_one_that_is_not()
    {
        var server = PostgreSqlServer.Required();
        using var cases = new SmallCases();
        cases.Multiply(Copies);
        await using var database = new PostgreSqlDatabase(server);
        await database.ScalarAsync($"CREATE SCHEMA {database.Schema}");
        var store = new StoreChoice(StoreKind.Postgres, $"{server.ConnectionString};Search Path={database.Schema}");

        var result = await KillRun.RunAsync(new ReplayOptions { Folder = cases.Folder, Store = store, Kills = 8 }, TextWriter.Null);

        result.Differences.Concat(result.MonthEndDifferences).ShouldBeEmpty();
        result.Logs.Sum(log => log.Steps).ShouldBe(Copies * SmallCases.Steps);
        result.Logs.Sum(log => log.Escalations).ShouldBe(Copies * SmallCases.Escalations);
        result.MonthEnds.Count.ShouldBe(2);
        result.Kills.ShouldBe(8);
    }
}
