using Workflow.Core.Relational.Tests.Databases;
using Workflow.Core.Testing;

namespace Workflow.Core.Relational.Tests;

/// <summary>The store obeys the rules of every store, on both databases.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
internal sealed class StoreContractTests(SqlDialect dialect)
{
    [TestCaseSource(typeof(ProcessStoreContract), nameof(ProcessStoreContract.Rules))]
    public async Task It_obeys(StoreRule rule)
    {
        var databases = new List<TestDatabase>();
        try
        {
            await new ProcessStoreContract(clock =>
            {
                var database = TestDatabase.Create(dialect);
                databases.Add(database);
                return ValueTask.FromResult<Persistence.IProcessStore>(database.NewStore(database.Options with { Clock = clock }));
            }).CheckAsync(rule);
        }
        finally
        {
            foreach (var database in databases)
            {
                await database.DisposeAsync();
            }
        }
    }
}
