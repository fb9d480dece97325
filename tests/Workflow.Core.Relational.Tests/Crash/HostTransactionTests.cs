using Workflow.Core.CrashChild;
using Workflow.Core.CrashChild.Watching;
using Workflow.Core.Tests.Support;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>A host starts a process in a transaction with rows of its own, and is killed after each statement and while COMMIT is under way. Rows and process
/// appear together or not at all (statement 13.6).</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
[Exhaustive]
[Parallelizable(ParallelScope.All)]
internal sealed class HostTransactionTests(SqlDialect dialect)
{
    private const int MostStatements = 200;
    private const int TimesAtCommit = 4;

    [Test]
    public async Task The_rows_of_the_host_and_its_process_appear_together_or_not_at_all()
    {
        await using var database = CrashDatabase.New(dialect);
        await using var run = new CrashRun(database, seed: 1);
        await database.MakeHostTablesAsync();

        // One order for each statement, until one comes through because there are no more statements.
        var order = 1;
        while (!await run.OrderAsync(order, KillPoint.AfterStatement, count: order))
        {
            await CheckAsync(database, run);
            order.ShouldBeLessThan(MostStatements);
            order++;
        }

        for (var time = 1; time <= TimesAtCommit; time++)
        {
            order++;
            (await run.OrderAsync(order, KillPoint.CommitSent, count: 1, delay: time * 200)).ShouldBeFalse();
            await CheckAsync(database, run);
        }

        var findings = await run.FinishEverythingAsync();
        await CheckAsync(database, run);
        await TestContext.Out.WriteLineAsync($"{order - 1} kills, {findings.Instances.Count} orders in the database.");
    }

    private static async Task CheckAsync(CrashDatabase database, CrashRun run)
    {
        var findings = await run.ExamineAsync();
        var folios = findings.Instances.Select(instance => instance.Record.Folio).Order(StringComparer.Ordinal).ToList();
        foreach (var table in HostOrder.Tables)
        {
            var orders = await database.AskAsync($"SELECT id FROM {database.HostTable(table)}");
            orders.Select(id => HostOrder.Folio(long.Parse(id, System.Globalization.CultureInfo.InvariantCulture)))
                .Order(StringComparer.Ordinal).ShouldBe(folios);
        }

        folios.ShouldBeUnique();
        run.Ordered.ShouldBeSubsetOf(folios);
    }
}
