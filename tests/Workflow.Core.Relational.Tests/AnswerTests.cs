using Workflow.Core.Tests.Support;

namespace Workflow.Core.Relational.Tests;

/// <summary>Answers of outside systems, with an engine and a store of its own for each step; <see cref="AnswerCase"/> says what holds.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class AnswerTests(SqlDialect dialect)
{
    [Test]
    public async Task Each_step_goes_on_with_what_is_stored()
    {
        await using var database = TestDatabase.Create(dialect);

        await AnswerCase.RunAsync(() => database.NewStore());
    }
}
