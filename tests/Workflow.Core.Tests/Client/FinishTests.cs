using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Client;

[TestFixture]
public sealed class FinishTests
{
    private static async Task<ProcessInstanceId> BeginAsync(WorkflowTestBed bed) =>
        (await bed.StartAsync("dora", start => start.Set(Approvals.Purpose, "travel"))).Id;

    [Test]
    [Statement("7.3")]
    public async Task A_finish_sets_fields_and_the_process_goes_on()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approvals.Approval);
        var id = await BeginAsync(bed);

        (await bed.FinishAsync("bank", new SerialNumber(id, 2), finish => finish.Set(Approvals.Granted, true).Set(Approvals.Amount, 5m)))
            .ShouldBe(FinishReceipt.Applied);

        var process = await bed.ReadAsync(id);
        process.Fields.Get<decimal>("Amount").ShouldBe(5m);
        process.Activities[0].Destinations.Select(destination => destination.Fields.Get<bool>("Granted")).ShouldBe([false, true]);
        (await bed.ServerItemsAsync(id)).ShouldBe([new SerialNumber(id, 1)]);
    }

    [Test]
    [Statement("7.3")]
    public async Task An_item_cannot_be_finished_twice_not_even_after_the_process_has_completed()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approvals.Approval);
        var id = await BeginAsync(bed);
        var item = new SerialNumber(id, 1);
        bed.Clock.Advance(TimeSpan.FromSeconds(30));
        await bed.FinishAsync("bank", item);
        bed.Clock.Advance(TimeSpan.FromSeconds(30));

        await ShouldBeFinishedAsync(bed, item);
        await bed.FinishAsync("root", new SerialNumber(id, 2));
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        await ShouldBeFinishedAsync(bed, item);
        await bed.RestartAsync();
        await ShouldBeFinishedAsync(bed, item);
    }

    private static async Task ShouldBeFinishedAsync(WorkflowTestBed bed, SerialNumber item)
    {
        var before = await bed.StoredBytesAsync(item.ProcessInstance);
        var refusal = await Should.ThrowAsync<ServerItemFinishedException>(() => bed.FinishAsync("root", item, finish => finish.Set(Approvals.Amount, 9m)));
        (refusal.Serial, refusal.FinishedBy, refusal.FinishedAt).ShouldBe((item, "bank", WorkflowTestBed.Beginning.AddSeconds(30)));
        await Should.ThrowAsync<ServerItemFinishedException>(async () => await bed.Engine.As("bank").OpenServerItemAsync(item));
        (await bed.StoredBytesAsync(item.ProcessInstance)).ShouldBe(before);
    }

    [Statement("14.8")]
    [TestCase("1_3")]
    [TestCase("1_2147483647")]
    [TestCase("2_1")]
    [TestCase("9223372036854775807_1")]
    public async Task An_unknown_serial_number_is_refused(string serial)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approvals.Approval);
        await BeginAsync(bed);
        var item = SerialNumber.Parse(serial);

        (await Should.ThrowAsync<ServerItemNotFoundException>(() => bed.FinishAsync("bank", item))).Serial.ShouldBe(item);
        (await Should.ThrowAsync<ServerItemNotFoundException>(async () => await bed.Engine.As("bank").OpenServerItemAsync(item))).Serial.ShouldBe(item);
    }

    [Test]
    [Statement("14.8")]
    public async Task A_destination_that_never_had_an_item_is_refused_as_unknown()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approvals.Approval);
        var id = await BeginAsync(bed);
        await bed.FinishAsync("bank", new SerialNumber(id, 1));
        await bed.FinishAsync("bank", new SerialNumber(id, 2));

        await Should.ThrowAsync<ServerItemNotFoundException>(() => bed.FinishAsync("bank", new SerialNumber(id, 3)));
    }

    [Test]
    [Statement("7.3")]
    public async Task Without_the_server_event_right_an_item_can_be_neither_opened_nor_finished([Values("dora", "viewer", "nobody")] string user)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approvals.Approval);
        var id = await BeginAsync(bed);
        var before = await bed.StoredBytesAsync(id);

        foreach (var destination in new[] { 1, 7 })
        {
            var item = new SerialNumber(id, destination);
            (await Should.ThrowAsync<WorkflowAccessDeniedException>(() => bed.FinishAsync(user, item))).MissingRight.ShouldBe(ProcessRight.ServerEvent);
            await Should.ThrowAsync<WorkflowAccessDeniedException>(async () => await bed.Engine.As(user).OpenServerItemAsync(item));
        }

        (await bed.StoredBytesAsync(id)).ShouldBe(before);
    }

    private static IEnumerable<TestCaseData> WrongFinishes()
    {
        yield return Wrong("an unknown field", "Colour", finish => finish.Set("Colour", FieldValue.From("red")));
        yield return Wrong("a field in the wrong case", "granted", finish => finish.Set("granted", FieldValue.From(true)));
        yield return Wrong("a value of the wrong type", "Granted", finish => finish.Set("Granted", FieldValue.From("yes")));
        yield return Wrong("a wrong value after a right one", "Amount", finish => finish.Set(Approvals.Granted, true).Set("Amount", FieldValue.From(1.0)));

        static TestCaseData Wrong(string says, string field, Action<ServerItemFinish> result) => new TestCaseData(field, result).SetArgDisplayNames(says);
    }

    [Statement("11.6")]
    [TestCaseSource(nameof(WrongFinishes))]
    public async Task A_finish_with_wrong_fields_changes_nothing(string field, Action<ServerItemFinish> result)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approvals.Approval);
        var item = new SerialNumber(await BeginAsync(bed), 1);
        var before = await bed.StoredBytesAsync(item.ProcessInstance);

        (await Should.ThrowAsync<DataFieldException>(() => bed.FinishAsync("bank", item, result))).Field.ShouldBe(field);

        (await bed.StoredBytesAsync(item.ProcessInstance)).ShouldBe(before);
        (await bed.FinishAsync("bank", item, finish => finish.Set(Approvals.Granted, true))).ShouldBe(FinishReceipt.Applied);
    }

    [Test]
    [Statement("7.1")]
    public async Task An_item_can_be_opened_while_the_code_of_its_event_still_runs()
    {
        var gate = new Gate();
        await using var bed = await WorkflowTestBed.CreateAsync(Approvals.Gated(() => gate));
        var starting = bed.StartAsync("dora");
        var serial = await gate.Reached;

        (await bed.Engine.As("bank").OpenServerItemAsync(serial)).Event.ShouldBe("Hold");

        gate.Open();
        (await starting).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }
}
