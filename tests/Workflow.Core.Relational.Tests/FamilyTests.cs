using Workflow.Core.Tests.Support;

namespace Workflow.Core.Relational.Tests;

/// <summary>One process with many sub-processes on a database, on which two hosts race for the messages.</summary>
/// <param name="dialect">The dialect of the database.</param>
/// <param name="children">How many sub-processes there are.</param>
[TestFixture(SqlDialect.Sqlite, 60)]
[TestFixture(SqlDialect.PostgreSql, 60)]
[TestFixture(SqlDialect.Sqlite, 1_000, Category = ExhaustiveAttribute.Category)]
[TestFixture(SqlDialect.PostgreSql, 1_000, Category = ExhaustiveAttribute.Category)]
internal sealed class FamilyTests(SqlDialect dialect, int children)
{
    [Test]
    public async Task All_sub_processes_end_at_once_and_the_parent_goes_on_once([Values(1, 2)] int hosts)
    {
        await using var database = TestDatabase.Create(dialect);

        await new FanOut(() => database.NewStore(), children).RunAsync(dialect is SqlDialect.Sqlite ? 1 : hosts);
    }
}
