using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Management;
using Workflow.Core.Runtime;

namespace Workflow.Core.Relational.Tests;

/// <summary>A definition that was deployed is kept in the database, for all hosts (statements 8.7 and 8.7b).</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
internal sealed class DefinitionTests(SqlDialect dialect)
{
    [Test]
    public async Task One_of_many_hosts_that_deploy_different_content_at_once_wins_and_the_others_are_refused()
    {
        await using var database = TestDatabase.Create(dialect);
        await database.NewStore().EnsureSchemaAsync();
        var engines = Enumerable.Range(0, 4).Select(_ => NewEngine(database)).ToList();

        var deployed = await Task.WhenAll(engines.Select((engine, number) => Task.Run(() => TryDeployAsync(engine, Define(1, $"Work {number}")))));

        deployed.Count(isDeployed => isDeployed).ShouldBe(1);
        foreach (var engine in engines)
        {
            await engine.DisposeAsync();
        }
    }

    [Test]
    public async Task A_start_in_a_transaction_of_the_host_is_on_the_default_version_and_deploying_is_no_part_of_it()
    {
        await using var database = TestDatabase.Create(dialect);
        await using var engine = NewEngine(database);
        await using var other = NewEngine(database);
        await engine.DeployAsync([Define(1), Define(2)]);
        await other.DeployAsync([Define(1), Define(2)]);
        await other.AsSystem().ManageDefinitions().SetDefaultAsync("Short", 1);
        await engine.AsSystem().ManageDefinitions().SetDefaultAsync("Short", 1);
        StartedProcess started;
        await using (var connection = await database.Source.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            started = await engine.Within(transaction).AsSystem().StartAsync("Short");
            if (dialect is SqlDialect.PostgreSql)
            {
                await engine.DeployAsync(Define(3), new DeploymentOptions { BecomesDefault = false });
            }

            await transaction.RollbackAsync();
        }

        await Should.ThrowAsync<ProcessInstanceNotFoundException>(() => engine.AsSystem().ReadAsync(started.Id).AsTask());
        var id = (await engine.AsSystem().StartAsync("Short")).Id;
        (await engine.AsSystem().ReadAsync(id)).DefinitionVersion.ShouldBe(1);
        (await engine.AsSystem().ManageDefinitions().ListAsync("Short")).Select(version => version.Version).ShouldBe(
            dialect is SqlDialect.PostgreSql ? [1, 2, 3] : [1, 2]);
    }

    private static async Task<bool> TryDeployAsync(WorkflowEngine engine, ProcessDefinition definition)
    {
        try
        {
            await engine.DeployAsync(definition);
            return true;
        }
        catch (ProcessDefinitionException)
        {
            return false;
        }
    }

    private static ProcessDefinition Define(int version, string activity = "Work") => ProcessDefinition.Define("Short", process =>
        process.Version(version).StartsWith(process.Activity(activity)));

    private static WorkflowEngine NewEngine(TestDatabase database) => WorkflowEngine.Create(options =>
    {
        options.Store = database.NewStore();
        options.TakesUpWork = false;
    });
}
