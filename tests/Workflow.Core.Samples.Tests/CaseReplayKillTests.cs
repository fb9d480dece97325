using System.Globalization;
using Cases;
using Cases.Killing;
using Cases.Playing;
using Cases.Stores;
using Npgsql;
using Workflow.Core.Relational.Tests.Databases;

namespace Workflow.Core.Samples.Tests;

/// <summary>The sample that replays recorded cases, on PostgreSQL and killed on the way.</summary>
[TestFixture]
[Exhaustive]
internal sealed class CaseReplayKillTests
{
    private const int Copies = 25;

    private static readonly string Schema = string.Create(CultureInfo.InvariantCulture, $"replay_{Environment.ProcessId}");

    [Test]
    public async Task A_replay_that_is_killed_again_and_again_ends_as_one_that_is_not()
    {
        var server = PostgreSqlServer.Required();
        using var cases = new SmallCases();
        cases.Multiply(Copies);
        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        await ExecuteAsync(database, $"CREATE SCHEMA {Schema}");
        try
        {
            var store = new StoreChoice(StoreKind.Postgres, $"{server.ConnectionString};Search Path={Schema}");
            Check(await KillRun.RunAsync(new ReplayOptions { Folder = cases.Folder, Store = store, Kills = 8 }, TextWriter.Null));
        }
        finally
        {
            await ExecuteAsync(database, $"DROP SCHEMA {Schema} CASCADE");
        }
    }

    private static void Check(ReplayResult result)
    {
        result.Differences.Concat(result.MonthEndDifferences).ShouldBeEmpty();
        result.Logs.Sum(log => log.Steps).ShouldBe(Copies * SmallCases.Steps);
        result.MonthEnds.Count.ShouldBe(2);
        result.Kills.ShouldBe(8);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string statement)
    {
        await using var command = database.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }
}
