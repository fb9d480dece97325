namespace Workflow.Core.Tests.Calendars;

/// <summary>Random hours, instants and amounts, mostly near changes of the clocks from 2000 to 2040: the library answers as the oracle does.</summary>
[TestFixture]
internal sealed class RandomWorkingTimeTests
{
    private const int Groups = 12;
    private const int Instants = 22;

    private static readonly TimeSpan _reach = TimeSpan.FromDays(45);

    [Test]
    [Statement("5.2b")]
    [Statement("5.5")]
    [Statement("5.5b")]
    [Statement("5.5c")]
    [Statement("5.7")]
    [Statement("5.7b")]
    [Statement("5.7c")]
    [Statement("5.7d")]
    [Statement("5.8b")]
    public void Answers_are_those_of_the_oracle([Seeds(30)] int seed)
    {
        SystemZones.Require();
        var random = new RandomHours(new Random(seed));
        var tally = new Tally();
        for (var group = 0; group < Groups; group++)
        {
            Compare(tally, random);
        }

        tally.Differences.ShouldBeEmpty($"{tally.Different} of {tally.Compared} cases of seed {seed}");
        tally.Compared.ShouldBeGreaterThan(2_000);
    }

    private static void Compare(Tally tally, RandomHours random)
    {
        var (zone, around, offset) = random.Place();
        var plan = random.Plan(zone, around.UtcDateTime + offset);
        var comparison = new Comparison(tally, plan, plan.Build(), around - _reach, around + _reach);
        for (var index = 0; index < Instants; index++)
        {
            var instant = index % 4 == 0 ? comparison.End(random.Instant(around)) : random.Instant(around);
            comparison.Place(instant);
            comparison.Between(instant, random.Instant(around));
            comparison.Add(instant, random.Days(), random.Amount());
            comparison.Subtract(instant, random.Days(), random.Amount());
            comparison.AddCalendarDays(instant, random.Days());
            comparison.SubtractCalendarDays(instant, random.Days());
            comparison.Clock(instant, random.Later());
        }
    }
}
