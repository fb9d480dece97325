using Workflow.Core.Persistence;
using Workflow.Core.Relational.Tests.Databases;

namespace Workflow.Core.Relational.Tests;

/// <summary>Whatever is done to it, the store says the same as the store in memory, which is the meaning of every method.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
internal sealed class SameAsInMemoryTests(SqlDialect dialect)
{
    [Test]
    public async Task Random_commits_claims_and_queries_come_out_the_same([Range(1, 8)] int seed)
    {
        await using var database = TestDatabase.Create(dialect);
        var both = new BothStores(new InMemoryProcessStore(database.Clock), database.NewStore(), database.Clock, seed);

        for (var step = 0; step < 250; step++)
        {
            await both.StepAsync();
        }

        await both.CompareEverythingAsync();
    }
}
