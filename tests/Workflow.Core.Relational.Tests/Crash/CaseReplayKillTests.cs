using Cases;
using Cases.Killing;
using Cases.Stores;
using Workflow.Core.Samples.Tests.Support;
using Workflow.Core.Tests.Support;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>The sample that replays recorded cases, killed on the way.</summary>
[TestFixture]
[Exhaustive]
internal sealed class CaseReplayKillTests
{
    private const int Copies = 15;

    /// <summary>Of each log.</summary>
    private const int Cases = 60;

    private const string RealCases = "WORKFLOW_REAL_CASES";

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

    /// <summary>Escalations of real cases fire at their recorded instants. The cases are not part of the repository: a machine that has them says
    /// where.</summary>
    [Test]
    public async Task A_replay_of_real_cases_that_is_killed_again_and_again_ends_as_it_did([Values] SqlDialect dialect)
    {
        const int Kills = 8;
        if (Environment.GetEnvironmentVariable(RealCases) is not { Length: > 0 } folder)
        {
            Assert.Ignore($"{RealCases} does not name the folder with the real cases.");
            return;
        }

        foreach (var seed in CrashSeeds.Next("real cases"))
        {
            await using var database = CrashDatabase.New(dialect);
            var result = await KillRun.RunAsync(
                new ReplayOptions { Folder = folder, Store = await StoreAsync(database), Cases = Cases, Kills = Kills, Seed = seed },
                TextWriter.Null);

            result.Differences.Concat(result.MonthEndDifferences).ShouldBeEmpty($"seed {seed}");
            result.Logs.Select(log => log.Cases).ShouldBe([Cases, Cases, Cases], $"seed {seed}");
            result.Logs.Sum(log => log.Escalations).ShouldBeGreaterThan(0, $"seed {seed}");
            result.Kills.ShouldBe(Kills, $"seed {seed}");
        }
    }

    private static async Task<StoreChoice> StoreAsync(CrashDatabase database)
    {
        if (database.Schema is not { } schema)
        {
            return new StoreChoice(StoreKind.Sqlite, Path.ChangeExtension(database.Ledger, "db"));
        }

        await database.AskAsync($"CREATE SCHEMA {schema}");
        return new StoreChoice(StoreKind.Postgres, $"{database.Connection};Search Path={schema}");
    }
}
