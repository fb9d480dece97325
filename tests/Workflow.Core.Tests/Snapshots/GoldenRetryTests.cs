using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>A server event that waits for its next attempt is read by every later version; see <see cref="GoldenTests"/>.</summary>
[TestFixture]
internal sealed class GoldenRetryTests
{
    /// <code>
    /// ► Pay: Call (fails, always passed over), Pay (fails, retried after a minute) ──►
    /// </code>
    private static ProcessDefinition Define(Func<bool> fails) => ProcessDefinition.Define("Golden", process => process
        .OpenToAll()
        .StartsWith(process.Activity("Pay", activity => activity
            .Server("Call", _ => throw new TimeoutException("nobody there"), define: call => call.ExceptionRule(_ => ExceptionDecision.Continue))
            .Server(
                "Pay",
                _ =>
                {
                    if (fails())
                    {
                        throw new IOException("no answer");
                    }
                },
                define: pay => pay.Retry(attempts: 4, wait: TimeSpan.FromMinutes(1))))));

    [Test]
    [Statement("13.8")]
    [Statement("13.2")]
    [Statement("8.3")]
    public async Task An_event_that_version_14_has_stored_between_two_attempts_is_read_and_can_be_ended()
    {
        var lines = await GoldenFile.LinesAsync("14", "retrying.txt", async () =>
        {
            await using var writing = await WorkflowTestBed.CreateAsync(Define(() => true));
            var id = (await writing.StartAsync("dora")).Id;
            await writing.AdvanceAsync(TimeSpan.FromMinutes(1));
            return await GoldenFile.StoredAsync(writing, id);
        });
        await using var bed = await WorkflowTestBed.CreateAsync(Define(() => false));
        await GoldenFile.StoreAsync(bed, lines);
        var one = new ProcessInstanceId(1);
        (await bed.TranscriptAsync(one)).ShouldBe(GoldenFile.TranscriptIn(lines));
        var process = await bed.ReadAsync(one);
        process.Activities[0].Destinations[0].Event!.Attempts.ShouldBe(2);
        process.Activities[0].Destinations[0].RetriesAt.ShouldBe(WorkflowTestBed.Beginning.AddMinutes(2));

        await bed.Engine.As("boss").ManageProcesses().ExpireEventAsync(new SerialNumber(one, 1));

        (await bed.ReadAsync(one)).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }
}
