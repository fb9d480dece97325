using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter01Worklist
{
    private static readonly ProcessField<string> Subject = new("Subject", initial: "none");

    private static Task<WorkflowTestBed> OnceAsync(int people, int slots) =>
        WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Once(people, slots).Chooses()));

    [Test]
    [Statement("1.1")]
    public async Task A_client_event_makes_a_task_that_says_what_it_is_about()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(
            activity => activity.Once(3, 2).Chooses(more: task => task.Url("https://host/task?sn={SerialNumber}&pi={ProcessInstance}").Data(Subject)),
            Subject));

        var id = await bed.BeginAsync(start => start.Folio("Train to Lisbon").Set(Subject, "train"));

        var item = await bed.ItemAsync("B", id);
        item.Serial.ShouldBe(new SerialNumber(id, 1));
        (item.SlotTotal, item.SlotsFree, item.Data, item.Url).ShouldBe((2, 2, "train", $"https://host/task?sn={id}_1&pi={id}"));
        (item.Definition, item.Activity, item.Event, item.ProcessInstance).ShouldBe(("Asking", "Ask", "Decision", id));
        (item.Folio, item.Originator, item.StartedAt).ShouldBe(("Train to Lisbon", "dora", WorkflowTestBed.Beginning));
        item.Get(Subject).ShouldBe("train");
    }

    [Test]
    [Statement("1.1")]
    public async Task A_task_without_url_and_data_has_none()
    {
        await using var bed = await OnceAsync(1, 1);

        var item = await bed.ItemAsync("A", await bed.BeginAsync());

        (item.Url, item.Data).ShouldBe((null, null));
    }

    [Test]
    [Statement("1.1")]
    public async Task The_data_of_a_task_is_read_when_its_event_starts()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Asking(activity => activity.Once(2, 2).Chooses(more: task => task.Data(Subject)), Subject));
        var id = await bed.BeginAsync(start => start.Set(Subject, "train"));

        await bed.ActAsync("A", "Approve", answer => answer.Set(Subject, "plane"));

        var item = await bed.ItemAsync("B", id);
        (item.Data, item.Get(Subject)).ShouldBe(("train", "plane"));
    }

    [Statement("1.3")]
    [TestCase(WorklistItemStatus.Available, 0)]
    [TestCase(WorklistItemStatus.Open, 1)]
    [TestCase(WorklistItemStatus.Allocated, 2)]
    [TestCase(WorklistItemStatus.Sleep, 3)]
    [TestCase(WorklistItemStatus.Completed, 4)]
    public void The_statuses_have_the_numbers_of_the_manual(WorklistItemStatus status, int number) => ((int)status).ShouldBe(number);

    [Test]
    [Statement("1.3")]
    [Statement("1.4")]
    public async Task Each_user_has_a_status_of_their_own()
    {
        await using var bed = await OnceAsync(5, 3);
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);

        await bed.ActAsync("A", serial, "Approve");
        await bed.OpenAsync("B", serial);
        await bed.SleepAsync("D", id, seconds: 60);
        (await bed.StandingAsync(id)).ShouldBe("-- Op Av Sl Av");
        await bed.OpenAsync("C", serial);

        (await bed.StandingAsync(id)).ShouldBe("-- Op Op Sl Al");
    }

    [Statement("1.5")]
    [TestCase(WorklistItemStatus.Available, "")]
    [TestCase(WorklistItemStatus.Open, "B")]
    [TestCase(WorklistItemStatus.Allocated, "CE")]
    [TestCase(WorklistItemStatus.Sleep, "D")]
    [TestCase(WorklistItemStatus.Completed, "")]
    public async Task A_filter_asks_for_statuses(WorklistItemStatus status, string expected)
    {
        await using var bed = await OnceAsync(5, 2);
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", "Approve");
        await bed.SleepAsync("D", id, seconds: 60);
        await bed.OpenAsync("B", new SerialNumber(id, 1));

        var found = "";
        foreach (var user in Worklists.Users)
        {
            var items = await bed.Engine.As(user).Worklist.ListAsync(new WorklistQuery { Statuses = [status] });
            items.ShouldAllBe(item => item.Status == status);
            found += items.Count == 1 ? user : "";
        }

        found.ShouldBe(expected);
        (await bed.SeenByAsync(id)).ShouldBe("B", "what is allocated, asleep or completed is left out unless asked for");
    }

    [Test]
    [Statement("1.5")]
    public async Task The_administrator_sees_all_and_others_do_not_get_that_list()
    {
        await using var bed = await OnceAsync(3, 1);
        var id = await bed.BeginAsync();
        await bed.SleepAsync("C", id, seconds: 60);
        await bed.OpenAsync("B", new SerialNumber(id, 1));

        (await bed.ManagedAsync(id)).ShouldBe(["A - Allocated", "B B Open", "C - Sleep"]);
        (await Management.WorklistManagementExtensions.ManageWorklists(bed.Engine.As("A")).ListAsync()).ShouldBeEmpty();
    }

    [Test]
    [Statement("1.5")]
    public async Task A_task_that_has_ended_is_on_no_worklist()
    {
        await using var bed = await OnceAsync(2, 1);
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve");

        (await bed.StandingAsync(id)).ShouldBe("-- -- -- -- --");
        (await bed.ManagedAsync(id)).ShouldBeEmpty();
    }

    [Test]
    [Statement("1.6")]
    public async Task To_open_without_allocating_takes_nothing()
    {
        await using var bed = await OnceAsync(2, 1);
        var id = await bed.BeginAsync();
        var before = await bed.StoredBytesAsync(id);

        var item = await bed.OpenAsync("A", new SerialNumber(id, 1), allocate: false);

        (item.Status, item.SlotsFree).ShouldBe((WorklistItemStatus.Available, 1));
        (await bed.StandingAsync(id, "A", "B")).ShouldBe("Av Av");
        (await bed.StoredBytesAsync(id)).ShouldBe(before);
    }

    [Test]
    [Statement("1.6")]
    public async Task To_open_again_what_one_has_open_changes_nothing()
    {
        await using var bed = await OnceAsync(2, 2);
        var id = await bed.BeginAsync();
        var first = await bed.OpenAsync("A", new SerialNumber(id, 1));
        var before = await bed.StoredBytesAsync(id);

        var second = await bed.OpenAsync("a", new SerialNumber(id, 1));

        (first.Status, first.SlotsFree).ShouldBe((WorklistItemStatus.Open, 1));
        (second.Status, second.SlotsFree).ShouldBe((WorklistItemStatus.Open, 1));
        (await bed.StoredBytesAsync(id)).ShouldBe(before);
        (await bed.CountAsync(id, JournalKind.SlotOpened)).ShouldBe(1);
    }

    [Test]
    [Statement("1.6")]
    public async Task A_second_task_of_the_same_destination_begins_with_all_slots_free_under_the_same_serial_number()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Once(2, 1).Chooses("First").Chooses("Second")));
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);
        var stale = await bed.ItemAsync("A", id);
        stale.Event.ShouldBe("First");

        await bed.ActAsync("A", serial, "Approve");

        (await bed.StandingAsync(id, "A", "B")).ShouldBe("Av Av");
        var item = await bed.ItemAsync("A", id);
        (item.Serial, item.Event, item.SlotsFree).ShouldBe((serial, "Second", 1));
        await stale.OpenAsync();
        (await bed.StandingAsync(id, "A", "B")).ShouldBe("Op Al", "the number means the event that is open now");
        await bed.ActAsync("A", "Reject");
        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }

    [Test]
    [Statement("1.6")]
    public async Task The_lines_read_the_slots_of_the_last_task()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Deciding(activity => activity.Each(2).Chooses("First").Chooses("Second").OutcomesFromActions()));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve");
        await bed.ActAsync("B", "Approve");
        await bed.ActAsync("A", "Reject");
        (await bed.PathAsync(id)).ShouldBe("Active: Decide");
        await bed.ActAsync("B", "Reject");

        (await bed.OutcomesAsync(id)).ShouldBe(["Reject"]);
        (await bed.PathAsync(id)).ShouldBe("Decide Refused");
    }

    [Test]
    [Statement("1.7")]
    public async Task A_completed_slot_keeps_counting()
    {
        await using var bed = await OnceAsync(4, 2);
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve");
        (await bed.StandingAsync(id)).ShouldBe("-- Av Av Av --");
        (await bed.ItemAsync("B", id)).SlotsFree.ShouldBe(1);
        await bed.OpenAsync("D", new SerialNumber(id, 1));

        (await bed.StandingAsync(id)).ShouldBe("-- Al Al Op --");
    }
}
