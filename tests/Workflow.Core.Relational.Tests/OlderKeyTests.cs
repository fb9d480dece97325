using Workflow.Core.Client;
using Workflow.Core.Definitions;

namespace Workflow.Core.Relational.Tests;

/// <summary>Version 0.1 stored an idempotency key without the principal. A key that it stored is found by its owner,
/// and blocks nobody else (statement 13.7).</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
internal sealed class OlderKeyTests(SqlDialect dialect)
{
    private static readonly ProcessDefinition _claim = ProcessDefinition.Define("Claim", process => process
        .Rights(rights => rights.Everyone(ProcessRight.Start))
        .StartsWith(process.Activity("Wait", activity => activity.Server("Ask", context => context.WaitUntilFinished()))));

    [Test]
    public async Task A_key_that_an_older_version_stored_is_found_by_its_owner_and_is_another_key_for_others()
    {
        await using var database = TestDatabase.Create(dialect);
        await using var engine = WorkflowEngine.Create(options => options.Store = database.NewStore());
        await engine.DeployAsync(_claim);
        var first = await engine.As("dora").Once("mail-2").StartAsync("Claim");
        var table = (database.Options.Schema is { } schema ? $"{schema}." : "") + database.Options.TablePrefix + "request";
        await database.ScalarAsync($"UPDATE {table} SET request_key = 'mail-2'");

        var others = await engine.As("eve").Once("mail-2").StartAsync("Claim");

        (await engine.As("dora").Once("mail-2").StartAsync("Claim")).Id.ShouldBe(first.Id);
        others.Id.ShouldNotBe(first.Id);
        (await engine.As("EVE").Once("mail-2").StartAsync("Claim")).Id.ShouldBe(others.Id);
    }
}
