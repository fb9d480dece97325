using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;

namespace Workflow.Core.Tests.Manual;

/// <summary>The stores in databases have tests of their own for restores, in Workflow.Core.Relational.Tests.</summary>
[TestFixture]
public sealed class Chapter14Restores
{
    [Test]
    [Statement("14.7c")]
    public async Task The_idempotency_keys_of_two_stores_never_meet()
    {
        var (first, second) = (await KeyAsync(), await KeyAsync());

        first.ShouldEndWith("-1-1");
        second.ShouldEndWith("-1-1");
        first.ShouldNotBe(second);
    }

    [Test]
    public async Task A_store_that_is_given_a_part_puts_it_in_front_of_each_key() =>
        (await KeyAsync(options => options.Store = new InMemoryProcessStore(keyPart: "live"))).ShouldBe("live-1-1");

    [Test]
    [Statement("14.7c")]
    public async Task A_commit_on_top_of_another_than_the_stored_one_is_refused_and_told_why()
    {
        var store = new InMemoryProcessStore();
        var id = await store.ReserveAsync(default);
        await store.CommitAsync(Commits.New(id, 0, []) with { Id = "of another time" }, default);

        var refusal = await Should.ThrowAsync<ConcurrencyException>(
            async () => await store.CommitAsync(Commits.New(id, 1, []) with { LastCommit = "mine" }, default));

        refusal.Message.ShouldContain("restored to an earlier instant");
        refusal.Message.ShouldContain("stored nothing");
    }

    private static async Task<string> KeyAsync(Action<WorkflowOptions>? configure = null)
    {
        var key = "";
        await using var engine = WorkflowEngine.Create(configure);
        await engine.DeployAsync(ProcessDefinition.Define("Order", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Pay", activity => activity.Server("Pay", context => key = context.IdempotencyKey)));
        }));
        await engine.As("dora").StartAsync("Order");
        return key;
    }
}
