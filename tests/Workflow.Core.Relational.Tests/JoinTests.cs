using Workflow.Core.Definitions;
using Workflow.Core.Testing;
using Workflow.Core.Tests.Support;

namespace Workflow.Core.Relational.Tests;

/// <summary>Every join of two branches, over two runs of the split, with a restart before the last arrival; <see cref="JoinCase"/> says what holds.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class JoinTests(SqlDialect dialect)
{
    private static IEnumerable<TestCaseData> Joins() => Enum.GetValues<OracleJoin>().Select(kind => new TestCaseData(kind).SetArgDisplayNames($"{kind}"));

    [TestCaseSource(nameof(Joins))]
    public async Task A_join_goes_on_with_the_arrivals_that_are_stored(object kind)
    {
        await using var database = TestDatabase.Create(dialect);
        var item = new JoinCase((OracleJoin)kind, Count: 2, Branches: 2, JoinRounds.Loop);
        await using var bed = await WorkflowTestBed.CreateAsync(item.Define(), options =>
        {
            options.SilencedFindings = FindingIds.All;
            options.Store = database.NewStore();
        });
        foreach (var steps in item.Sequences([0, 1], canEnd: false))
        {
            await item.CompareAsync(bed, [0, 1], steps, isStored: true);
        }
    }
}
