using System.Diagnostics.CodeAnalysis;
using Workflow.Core.Calendars;

namespace Workflow.Core.Tests.Calendars;

/// <summary>Properties of all hours, instants and amounts, without the oracle. The spans are longer here: months and years.</summary>
[TestFixture]
[SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "The same seed has to give the same test.")]
internal sealed class WorkingTimePropertyTests
{
    private const int Plans = 8;
    private const int Instants = 8;

    [Test]
    [Statement("5.7c")]
    public void As_much_working_time_lies_before_a_result_as_was_added([Seeds(5)] int seed) => ForAll(seed, draw =>
        draw.Hours.Between(draw.First, draw.Hours.Add(draw.First, workingTime: draw.Amount)).ShouldBe(draw.Amount));

    [Test]
    [Statement("5.7d")]
    public void As_much_working_time_lies_behind_a_result_as_was_taken_off([Seeds(5)] int seed) => ForAll(seed, draw =>
        draw.Hours.Between(draw.Hours.Subtract(draw.First, workingTime: draw.Amount), draw.First).ShouldBe(draw.Amount));

    /// <summary>The instant may be another one, but no working time lies between the two.</summary>
    [Test]
    [Statement("5.7c")]
    [Statement("5.7d")]
    public void Working_time_that_is_added_and_taken_off_leads_back([Seeds(5)] int seed) => ForAll(seed, draw =>
    {
        var there = draw.Hours.Add(draw.First, workingTime: draw.Amount);
        var back = draw.Hours.Subtract(there, workingTime: draw.Amount);

        draw.Hours.Between(draw.First, back).ShouldBe(TimeSpan.Zero);
        back.ShouldBeGreaterThanOrEqualTo(draw.First);
        draw.Hours.Add(back, workingTime: draw.Amount).ShouldBe(there);
    });

    [Test]
    [Statement("5.7c")]
    public void Two_amounts_one_after_the_other_are_their_sum([Seeds(5)] int seed) => ForAll(seed, draw =>
    {
        var other = draw.Amount / 3;
        var after = draw.Hours.Add(draw.First, workingTime: draw.Amount);
        var before = draw.Hours.Subtract(draw.First, workingTime: draw.Amount);

        draw.Hours.Add(after, workingTime: other).ShouldBe(draw.Hours.Add(draw.First, workingTime: draw.Amount + other));
        draw.Hours.Subtract(before, workingTime: other).ShouldBe(draw.Hours.Subtract(draw.First, workingTime: draw.Amount + other));
    });

    [Test]
    [Statement("5.6")]
    public void Working_time_of_two_spans_in_a_row_is_that_of_both([Seeds(5)] int seed) => ForAll(seed, draw =>
    {
        var (a, b, c) = (draw.First, draw.Second, draw.Third);

        (draw.Hours.Between(a, b) + draw.Hours.Between(b, c)).ShouldBe(draw.Hours.Between(a, c));
        draw.Hours.Between(b, a).ShouldBe(-draw.Hours.Between(a, b));
    });

    [Test]
    [Statement("5.7c")]
    [Statement("5.7d")]
    public void More_is_never_earlier_and_never_later_backwards([Seeds(5)] int seed) => ForAll(seed, draw =>
    {
        var more = draw.Amount + TimeSpan.FromTicks(1);

        draw.Hours.Add(draw.First, workingTime: more).ShouldBeGreaterThan(draw.Hours.Add(draw.First, workingTime: draw.Amount));
        draw.Hours.Subtract(draw.First, workingTime: more).ShouldBeLessThan(draw.Hours.Subtract(draw.First, workingTime: draw.Amount));
        draw.Hours.Add(draw.First, draw.Days + 1).ShouldBeGreaterThanOrEqualTo(draw.Hours.Add(draw.First, draw.Days));
        draw.Hours.Subtract(draw.First, draw.Days + 1).ShouldBeLessThanOrEqualTo(draw.Hours.Subtract(draw.First, draw.Days));
    });

