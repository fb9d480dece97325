using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter12History
{
    /// <code>
    /// ► Work (waits) ──►
    /// </code>
    private static ProcessDefinition Working { get; } = ProcessDefinition.Define("Working", process =>
        process.OpenToAll().StartsWith(process.Activity("Work", activity => activity.Waits())));

    [Test]
    [Statement("12.6")]
    public async Task Facts_are_numbered_without_gaps_and_only_ever_added_to()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Working);
        var id = await bed.BeginAsync();
        var before = await bed.HistoryAsync(id);

        bed.Clock.Advance(TimeSpan.FromDays(1));
        await bed.FinishAsync(new SerialNumber(id, 1));

        var after = await bed.HistoryAsync(id);
        after.Take(before.Count).ShouldBe(before);
        after.Select(fact => fact.Number).ShouldBe(Enumerable.Range(1, after.Count).Select(number => (long)number));
        after[^1].Kind.ShouldBe(JournalKind.ProcessCompleted);
        after.Skip(before.Count).ShouldAllBe(fact => fact.Time == WorkflowTestBed.Beginning.AddDays(1));
        after.Single(fact => fact.Kind is JournalKind.ServerItemFinished).User.ShouldBe("bank");
    }

    [Test]
    [Statement("8.6")]
    public async Task An_instance_is_running_while_code_of_it_runs_then_active_then_completed()
    {
        var gate = new Gate();
        var definition = ProcessDefinition.Define("Slow", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Work", activity => activity
                .Server("Pass", async (context, cancellation) => await gate.PassAsync(context.Serial, cancellation))
                .Waits()));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);

        var start = bed.StartAsync("dora");
        var serial = await gate.Reached;
        (await bed.StatusAsync(serial.ProcessInstance)).ShouldBe(ProcessInstanceStatus.Running);
        gate.Open();
        (await start).Status.ShouldBe(ProcessInstanceStatus.Active);
        await bed.FinishAsync(serial);

        (await bed.StatusAsync(serial.ProcessInstance)).ShouldBe(ProcessInstanceStatus.Completed);
    }
}
