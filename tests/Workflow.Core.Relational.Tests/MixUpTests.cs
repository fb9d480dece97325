using Workflow.Core.Tests.Support;

namespace Workflow.Core.Relational.Tests;

/// <summary>Parts that are mixed up in a database are found; the instance is set aside with the reason, and the others go on (statement 14.7b).</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
[Parallelizable(ParallelScope.Self)]
internal sealed class MixUpTests(SqlDialect dialect)
{
    public static IEnumerable<string> Names => MixUps.Names;

    [TestCaseSource(nameof(Names))]
    [CancelAfter(60_000)]
    public async Task It_is_found_and_harms_nobody_else_when(string mixUp)
    {
        await using var database = TestDatabase.Create(dialect);
        await MixUps.CheckAsync(database.NewStore(), mixUp);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task It_is_found_when_the_details_of_errors_are_mixed_up([Values] bool areSwapped)
    {
        await using var database = TestDatabase.Create(dialect);
        await MixUps.CheckErrorsAsync(database.NewStore(), areSwapped);
    }
}