    [Test]
    [Statement("5.5b")]
    public void Next_is_working_time_and_nothing_is_missed_on_the_way_to_next_and_previous([Seeds(5)] int seed) => ForAll(seed, draw =>
    {
        var next = draw.Hours.NextWorkingInstant(draw.First);
        var previous = draw.Hours.PreviousWorkingInstant(draw.First);

        draw.Hours.IsWorkingTime(next).ShouldBeTrue();
        next.ShouldBeGreaterThanOrEqualTo(draw.First);
        previous.ShouldBeLessThanOrEqualTo(draw.First);
        draw.Hours.Between(previous, next).ShouldBe(TimeSpan.Zero);
        (draw.Hours.IsWorkingTime(previous) || draw.Hours.IsWorkingTime(previous.AddTicks(-1))).ShouldBeTrue();
        draw.Hours.NextWorkingInstant(next).ShouldBe(next);
        draw.Hours.PreviousWorkingInstant(previous).ShouldBe(previous);
    });

    [Test]
    [Statement("5.7b")]
    public void Days_are_whole_dates_of_the_clock_and_hours_come_after_them([Seeds(5)] int seed) => ForAll(seed, draw =>
    {
        var day = draw.Hours.Add(draw.First, draw.Days);

        draw.Hours.Add(draw.First, draw.Days, draw.Amount).ShouldBe(draw.Hours.Add(day, workingTime: draw.Amount));
        draw.Hours.PreviousWorkingInstant(day).ShouldBe(day);
        day.ShouldBeGreaterThan(draw.First);
    });

    [Test]
    [Statement("5.8b")]
    public void Calendar_days_are_the_working_days_of_hours_that_never_close([Seeds(5)] int seed) => ForAll(seed, draw =>
    {
        var open = OracleAnswers.Open(draw.Hours.Calendar.TimeZone).Build();

        draw.Hours.Calendar.AddDays(draw.First, draw.Days).ShouldBe(open.Add(draw.First, draw.Days));
        draw.Hours.Calendar.SubtractDays(draw.First, draw.Days).ShouldBe(open.Subtract(draw.First, draw.Days));
        open.Between(draw.First, draw.Second).ShouldBe(draw.Second - draw.First);
    });

    [Test]
    [Statement("5.2b")]
    public void An_instant_is_that_of_its_clock_time_unless_it_is_the_second_of_two([Seeds(5)] int seed) => ForAll(seed, draw =>
    {
        var calendar = draw.Hours.Calendar;
        var clock = calendar.LocalTime(draw.First).DateTime;

        calendar.InstantOf(clock).ShouldBeLessThanOrEqualTo(draw.First);
        calendar.LocalTime(calendar.InstantOf(clock)).DateTime.ShouldBe(clock);
        calendar.StartOf(DateOnly.FromDateTime(clock)).ShouldBeLessThanOrEqualTo(draw.First);
    });

    private static void ForAll(int seed, Action<Draw> property)
    {
        SystemZones.Require();
        var random = new Random(seed);
        var draws = new RandomHours(random);
        for (var count = 0; count < Plans; count++)
        {
            var (zone, around, offset) = draws.Place();
            var plan = draws.Plan(zone, around.UtcDateTime + offset);
            var hours = plan.Build();
            for (var instant = 0; instant < Instants; instant++)
            {
                var far = draws.Instant(around.AddDays(random.Next(-1_500, 1_500)));
                var draw = new Draw(hours, draws.Instant(around), draws.Instant(around), far, draws.Amount() * random.Next(1, 4), random.Next(1, 300));
                Should.NotThrow(() => property(draw), $"seed {seed}: {plan}; {draw.First:O}, {draw.Second:O}, {draw.Third:O}, {draw.Amount}, {draw.Days} days");
            }
        }
    }

    private sealed record Draw(WorkingHours Hours, DateTimeOffset First, DateTimeOffset Second, DateTimeOffset Third, TimeSpan Amount, int Days);
}
