using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Client;

[TestFixture]
public sealed class CancellationTests
{
    [Test]
    [Statement("14.5")]
    public async Task A_user_who_has_given_up_before_they_ask_changes_nothing()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approvals.Approval);
        var given = new CancellationToken(canceled: true);

        await Should.ThrowAsync<OperationCanceledException>(
            async () => await bed.Engine.As("dora").StartAsync("Approval", start => start.Set(Approvals.Purpose, "travel"), given));
        await bed.Store.ShouldBeEmptyAsync();

        var id = (await bed.StartAsync("dora", start => start.Set(Approvals.Purpose, "travel"))).Id;
        var before = await bed.StoredBytesAsync(id);
        await Should.ThrowAsync<OperationCanceledException>(
            async () => await bed.Engine.As("bank").FinishAsync(new SerialNumber(id, 1), cancellation: given));
        (await bed.StoredBytesAsync(id)).ShouldBe(before);
    }

    [Test]
    [Statement("14.5")]
    public async Task A_caller_who_gives_up_waiting_loses_nothing()
    {
        var gate = new Gate();
        var spy = new SpyStore();
        await using var bed = await WorkflowTestBed.CreateAsync(Approvals.Gated(() => gate), options => options.Store = spy);
        using var giveUp = new CancellationTokenSource();
        var starting = bed.Engine.As("dora").StartAsync("Gated", cancellation: giveUp.Token).AsTask();
        var serial = await gate.Reached;

        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(starting);
        gate.Open();

        await spy.CompletedAsync(serial.ProcessInstance);
        (await bed.StatusAsync(serial.ProcessInstance)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("14.5")]
    public async Task A_finish_whose_caller_gives_up_behind_another_command_is_done_or_not_but_never_by_half()
    {
        var gate = new Gate();
        var spy = new SpyStore();
        var definition = ProcessDefinition.Define("Holding", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Wait", activity => activity.Waits()
                .Server("Hold", async (context, cancellation) => await gate.PassAsync(context.Serial, cancellation))));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition, options => options.Store = spy);
        var id = await bed.BeginAsync();
        using var giveUp = new CancellationTokenSource();

        var finishing = bed.Engine.As("bank").FinishAsync(new SerialNumber(id, 1), cancellation: giveUp.Token).AsTask();
        await gate.Reached;
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(finishing);
        gate.Open();

        await spy.CompletedAsync(id);
        await Should.ThrowAsync<ServerItemFinishedException>(() => bed.FinishAsync(new SerialNumber(id, 1)));
    }
}
