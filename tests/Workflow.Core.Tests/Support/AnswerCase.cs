using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>Outside systems that answer, before and after their code has returned. Each step is taken by an engine that has only what the store has
/// kept.</summary>
internal static class AnswerCase
{
    private static readonly ProcessField<int> _amount = new("Amount");

    /// <param name="store">Opens the store anew.</param>
    public static async Task RunAsync(Func<IProcessStore> store)
    {
        ProcessInstanceId id = default;
        await StepAsync(store, async bed => id = (await bed.StartAsync("dora")).Id);
        await StepAsync(store, bed => Should.ThrowAsync<ServerItemAnswerException>(() => bed.FinishAsync("bank", new SerialNumber(id, 1), "Perhaps")));
        await StepAsync(store, async bed => (await bed.FinishAsync("bank", new SerialNumber(id, 2), "Paid")).ShouldBe(FinishReceipt.Applied));
        await StepAsync(store, async bed =>
            (await bed.FinishAsync("bank", new SerialNumber(id, 1), "Rejected", result => result.Set(_amount, 7))).ShouldBe(FinishReceipt.Stored));
        await StepAsync(store, async bed =>
        {
            await Should.ThrowAsync<ServerItemFinishedException>(() => bed.FinishAsync("bank", new SerialNumber(id, 1), "Paid"));
            await bed.AdvanceAsync(TimeSpan.FromHours(1));
            var process = await bed.ReadAsync(id);
            (process.Status, process.Fields.Get<int>("Amount")).ShouldBe((ProcessInstanceStatus.Completed, 7));
            var facts = await bed.HistoryAsync(id);
            facts.Where(fact => fact.Kind is JournalKind.ServerItemFinished).Select(fact => fact.Detail).ShouldBe(["Paid", "Rejected"]);
            facts.Where(fact => fact.Kind is JournalKind.ActivityCompleted).Select(fact => fact.Name).ShouldBe(["Pay", "Refused"]);
        });
    }

    /// <summary>The code for the first destination throws once, so that its next call is awaited.</summary>
    private static ProcessDefinition Define() => ProcessDefinition.Define("Answers", process =>
    {
        process.OpenToAll().Fields(_amount);
        var pay = process.Activity("Pay", activity => activity
            .PlanPerSlot(Slots.Number(2))
            .Waits(
                "Order", context => Call(context.Serial.Destination == 2 || context.Attempt > 1), answers: ["Paid", "Rejected"],
                define: server => server.Retry(attempts: 2, wait: TimeSpan.FromHours(1)))
            .Outcome("Rejected", Answers.AllGiven & (Answers.AtLeast(1) == "Rejected")).Outcome("Paid", Answers.AllGiven));
        process.StartsWith(pay);
        pay.On("Rejected", process.Activity("Refused")).On("Paid", process.Activity("Done"));
    });

    private static void Call(bool isAnswered)
    {
        if (!isAnswered)
        {
            throw new IOException("no answer");
        }
    }

    private static async Task StepAsync(Func<IProcessStore> store, Func<WorkflowTestBed, Task> step)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(), options =>
        {
            options.SilencedFindings = FindingIds.All;
            options.Store = store();
        });
        await step(bed);
    }
}
