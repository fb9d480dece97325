using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>An answer that is kept until the code has returned is read by every later version; see <see cref="GoldenTests"/>.</summary>
[TestFixture]
internal sealed class GoldenAnswerTests
{
    private static readonly ProcessField<int> _amount = new("Amount");

    /// <param name="code">The code that passes the work on.</param>
    private static Task<WorkflowTestBed> BedAsync(Func<Task> code) => WorkflowTestBed.CreateAsync(
        ProcessDefinition.Define("Payment", process =>
        {
            process.OpenToAll().Fields(_amount);
            process.StartsWith(process.Activity("Pay", activity => activity
                .Waits("Order", async (_, _) => await code(), answers: ["Paid", "Rejected"])
                .OutcomesFromActions()));
        }),
        options => options.SilencedFindings = FindingIds.All);

    [Test]
    [Statement("13.8")]
    [Statement("7.3b")]
    public async Task An_answer_that_version_23_has_kept_is_read_and_applied()
    {
        var one = new ProcessInstanceId(1);
        var lines = await GoldenFile.LinesAsync("23", "answers.txt", async () =>
        {
            var (called, returns) = (new TaskCompletionSource(), new TaskCompletionSource());
            await using var writing = await BedAsync(() =>
            {
                called.TrySetResult();
                return returns.Task;
            });
            var starting = writing.StartAsync("dora");
            await called.Task;
            await writing.FinishAsync("bank", one.Task(1), "Rejected", result => result.Set(_amount, 7));
            var stored = await GoldenFile.StoredAsync(writing, one);
            returns.SetResult();
            await starting;
            return stored;
        });
        await using var bed = await BedAsync(() => Task.CompletedTask);
        await GoldenFile.StoreAsync(bed, lines, hasPendingCall: true, definition: "Payment");
        (await bed.TranscriptAsync(one)).ShouldBe(GoldenFile.TranscriptIn(lines));

        await bed.RestartAsync();

        var process = await bed.ReadAsync(one);
        (process.Status, process.Fields.Get<int>("Amount")).ShouldBe((ProcessInstanceStatus.Completed, 7));
        (await bed.OutcomesAsync(one)).ShouldBe(["Rejected"]);
    }
}
