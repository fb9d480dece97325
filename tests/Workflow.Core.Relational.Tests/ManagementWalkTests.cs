using System.Globalization;
using Workflow.Core.Tests.Support;

namespace Workflow.Core.Relational.Tests;

/// <summary>Random definitions are managed at random, each on a database of its own; <see cref="ManagementWalk"/> says what holds.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class ManagementWalkTests(SqlDialect dialect)
{
    private const int Walks = 5;

    /// <summary>So many states at least does a walk compare, on the average of all.</summary>
    private const int States = 5;

    /// <summary>So many states at least does a walk compare, on the average of those of a test.</summary>
    private const int StatesOfTest = 2;

    private int _previews;
    private int _walks;

    [Test]
    public async Task Every_instance_does_what_each_preview_told_and_ends_or_waits_for_something_that_can_be_named([Seeds(4)] int seed)
    {
        var previews = 0;
        for (var number = 0; number < Walks; number++)
        {
            await using var database = TestDatabase.Create(dialect);
            var walk = new ManagementWalk((seed * 1_000) + number);
            await walk.RunAsync($"seed {seed}, walk {number}, {dialect}", options => options.Store = database.NewStore());
            previews += walk.Previews;
        }

        Interlocked.Add(ref _walks, Walks);
        Interlocked.Add(ref _previews, previews);
        previews.ShouldBeGreaterThanOrEqualTo(Walks * StatesOfTest);
    }

    [OneTimeTearDown]
    public void TellPreviews()
    {
        TestContext.Progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_previews} previews on {dialect}"));
        _previews.ShouldBeGreaterThanOrEqualTo(_walks * States);
    }
}
