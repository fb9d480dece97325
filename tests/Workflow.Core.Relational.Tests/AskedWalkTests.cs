using Workflow.Core.Tests.Support;

namespace Workflow.Core.Relational.Tests;

/// <summary>Users and administrators ask whether they may do something, and then try it, in random states of random definitions on a database.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class AskedWalkTests(SqlDialect dialect)
{
    private const int Walks = 3;

    [Test]
    public async Task An_allowed_call_succeeds_and_a_denied_one_is_refused_with_the_same_reason([Seeds(3)] int seed)
    {
        for (var number = 0; number < Walks; number++)
        {
            await using var database = TestDatabase.Create(dialect);
            var walk = new ManagementWalk((seed * 1_000) + number) { Asks = true };
            await walk.RunAsync($"seed {seed}, walk {number}, {dialect}", options => options.Store = database.NewStore());
        }
    }
}
