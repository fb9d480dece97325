using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Records;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Scenarios;

[TestFixture]
public sealed class PlanScenarios
{
    private static readonly ProcessField<IReadOnlyList<string>> Orders = new("Orders");
    private static readonly ProcessField<IReadOnlyList<decimal>> Prices = new("Prices");

    /// <code>
    /// ► Ship: count slots, each waits ──► Done ──►
    /// </code>
    private static ProcessDefinition Shipping(SlotAllocation slots) => ProcessDefinition.Define("Shipping", process =>
    {
        process.OpenToAll().Fields(Orders, Prices);
        var ship = process.Activity("Ship", activity => activity.PlanPerSlot(slots).Waits());
        var done = process.Activity("Done");
        process.StartsWith(ship);
        ship.To(done);
    });

    private static async Task<ActivityInstance> ShipAsync(WorkflowTestBed bed, ProcessInstanceId id) =>
        (await bed.ReadAsync(id)).Activities.ShouldHaveSingleItem();

    [Statement("4.5")]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(10)]
    [TestCase(99)]
    public async Task D03_plan_per_slot_makes_a_destination_with_one_slot_and_a_serial_number_for_each_slot(int count)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Shipping(Slots.Number(count)));

        var id = await bed.BeginAsync();

        var ship = await ShipAsync(bed, id);
        ship.SlotTotal.ShouldBe(count);
        ship.CompletedSlots.ShouldBe(0);
        ship.Destinations.Count.ShouldBe(count);
        ship.Destinations.ShouldAllBe(destination => destination.SlotCount == 1 && destination.Slots.Count == 0);
        ship.Destinations.ShouldAllBe(destination => destination.Status == DestinationStatus.Active);
        ship.Destinations.Select(destination => destination.Serial).ShouldBeUnique();
        (await bed.ServerItemsAsync(id)).ShouldBe(ship.Destinations.Select(destination => destination.Serial));
    }

    [Test]
    [Statement("4.7")]
    public async Task D18_a_list_of_four_makes_four_slots_with_its_values_in_order()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Shipping(Slots.ForEach(Orders)));

        var id = await bed.BeginAsync(start => start.Set(Orders, ["ink", "paper", "ink", "chairs"]));

        var ship = await ShipAsync(bed, id);
        ship.Destinations.Select(destination => destination.InstanceData)
            .ShouldBe([FieldValue.From("ink"), FieldValue.From("paper"), FieldValue.From("ink"), FieldValue.From("chairs")]);
        ship.SlotTotal.ShouldBe(4);
    }

    [Statement("4.7")]
    [TestCase(1)]
    [TestCase(5)]
    [TestCase(40)]
    public async Task D18_the_list_decides_the_number_and_gives_each_slot_its_value(int count)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Shipping(Slots.ForEach(Prices)));
        decimal[] prices = [.. Enumerable.Range(0, count).Select(number => number / 4m)];

        var id = await bed.BeginAsync(start => start.Set(Prices, prices));

        var ship = await ShipAsync(bed, id);
        ship.Destinations.Select(destination => destination.InstanceData).ShouldBe(prices.Select(FieldValue.From));
    }

    [Statement("4.7")]
    [TestCase(3, 0)]
    [TestCase(3, 1)]
    [TestCase(3, 2)]
    [TestCase(3, 3)]
    [TestCase(3, 4)]
    [TestCase(1, 9)]
    public async Task D18_a_fixed_number_takes_the_next_value_for_each_slot_and_leaves_the_rest_without(int slots, int values)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Shipping(Slots.Number(slots, Orders)));
        string[] orders = [.. Enumerable.Range(1, values).Select(number => $"order {number}")];

        var id = await bed.BeginAsync(start => start.Set(Orders, orders));

        var expected = Enumerable.Range(0, slots).Select(place => place < values ? FieldValue.From(orders[place]) : FieldValue.Null);
        (await ShipAsync(bed, id)).Destinations.Select(destination => destination.InstanceData).ShouldBe(expected);
    }

    [Test]
    [Statement("4.13")]
    public async Task D18_an_empty_list_completes_the_activity_at_once_and_its_lines_are_followed()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Shipping(Slots.ForEach(Orders)));

        var id = await bed.BeginAsync(start => start.Set(Orders, []));

        (await bed.CompletedAsync(id)).ShouldBe(["Ship", "Done"]);
        (await bed.CountAsync(id, JournalKind.DestinationCreated)).ShouldBe(1, "only that of Done");
        (await bed.CountAsync(id, JournalKind.EventStarted)).ShouldBe(0);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("0.2")]
    public async Task R18_without_a_rule_the_first_finished_item_completes_the_activity_and_the_others_expire([Range(0, 2)] int first)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Shipping(Slots.Number(3)));
        var id = await bed.BeginAsync();
        var serials = await bed.ServerItemsAsync(id);

        (await bed.FinishAsync(serials[first])).ShouldBe(FinishReceipt.Applied);

        (await bed.CompletedAsync(id)).ShouldBe(["Ship", "Done"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.ServerItemsAsync(id)).ShouldBeEmpty();
        var records = await bed.Engine.AsSystem().FindServerItemsAsync(new() { ProcessInstance = id, Status = null });
        records.Select(record => record.Status).ShouldBe(
            Enumerable.Range(0, 3).Select(place => place == first ? ServerItemStatus.Finished : ServerItemStatus.Expired));
    }

    [Test]
    [Statement("3.12")]
    public async Task R18_an_expired_item_can_neither_be_opened_nor_finished([Range(0, 2)] int first)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Shipping(Slots.Number(3)));
        var id = await bed.BeginAsync();
        var serials = await bed.ServerItemsAsync(id);
        await bed.FinishAsync(serials[first]);
        var before = await bed.StoredBytesAsync(id);

        foreach (var serial in serials.Where(serial => serial != serials[first]))
        {
            (await Should.ThrowAsync<ServerItemExpiredException>(() => bed.FinishAsync(serial))).Serial.ShouldBe(serial);
            await Should.ThrowAsync<ServerItemExpiredException>(async () => await bed.Engine.As("bank").OpenServerItemAsync(serial));
        }

        (await bed.StoredBytesAsync(id)).ShouldBe(before);
    }
}
