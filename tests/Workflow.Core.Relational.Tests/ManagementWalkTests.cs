using Workflow.Core.Tests.Support;

namespace Workflow.Core.Relational.Tests;

/// <summary>Random definitions are managed at random, each on a database of its own; <see cref="ManagementWalk"/> says what holds.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class ManagementWalkTests(SqlDialect dialect)
{
    private const int Walks = 5;

    [Test]
    public async Task Every_instance_does_what_each_preview_told_and_ends_or_waits_for_something_that_can_be_named([Seeds(4)] int seed)
    {
        for (var walk = 0; walk < Walks; walk++)
        {
            await using var database = TestDatabase.Create(dialect);
            await new ManagementWalk((seed * 1_000) + walk).RunAsync(
                $"seed {seed}, walk {walk}, {dialect}", options => options.Store = database.NewStore());
        }
    }
}
