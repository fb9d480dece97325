using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>The history of what administrators did is read by every later version; see <see cref="GoldenTests"/>.</summary>
[TestFixture]
internal sealed class GoldenManagementTests
{
    /// <code>
    /// ► Pay (fails once) ──► Approve (ann) ──► Close (ann) ──►
    /// </code>
    private static ProcessDefinition Define(Func<bool> fails) => ProcessDefinition.Define("Golden", process =>
    {
        process.OpenToAll();
        var pay = process.Activity("Pay", activity => activity.Server("Pay", _ =>
        {
            if (fails())
            {
                throw new InvalidOperationException("no money");
            }
        }));
        var approve = process.Activity("Approve", activity => activity.Destinations(to => to.Users("ann")).Client("Approve", task => task.Action("Done")));
        process.StartsWith(pay);
        pay.To(approve);
        approve.To(process.Activity("Close", activity => activity.Destinations(to => to.Users("ann")).Client("Close", task => task.Action("Done"))));
    });

    [Test]
    [Statement("13.8")]
    [Statement("8.2")]
    [Statement("8.9")]
    public async Task A_retry_a_goto_and_an_end_that_version_12_has_stored_are_read_as_they_were()
    {
        var lines = await GoldenAsync("12", "managed.txt", async (writing, id) =>
        {
            var admin = writing.Engine.As("boss").ManageProcesses();
            await admin.RetryAsync(id, reason: "The bank answers again.");
            await admin.GoToAsync(id, "Pay", reason: "Once more.");
            await admin.ExpireActivityAsync(id, "Approve");
        });
        await using var bed = await WorkflowTestBed.CreateAsync(Define(() => false));
        await GoldenFile.StoreAsync(bed, lines);

        var one = new ProcessInstanceId(1);
        (await bed.TranscriptAsync(one)).ShouldBe(GoldenFile.TranscriptIn(lines));
        (await bed.OpenActivitiesAsync(one)).ShouldBe(["Close"]);
        var facts = (await bed.HistoryAsync(one)).Where(entry => entry.User == "boss").Select(entry => (entry.Kind, entry.Name, entry.Detail));
        facts.ShouldBe(
        [
            (JournalKind.Retried, "server event 'Pay' of 'Pay'", "The bank answers again."),
            (JournalKind.GotoOrdered, "Pay", "Once more."),
            (JournalKind.ExpiryOrdered, "Approve", null),
        ]);
    }

    /// <summary>A step that waits is stored by name, so a later version of the library takes it.</summary>
    [Test]
    [Statement("13.8")]
    [Statement("8.6")]
    public async Task A_stopped_instance_with_a_target_that_version_13_has_stored_is_resumed()
    {
        var lines = await GoldenAsync("13", "stopped.txt", async (writing, id) =>
        {
            var admin = writing.Engine.As("boss").ManageProcesses();
            await admin.RetryAsync(id);
            await admin.StopAsync(id, reason: "The customer has complained.");
            await admin.GoToAsync(id, "Close");
        });
        await using var bed = await WorkflowTestBed.CreateAsync(Define(() => false));
        await GoldenFile.StoreAsync(bed, lines);
        var one = new ProcessInstanceId(1);
        (await bed.TranscriptAsync(one)).ShouldBe(GoldenFile.TranscriptIn(lines));
        (await bed.ReadAsync(one)).Status.ShouldBe(ProcessInstanceStatus.Stopped);

        await bed.Engine.As("boss").ManageProcesses().ResumeAsync(one);

        (await bed.OpenActivitiesAsync(one)).ShouldBe(["Close"]);
    }

    [Test]
    [Statement("13.8")]
    [Statement("8.2c")]
    public async Task An_error_with_its_number_that_version_13_has_stored_is_retried()
    {
        var lines = await GoldenAsync("13", "failed.txt", (_, _) => Task.CompletedTask);
        await using var bed = await WorkflowTestBed.CreateAsync(Define(() => false));
        await GoldenFile.StoreAsync(bed, lines);
        var one = new ProcessInstanceId(1);
        var error = (await bed.ReadAsync(one)).Error.ShouldNotBeNull();
        error.Number.ShouldBe((await bed.HistoryAsync(one)).Single(entry => entry.Kind is JournalKind.ProcessError).Number);

        await bed.Engine.As("boss").ManageProcesses().RetryAsync(one, error);

        (await bed.OpenActivitiesAsync(one)).ShouldBe(["Approve"]);
    }

    [Test]
    [Statement("13.8")]
    [Statement("8.6b")]
    public async Task A_deleted_instance_that_version_13_has_stored_is_read_as_it_was()
    {
        var lines = await GoldenAsync("13", "deleted.txt", async (writing, id) =>
            await writing.Engine.As("boss").ManageProcesses().DeleteAsync(id, reason: "It was a test."));
        await using var bed = await WorkflowTestBed.CreateAsync(Define(() => false));
        await GoldenFile.StoreAsync(bed, lines);

        var one = new ProcessInstanceId(1);
        (await bed.TranscriptAsync(one)).ShouldBe(GoldenFile.TranscriptIn(lines));
        (await bed.ReadAsync(one)).Status.ShouldBe(ProcessInstanceStatus.Deleted);
        (await bed.HistoryAsync(one)).Single(entry => entry.Kind is JournalKind.ProcessDeleted).Detail.ShouldBe("It was a test.");
    }

    /// <summary>The lines of a golden file. One that is missing is written when that is asked for, from an instance in Error.</summary>
    private static async Task<string[]> GoldenAsync(string version, string name, Func<WorkflowTestBed, ProcessInstanceId, Task> manage)
    {
        return await GoldenFile.LinesAsync(version, name, async () =>
        {
            var fails = true;
            await using var writing = await WorkflowTestBed.CreateAsync(Define(() => fails));
            var id = (await writing.StartAsync("dora")).Id;
            fails = false;
            await manage(writing, id);
            return await GoldenFile.StoredAsync(writing, id);
        });
    }
}
