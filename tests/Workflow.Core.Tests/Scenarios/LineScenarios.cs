using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Scenarios;

[TestFixture]
public sealed class LineScenarios
{
    private static readonly ProcessField<bool> Flights = new("Flights");
    private static readonly ProcessField<bool> Cars = new("Cars");
    private static readonly ProcessField<decimal> Amount = new("Amount");

    /// <code>
    ///          ┌── always ──► Book Hotel ──►
    /// ► Plan ──┼── Flights ─► Book Flight ─►
    ///          └── Cars ────► Rent Car ────►
    /// </code>
    private static readonly ProcessDefinition Trip = ProcessDefinition.Define("Trip", process =>
    {
        process.OpenToAll().Fields(Flights, Cars);
        var plan = process.Activity("Plan");
        var hotel = process.Activity("Book Hotel", activity => activity.Waits());
        var flight = process.Activity("Book Flight", activity => activity.Waits());
        var car = process.Activity("Rent Car", activity => activity.Waits());
        process.StartsWith(plan);
        plan.To(hotel).To(flight, when: Flights == true).To(car, when: Cars == true);
    });

    /// <code>
    ///     ┌── Amount &lt;= 50 ──► Prepare ──►
    /// ►───┤
    ///     └── Amount > 50 ───► Approval ─►
    /// </code>
    private static readonly ProcessDefinition Purchase = ProcessDefinition.Define("Purchase", process =>
    {
        process.OpenToAll().Fields(Amount);
        var prepare = process.Activity("Prepare", activity => activity.Waits());
        var approval = process.Activity("Approval", activity => activity.Waits());
        process.StartsWith(prepare, when: Amount <= 50m).StartsWith(approval, when: Amount > 50m);
    });

    /// <code>
    ///                ┌── Amount > 100 ──► More ──►
    /// ► Last (waits)─┤
    ///                └── Amount &lt; 10 ───► Less ──►
    /// </code>
    private static readonly ProcessDefinition Ending = ProcessDefinition.Define("Ending", process =>
    {
        process.OpenToAll().Fields(Amount);
        var last = process.Activity("Last", activity => activity.Waits());
        var more = process.Activity("More");
        var less = process.Activity("Less");
        process.StartsWith(last);
        last.To(more, when: Amount > 100m).To(less, when: Amount < 10m);
    });

    [Statement("10.1")]
    [TestCase(false, false, new[] { "Book Hotel" })]
    [TestCase(true, false, new[] { "Book Hotel", "Book Flight" })]
    [TestCase(false, true, new[] { "Book Hotel", "Rent Car" })]
    [TestCase(true, true, new[] { "Book Hotel", "Book Flight", "Rent Car" })]
    public async Task L01_every_true_line_is_followed_in_parallel_and_in_the_order_of_definition(bool flights, bool cars, string[] expected)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Trip);

        var trip = await bed.BeginAsync(start => start.Set(Flights, flights).Set(Cars, cars));

        (await bed.OpenActivitiesAsync(trip)).ShouldBe(expected);
        (await bed.StatusAsync(trip)).ShouldBe(ProcessInstanceStatus.Active);
    }

    [Test]
    [Statement("10.1")]
    public async Task L01_a_line_whose_rule_is_false_is_recorded_too()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Trip);

        var trip = await bed.BeginAsync(start => start.Set(Flights, false).Set(Cars, true));

        var lines = (await bed.HistoryAsync(trip)).Where(entry => entry.Kind is JournalKind.LineEvaluated).Select(entry => entry.Result);
        lines.ShouldBe([true, true, false, true], "from the start, to the hotel, to the flight, to the car");
    }

    [Test]
    [Statement("10.8")]
    public async Task L01_the_process_completes_when_the_last_of_the_parallel_activities_has([Range(0, 5)] int order)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Trip);
        var trip = await bed.BeginAsync(start => start.Set(Flights, true).Set(Cars, true));
        var serials = await bed.ServerItemsAsync(trip);
        var places = Words.Orders(3).ElementAt(order);

        await bed.FinishAsync(serials[places[0]]);
        await bed.FinishAsync(serials[places[1]]);
        (await bed.StatusAsync(trip)).ShouldBe(ProcessInstanceStatus.Active);
        await bed.FinishAsync(serials[places[2]]);

        (await bed.StatusAsync(trip)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Statement("10.1")]
    [TestCase("50", "Prepare")]
    [TestCase("50.01", "Approval")]
    [TestCase("49.99", "Prepare")]
    [TestCase("50.00", "Prepare")]
    [TestCase("50.0000000000000000000000001", "Approval")]
    [TestCase("0", "Prepare")]
    [TestCase("-50.01", "Prepare")]
    [TestCase("79228162514264337593543950335", "Approval")]
    [TestCase("-79228162514264337593543950335", "Prepare")]
    public async Task L05_the_start_follows_exactly_the_line_whose_rule_is_true(string amount, string expected)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Purchase);

        var purchase = await bed.BeginAsync(
            start => start.Set(Amount, decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)));

        (await bed.StartedAsync(purchase)).ShouldBe([expected]);
        (await bed.OpenActivitiesAsync(purchase)).ShouldBe([expected]);
    }

    [Test]
    [Statement("3.4")]
    public async Task L05_without_an_amount_neither_comparison_is_true_and_the_process_completes()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Purchase);

        var purchase = await bed.BeginAsync();

        (await bed.StartedAsync(purchase)).ShouldBeEmpty();
        (await bed.StatusAsync(purchase)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("10.8")]
    public async Task L08_the_process_completes_without_error_when_all_lines_of_the_last_activity_are_false()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Ending);
        var id = await bed.BeginAsync(start => start.Set(Amount, 50m));

        await bed.FinishAsync(id, "Last");

        var process = await bed.ReadAsync(id);
        process.Status.ShouldBe(ProcessInstanceStatus.Completed);
        process.Error.ShouldBeNull();
        (await bed.CompletedAsync(id)).ShouldBe(["Last"]);
        (await bed.CountAsync(id, JournalKind.ProcessCompleted)).ShouldBe(1);
    }

    [Statement("10.8")]
    [TestCase(100, new[] { "Last" })]
    [TestCase(101, new[] { "Last", "More" })]
    [TestCase(10, new[] { "Last" })]
    [TestCase(9, new[] { "Last", "Less" })]
    public async Task L08_the_process_completes_with_any_lines(int amount, string[] expected)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Ending);
        var id = await bed.BeginAsync();

        await bed.FinishAsync(id, "Last", finish => finish.Set(Amount, amount));

        (await bed.CompletedAsync(id)).ShouldBe(expected);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }
}
