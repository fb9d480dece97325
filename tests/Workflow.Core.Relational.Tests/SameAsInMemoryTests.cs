using Workflow.Core.Persistence;
using Workflow.Core.Tests.Support;

namespace Workflow.Core.Relational.Tests;

/// <summary>After any command, the store says the same as the store in memory, which is the meaning of every method.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
[Parallelizable(ParallelScope.Self)]
internal sealed class SameAsInMemoryTests(SqlDialect dialect)
{
    /// <summary>The statements of SQLite's store after some hundred starts, which is more than there are here. So its answers are compared on both sides of the
    /// border.</summary>
    private const string Enter = """
        UPDATE wf_process SET is_indexed = 1 WHERE id <= (SELECT max(id) * 2 / 3 FROM wf_process);
        UPDATE wf_task SET is_indexed = 1 WHERE process <= (SELECT max(id) * 2 / 3 FROM wf_process);
        UPDATE wf_process_number SET indexed_until = coalesce((SELECT max(id) * 2 / 3 FROM wf_process), 0)
        """;

    [Test]
    public async Task Random_commits_claims_and_queries_come_out_the_same([Seeds(8)] int seed)
    {
        await using var database = TestDatabase.Create(dialect);
        var both = new BothStores(new InMemoryProcessStore(database.Clock), database.NewStore(), database.Clock, seed);

        for (var step = 0; step < 250; step++)
        {
            await both.StepAsync();
            if (dialect is SqlDialect.Sqlite && step % 50 == 49)
            {
                await database.ScalarAsync(Enter);
            }
        }

        await both.CompareEverythingAsync();
    }
}
