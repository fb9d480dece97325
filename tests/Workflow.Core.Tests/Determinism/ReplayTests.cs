using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Testing;
using Workflow.Core.Tests.Scenarios;

namespace Workflow.Core.Tests.Determinism;

[TestFixture]
public sealed class ReplayTests
{
    private static readonly ProcessField<string> Answer = new("Answer");

    [Test]
    [Statement("14.1")]
    public async Task A_replay_equals_the_recorded_run_byte_for_byte([Values] bool breaks, [Values] bool restarts)
    {
        await using var original = await Runs.PlayAsync(breaks: breaks, restarts: restarts);

        await using var replay = await original.Recording().ReplayAsync();

        (await replay.BytesAsync()).ShouldBe(await original.BytesAsync());
        (await replay.TranscriptAsync(new(1))).ShouldBe(await original.TranscriptAsync(new(1)));
    }

    [Test]
    [Statement("14.1")]
    public async Task A_replay_of_a_replay_equals_it_too()
    {
        await using var original = await Runs.PlayAsync();
        await using var replay = await original.Recording().ReplayAsync();

        await using var again = await replay.Recording().ReplayAsync();

        (await again.BytesAsync()).ShouldBe(await original.BytesAsync());
        replay.Recording().Count.ShouldBe(original.Recording().Count);
    }

    [Test]
    [Statement("14.1")]
    public async Task A_replay_repeats_what_the_code_did_and_does_not_call_it()
    {
        var calls = 0;
        var definition = ProcessDefinition.Define("Chance", process =>
        {
            process.OpenToAll().Fields(Answer);
            process.StartsWith(process.Activity("Ask", activity => activity.Server("Ask", context =>
            {
                calls++;
                context.Set(Answer, Guid.NewGuid().ToString());
                context.WaitUntilFinished(Guid.NewGuid().ToString());
            })));
        });
        await using var original = await WorkflowTestBed.CreateAsync(definition);
        var id = await original.BeginAsync();

        await using var replay = await original.Recording().ReplayAsync();

        calls.ShouldBe(1);
        (await replay.StoredBytesAsync(id)).ShouldBe(await original.StoredBytesAsync(id));
        (await replay.ReadAsync(id)).Fields.Get<string>("Answer").ShouldBe((await original.ReadAsync(id)).Fields.Get<string>("Answer"));
    }

    [Test]
    [Statement("14.1")]
    public async Task Commands_that_were_refused_are_refused_again()
    {
        await using var original = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Plain", process =>
        {
            process.Rights(rights => rights.Admin("dora"));
            process.StartsWith(process.Activity("Wait", activity => activity.Waits()));
        }));
        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => original.StartAsync("eve"));
        var id = await original.BeginAsync();
        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => original.FinishAsync("eve", new SerialNumber(id, 1)));
        await original.FinishAsync("dora", new SerialNumber(id, 1));
        await Should.ThrowAsync<ServerItemFinishedException>(() => original.FinishAsync("dora", new SerialNumber(id, 1)));

        await using var replay = await original.Recording().ReplayAsync();

        original.Recording().Count.ShouldBe(5);
        (await replay.StoredBytesAsync(id)).ShouldBe(await original.StoredBytesAsync(id));
    }

    [Test]
    [Statement("14.1")]
    public async Task A_replay_has_a_store_of_its_own_even_when_the_test_configured_one()
    {
        var store = new InMemoryProcessStore();
        await using var original = await Runs.PlayAsync(options => options.Store = store);
        var before = await original.BytesAsync();

        await using var replay = await original.Recording().ReplayAsync();

        replay.Store.ShouldNotBeSameAs(store);
        (await original.BytesAsync()).ShouldBe(before);
        (await replay.BytesAsync()).ShouldBe(before);
    }
}
