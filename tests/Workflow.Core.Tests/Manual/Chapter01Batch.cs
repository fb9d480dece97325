using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter01Batch
{
    private static readonly DestinationField<int> Form = new("Form", initial: 0);

    private static Task<WorkflowTestBed> CreateAsync() => WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity
        .Fields(Form).Once(2, 1).Chooses(more: task => task.Action("Sign", action => action.NotBatchable()))));

    private static async Task<SerialNumber[]> BeginAsync(WorkflowTestBed bed, int count)
    {
        var serials = new SerialNumber[count];
        for (var place = 0; place < count; place++)
        {
            serials[place] = new SerialNumber(await bed.BeginAsync(), 1);
        }

        return serials;
    }

    private static async Task<string> StandingAsync(WorkflowTestBed bed, SerialNumber[] serials)
    {
        var words = new List<string>();
        foreach (var serial in serials)
        {
            words.Add((await bed.StatusAsync(serial.ProcessInstance)).ToString());
        }

        return string.Join(' ', words);
    }

    [Test]
    [Statement("1.13")]
    public async Task An_action_is_batchable_unless_said_otherwise()
    {
        await using var bed = await CreateAsync();

        var item = await bed.ItemAsync("A", await bed.BeginAsync());

        item.Actions.ShouldBe(
        [
            new WorklistAction("Approve", ActionKind.Finish, IsBatchable: true),
            new WorklistAction("Reject", ActionKind.Finish, IsBatchable: true),
            new WorklistAction("Save", ActionKind.Update, IsBatchable: true),
            new WorklistAction("Sign", ActionKind.Finish, IsBatchable: false),
        ]);
    }

    [Test]
    [Statement("1.13")]
    public async Task A_batch_takes_the_action_on_each_item_for_itself([Values(0, 1, 3)] int count)
    {
        await using var bed = await CreateAsync();
        var serials = await BeginAsync(bed, count);

        var results = await bed.Engine.As("A").Worklist.ExecuteAsync(serials, "Approve", answer => answer.Set(Form, 4));

        results.ShouldBe(serials.Select(serial => new BatchResult(serial, null)));
        results.ShouldAllBe(result => result.IsDone);
        (await StandingAsync(bed, serials)).ShouldBe(string.Join(' ', Enumerable.Repeat("Completed", count)));
    }

    [Test]
    [Statement("1.13")]
    public async Task One_that_fails_harms_no_other_and_says_why()
    {
        await using var bed = await CreateAsync();
        var serials = await BeginAsync(bed, 4);
        await bed.OpenAsync("B", serials[1]);
        await bed.ActAsync("B", serials[2], "Reject");
        var unknown = new SerialNumber(serials[0].ProcessInstance, 77);

        var results = await bed.Engine.As("A").Worklist.ExecuteAsync([.. serials, unknown], "Approve");

        results.Select(result => result.Serial).ShouldBe([.. serials, unknown]);
        results.Select(result => (result.Error as WorklistItemNotFoundException)?.Reason)
            .ShouldBe([null, WorklistItemEnd.NoSlotLeft, WorklistItemEnd.Completed, null, WorklistItemEnd.Unknown]);
        results.Select(result => result.IsDone).ShouldBe([true, false, false, true, false]);
        (await StandingAsync(bed, serials)).ShouldBe("Completed Active Completed Completed");
    }

    [Test]
    [Statement("1.13")]
    public async Task The_same_item_twice_is_done_once()
    {
        await using var bed = await CreateAsync();
        var serials = await BeginAsync(bed, 1);

        var results = await bed.Engine.As("A").Worklist.ExecuteAsync([serials[0], serials[0]], "Approve");

        results.Select(result => result.IsDone).ShouldBe([true, false]);
        results[1].Error.ShouldBeOfType<WorklistItemNotFoundException>().Reason.ShouldBe(WorklistItemEnd.Completed);
    }

    [Test]
    [Statement("1.13")]
    [Statement("2.11")]
    public async Task An_action_that_is_not_batchable_needs_an_open_item()
    {
        await using var bed = await CreateAsync();
        var serials = await BeginAsync(bed, 2);
        await bed.OpenAsync("A", serials[1]);
        var before = await bed.StoredBytesAsync(serials[0].ProcessInstance);

        var results = await bed.Engine.As("A").Worklist.ExecuteAsync(serials, "Sign");

        results.Select(result => result.IsDone).ShouldBe([false, true]);
        results[0].Error.ShouldBeOfType<WorklistItemRefusedException>().Serial.ShouldBe(serials[0]);
        (await bed.StoredBytesAsync(serials[0].ProcessInstance)).ShouldBe(before);
        (await StandingAsync(bed, serials)).ShouldBe("Active Completed");
    }

    [Test]
    [Statement("1.13")]
    public async Task An_action_that_is_batchable_takes_the_slot_by_itself()
    {
        await using var bed = await CreateAsync();
        var serials = await BeginAsync(bed, 1);

        await bed.ActAsync("A", serials[0], "Save", answer => answer.Set(Form, 4));

        (await bed.StandingAsync(serials[0].ProcessInstance, "A", "B")).ShouldBe("Op Al");
        (await bed.CountAsync(serials[0].ProcessInstance, JournalKind.SlotOpened)).ShouldBe(1);
    }

    [Test]
    [Statement("1.13")]
    public async Task Several_items_are_redirected_each_for_itself()
    {
        await using var bed = await CreateAsync();
        var serials = await BeginAsync(bed, 3);
        await bed.ActAsync("B", serials[1], "Approve");

        var results = await bed.Engine.As("A").Worklist.RedirectAsync(serials, "D");

        results.Select(result => (result.Serial, result.IsDone)).ShouldBe([(serials[0], true), (serials[1], false), (serials[2], true)]);
        (await bed.StandingAsync(serials[0].ProcessInstance, "A", "B", "D")).ShouldBe("-- Av Av");
        (await bed.StandingAsync(serials[2].ProcessInstance, "A", "B", "D")).ShouldBe("-- Av Av");
    }

    [Test]
    [Statement("1.13")]
    public async Task Several_items_are_delegated_each_for_itself()
    {
        await using var bed = await CreateAsync();
        var serials = await BeginAsync(bed, 2);

        var results = await bed.Engine.As("A").Worklist.DelegateAsync(serials, Destination.User("D"), ["Reject"]);

        results.ShouldAllBe(result => result.IsDone);
        foreach (var serial in serials)
        {
            (await bed.ItemAsync("D", serial.ProcessInstance)).Actions.Select(action => action.Name).ShouldBe(["Reject"]);
        }
    }

    [Test]
    [Statement("1.13")]
    public async Task Several_items_are_put_to_sleep_each_for_itself()
    {
        await using var bed = await CreateAsync();
        var serials = await BeginAsync(bed, 3);
        await bed.OpenAsync("B", serials[1]);

        var results = await bed.Engine.As("A").Worklist.SleepAsync(serials, TimeSpan.FromSeconds(60));

        results.Select(result => result.IsDone).ShouldBe([true, false, true]);
        (await bed.StandingAsync(serials[0].ProcessInstance, "A")).ShouldBe("Sl");
        (await bed.StandingAsync(serials[1].ProcessInstance, "A")).ShouldBe("Al");
        (await bed.AdvanceAsync(TimeSpan.FromSeconds(60))).ShouldBe(2);
        (await bed.StandingAsync(serials[2].ProcessInstance, "A")).ShouldBe("Av");
    }
}
