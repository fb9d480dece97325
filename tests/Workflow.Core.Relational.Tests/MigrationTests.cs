using Workflow.Core.Tests.Support;

namespace Workflow.Core.Relational.Tests;

/// <summary>Instances are moved to other versions, each on a database of its own; <see cref="EveryWait"/> and <see cref="MigrationWalk"/> say what
/// holds.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class MigrationTests(SqlDialect dialect)
{
    private const int Walks = 5;

    [Test]
    public async Task Everything_that_an_instance_can_wait_for_goes_on_in_the_other_version([Values] EveryWait.Halt halt)
    {
        await using var database = TestDatabase.Create(dialect);
        await new EveryWait().RunAsync(halt, options => options.Store = database.NewStore());
    }

    [Test]
    public async Task Everything_that_a_stored_instance_waits_for_goes_on_in_the_other_version([Values] EveryWait.Halt halt)
    {
        await using var database = TestDatabase.Create(dialect);
        await new EveryWait().RunStoredAsync(halt, options => options.Store = database.NewStore());
    }

    [Test]
    public async Task Every_instance_is_refused_with_a_reason_or_goes_on_in_the_other_version([Seeds(4)] int seed)
    {
        for (var walk = 0; walk < Walks; walk++)
        {
            await using var database = TestDatabase.Create(dialect);
            await new MigrationWalk((seed * 1_000) + walk).RunAsync($"seed {seed}, walk {walk}, {dialect}", options => options.Store = database.NewStore());
        }
    }
}
