using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Rules;

[Statement("3.5")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class AggregateTests
{
    private static readonly ProcessField<IReadOnlyList<int>> Whole = new("Whole");
    private static readonly ProcessField<IReadOnlyList<decimal>> Prices = new("Prices");
    private static readonly ProcessField<IReadOnlyList<double>> Rates = new("Rates");
    private static readonly ProcessField<IReadOnlyList<long>> Long = new("Long");
    private static readonly ProcessField<IReadOnlyList<string>> Names = new("Names");
    private static readonly DestinationField<int> Score = new("Score");
    private static readonly DestinationField<string> Remark = new("Remark");

    private readonly RuleWorld _world = new(Whole, Prices, Rates, Long, Names, Score, Remark);

    [TestCase(false)]
    [TestCase(true)]
    [Statement("3.5")]
    public void Over_nothing_sum_and_count_are_0_and_the_others_null(bool isEmptyList)
    {
        if (isEmptyList)
        {
            _world.Set(Whole, []);
        }

        _world.IsTrue(Whole.Sum() == 0).ShouldBeTrue();
        _world.IsTrue(Whole.Count() == 0).ShouldBeTrue();
        _world.IsTrue(Whole.Minimum().IsNull).ShouldBeTrue();
        _world.IsTrue(Whole.Maximum().IsNull).ShouldBeTrue();
        _world.IsTrue(Whole.Average().IsNull).ShouldBeTrue();
    }

    [Test]
    [Statement("3.5")]
    public void Lists_of_every_type_of_numbers_are_aggregated()
    {
        _world.Set(Whole, [3, 1, 2]).Set(Prices, [0.1m, 0.2m]).Set(Rates, [0.5, 0.25]).Set(Long, [long.MaxValue, long.MaxValue]);

        _world.IsTrue(Whole.Sum() == 6 & Whole.Minimum() == 1 & Whole.Maximum() == 3 & Whole.Average() == 2 & Whole.Count() == 3).ShouldBeTrue();
        _world.IsTrue(Prices.Sum() == 0.3m & Prices.Minimum() == 0.1m & Prices.Maximum() == 0.2m & Prices.Average() == 0.15m).ShouldBeTrue();
        _world.IsTrue(Rates.Sum() == 0.75 & Rates.Minimum() == 0.25 & Rates.Maximum() == 0.5 & Rates.Average() == 0.375).ShouldBeTrue();
        _world.IsTrue(Long.Sum() == 18446744073709551614m & Long.Average() == long.MaxValue).ShouldBeTrue();
    }

    [Test]
    [Statement("3.5")]
    public void The_average_of_whole_numbers_need_not_be_whole()
    {
        _world.Set(Whole, [1, 2]);

        _world.IsTrue(Whole.Average() == 1.5m).ShouldBeTrue();
    }

    [Test]
    [Statement("3.5")]
    public void Every_list_has_a_count()
    {
        _world.IsTrue(Names.Count() == 0).ShouldBeTrue();
        _world.Set(Names, ["a", "b"]).IsTrue(Names.Count() > 1).ShouldBeTrue();
    }

    [Test]
    [Statement("3.5")]
    public void A_value_that_is_not_a_number_is_the_least_and_the_greatest_wherever_it_stands()
    {
        foreach (double[] rates in new[] { [double.NaN, 1, 2], [1, double.NaN, 2], new[] { 1, 2, double.NaN } })
        {
            _world.Set(Rates, rates);
            Rule[] wrong = [Rates.Minimum() <= 2, Rates.Minimum() >= 1, Rates.Maximum() <= 2, Rates.Maximum() >= 1];
            wrong.ShouldAllBe(rule => !_world.IsTrue(rule));
        }
    }

    [Test]
    [Statement("3.5")]
    public void Over_no_answers_sum_and_count_are_0_and_the_others_null()
    {
        _world.Plan(slots: 2, destinations: 2);

        _world.IsTrue(Answers.Sum(Score) == 0 & Answers.Count(Score) == 0).ShouldBeTrue();
        _world.IsTrue(Answers.Minimum(Score).IsNull & Answers.Maximum(Score).IsNull & Answers.Average(Score).IsNull).ShouldBeTrue();
    }

    [Test]
    [Statement("3.5")]
    public void The_values_of_completed_slots_are_aggregated_and_those_of_open_ones_are_not()
    {
        _world.Plan(slots: 3, destinations: 3);
        _world.Answer(0, "ann", Score, 4);
        _world.Answer(1, "bob", Score, 7);
        _world.Set(_world.Activity.Destinations[2], Score, 100);
        _world.Open(2, "cy");

        _world.IsTrue(Answers.Sum(Score) == 11 & Answers.Count(Score) == 2).ShouldBeTrue();
        _world.IsTrue(Answers.Minimum(Score) == 4 & Answers.Maximum(Score) == 7 & Answers.Average(Score) == 5.5m).ShouldBeTrue();
    }

    [Test]
    [Statement("3.5")]
    public void An_answer_without_a_value_is_left_out()
    {
        _world.Plan(slots: 3, destinations: 3);
        _world.Answer(0, "ann", Score, 4);
        _world.Answer(1, "bob", Remark, "no idea");

        _world.IsTrue(Answers.Count(Score) == 1 & Answers.Average(Score) == 4 & Answers.Count(Remark) == 1).ShouldBeTrue();
    }

    [Test]
    [Statement("3.5")]
    public void R21_an_event_rule_sums_the_answers_of_its_slots()
    {
        _world.Plan(slots: 2);
        _world.AddDestination(slotCount: 2);
        var rule = Answers.Sum(Score) >= 10;

        _world.Answer(0, "ann", Score, 4);
        _world.IsTrueForEvent(0, rule).ShouldBeFalse();
        _world.Answer(0, "bob", Score, 7);
        _world.IsTrueForEvent(0, rule).ShouldBeTrue();
    }
}
