using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Manual;

/// <summary>Instances may run in what the store keeps, whatever a host thinks of it later.</summary>
[TestFixture]
internal sealed class Chapter13StoredFindings
{
    [Test]
    [Statement("8.7")]
    [Statement("13.4")]
    public async Task A_definition_that_the_store_keeps_is_not_refused_for_its_findings()
    {
        var store = new InMemoryProcessStore();
        await using (var before = WorkflowEngine.Create(options => options.Store = store))
        {
            await before.DeployAsync(Island(version: 1));
        }

        await using var engine = WorkflowEngine.Create(options =>
        {
            options.Store = store;
            options.RefusedFindings = [FindingIds.ActivityNotReached];
        });

        var kept = await engine.DeployAsync(Island(version: 1), new DeploymentOptions { SilencedFindings = [FindingIds.ActivityNotReached] });

        kept.Findings.ShouldHaveSingleItem().Id.ShouldBe(FindingIds.ActivityNotReached);
        (await engine.AsSystem().StartAsync("Island")).Id.ShouldBe(new ProcessInstanceId(1));
        await Should.ThrowAsync<ProcessDefinitionException>(async () => await engine.DeployAsync([Island(version: 1), Island(version: 2)]));
        (await engine.AsSystem().ReadAsync((await engine.AsSystem().StartAsync("Island")).Id)).DefinitionVersion.ShouldBe(1);
    }

    private static ProcessDefinition Island(int version) => ProcessDefinition.Define("Island", process =>
    {
        process.OpenToAll().Version(version);
        process.StartsWith(process.Activity("Work"));
        process.Activity("Nowhere");
    });
}
