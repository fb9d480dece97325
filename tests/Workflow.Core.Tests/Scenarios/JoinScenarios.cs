using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Scenarios;

[TestFixture]
public sealed class JoinScenarios
{
    private static readonly ProcessField<bool> HotelBooked = new("Hotel booked", initial: false);
    private static readonly ProcessField<bool> FlightBooked = new("Flight booked", initial: false);
    private static readonly ProcessField<bool> CarRented = new("Car rented", initial: false);

    /// <code>
    ///     ┌──► Book Hotel  (waits, sets its flag) ──┐
    /// ►───┤                                         ├──► Booking Complete ──► Complete ──►
    ///     └──► Book Flight (waits, sets its flag) ──┘    if both flags
    /// </code>
    private static readonly ProcessDefinition Travel = ProcessDefinition.Define("Travel", process =>
    {
        process.OpenToAll().Fields(HotelBooked, FlightBooked);
        var hotel = process.Activity("Book Hotel", activity => activity.Waits().Server("Hotel is booked", context => context.Set(HotelBooked, true)));
        var flight = process.Activity("Book Flight", activity => activity.Waits().Server("Flight is booked", context => context.Set(FlightBooked, true)));
        var booked = process.Activity("Booking Complete", activity => activity.PrecedingRule(HotelBooked == true & FlightBooked == true));
        var complete = process.Activity("Complete");
        process.StartsWith(hotel).StartsWith(flight);
        hotel.To(booked);
        flight.To(booked);
        booked.To(complete);
    });

    /// <code>
    ///     ┌──► Hotel  (waits) ──┐
    /// ►───┼──► Flight (waits) ──┼──► Booked (waits), if all three flags ──► Complete ──►
    ///     └──► Car    (waits) ──┘
    /// </code>
    private static readonly ProcessDefinition Tour = ProcessDefinition.Define("Tour", process =>
    {
        process.OpenToAll().Fields(HotelBooked, FlightBooked, CarRented);
        var booked = process.Activity("Booked", activity => activity
            .PrecedingRule(HotelBooked == true & FlightBooked == true & CarRented == true)
            .Waits());
        var complete = process.Activity("Complete");
        foreach (var name in new[] { "Hotel", "Flight", "Car" })
        {
            var branch = process.Activity(name, activity => activity.Waits());
            process.StartsWith(branch);
            branch.To(booked);
        }

        booked.To(complete);
    });

    [Statement("10.5")]
    [TestCase("Book Hotel", "Book Flight")]
    [TestCase("Book Flight", "Book Hotel")]
    public async Task L02_the_first_arrival_at_the_join_expires_and_the_last_one_runs(string first, string second)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Travel);
        var travel = await bed.BeginAsync();

        await bed.FinishAsync(travel, first);
        (await bed.ExpiredAsync(travel)).ShouldBe(["Booking Complete"]);
        (await bed.StartedAsync(travel)).ShouldNotContain("Complete");
        (await bed.StatusAsync(travel)).ShouldBe(ProcessInstanceStatus.Active);

        await bed.FinishAsync(travel, second);
        (await bed.CompletedAsync(travel)).ShouldBe([first, second, "Booking Complete", "Complete"]);
        (await bed.ExpiredAsync(travel)).ShouldBe(["Booking Complete"]);
        (await bed.StatusAsync(travel)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("0.4")]
    public async Task L02_the_arrival_that_comes_too_early_leaves_a_record_without_destinations_events_or_lines()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Travel);
        var travel = await bed.BeginAsync();

        await bed.FinishAsync(travel, "Book Hotel");

        var history = await bed.HistoryAsync(travel);
        var early = history.Single(entry => entry.Kind is JournalKind.ActivityExpired).ActivityInstance;
        history.Where(entry => entry.ActivityInstance == early).Select(entry => entry.Kind)
            .ShouldBe([JournalKind.ActivityStarted, JournalKind.ActivityExpired]);
    }

    [Test]
    [Statement("10.5")]
    public async Task L02_with_three_branches_only_the_last_arrival_runs([Range(0, 5)] int order, [Values] bool restart)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Tour);
        var tour = await bed.BeginAsync();
        var branches = new (string Name, ProcessField<bool> Flag)[] { ("Hotel", HotelBooked), ("Flight", FlightBooked), ("Car", CarRented) };

        foreach (var place in Words.Orders(3).ElementAt(order))
        {
            (await bed.OpenActivitiesAsync(tour)).ShouldNotContain("Booked");
            await bed.FinishAsync(tour, branches[place].Name, finish => finish.Set(branches[place].Flag, true));
            if (restart)
            {
                await bed.RestartAsync();
            }
        }

        (await bed.OpenActivitiesAsync(tour)).ShouldBe(["Booked"]);
        (await bed.ExpiredAsync(tour)).ShouldBe(["Booked", "Booked"]);
        await bed.FinishAsync(tour, "Booked");
        (await bed.CompletedAsync(tour)).Count(name => name == "Complete").ShouldBe(1);
        (await bed.StatusAsync(tour)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("10.4")]
    public async Task L02_a_flag_that_is_never_set_ends_all_arrivals_and_the_process_completes_without_the_join()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Tour);
        var tour = await bed.BeginAsync();

        await bed.FinishAsync(tour, "Hotel", finish => finish.Set(HotelBooked, true));
        await bed.FinishAsync(tour, "Flight", finish => finish.Set(FlightBooked, true));
        await bed.FinishAsync(tour, "Car");

        (await bed.ExpiredAsync(tour)).ShouldBe(["Booked", "Booked", "Booked"]);
        (await bed.StartedAsync(tour)).ShouldNotContain("Complete");
        (await bed.StatusAsync(tour)).ShouldBe(ProcessInstanceStatus.Completed);
    }
}
