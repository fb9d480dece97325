using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Rules;

[Statement("3.4")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ComparisonTests
{
    private static readonly ProcessField<decimal> Amount = new("Amount");
    private static readonly ProcessField<decimal> Budget = new("Budget");
    private static readonly ProcessField<int> Round = new("Round");
    private static readonly ProcessField<long> Population = new("Population");
    private static readonly ProcessField<double> Rate = new("Rate");
    private static readonly ProcessField<bool> IsUrgent = new("Is urgent");
    private static readonly ProcessField<string> Purpose = new("Purpose");
    private static readonly ProcessField<DateTimeOffset> Due = new("Due");
    private static readonly ProcessField<DateOnly> Day = new("Day");
    private static readonly ProcessField<TimeSpan> Duration = new("Duration");
    private static readonly ProcessField<ReadOnlyMemory<byte>> Scan = new("Scan");
    private static readonly ProcessField<IReadOnlyList<string>> Tags = new("Tags");

    private readonly RuleWorld _world = new(Amount, Budget, Round, Population, Rate, IsUrgent, Purpose, Due, Day, Duration, Scan, Tags);

    [TestCase(2, true, true, false, false, false, true)]
    [TestCase(3, false, true, true, true, false, false)]
    [TestCase(4, false, false, false, true, true, true)]
    [Statement("3.4")]
    public void All_six_comparisons_of_a_field_with_a_value(
        int round, bool less, bool lessOrEqual, bool equal, bool greaterOrEqual, bool greater, bool different)
    {
        _world.Set(Round, round);

        (_world.IsTrue(Round < 3), _world.IsTrue(Round <= 3), _world.IsTrue(Round == 3)).ShouldBe((less, lessOrEqual, equal));
        (_world.IsTrue(Round >= 3), _world.IsTrue(Round > 3), _world.IsTrue(Round != 3)).ShouldBe((greaterOrEqual, greater, different));
    }

    [TestCase(2, true, true, false, false, false, true)]
    [TestCase(3, false, true, true, true, false, false)]
    [TestCase(4, false, false, false, true, true, true)]
    [Statement("3.4")]
    public void A_value_may_stand_on_the_left(
        int value, bool less, bool lessOrEqual, bool equal, bool greaterOrEqual, bool greater, bool different)
    {
        _world.Set(Round, 3);

        (_world.IsTrue(value < Round), _world.IsTrue(value <= Round), _world.IsTrue(value == Round)).ShouldBe((less, lessOrEqual, equal));
        (_world.IsTrue(value >= Round), _world.IsTrue(value > Round), _world.IsTrue(value != Round)).ShouldBe((greaterOrEqual, greater, different));
    }

    [TestCase(239.99, true, true, false, false, false, true)]
    [TestCase(240.00, false, true, true, true, false, false)]
    [TestCase(240.01, false, false, false, true, true, true)]
    [Statement("3.4")]
    public void All_six_comparisons_of_a_field_with_a_field(
        double amount, bool less, bool lessOrEqual, bool equal, bool greaterOrEqual, bool greater, bool different)
    {
        _world.Set(Amount, (decimal)amount).Set(Budget, 240m);

        (_world.IsTrue(Amount < Budget), _world.IsTrue(Amount <= Budget), _world.IsTrue(Amount == Budget)).ShouldBe((less, lessOrEqual, equal));
        (_world.IsTrue(Amount >= Budget), _world.IsTrue(Amount > Budget), _world.IsTrue(Amount != Budget)).ShouldBe((greaterOrEqual, greater, different));
    }

    [Test]
    [Statement("3.4")]
    public void Null_equals_null_and_differs_from_every_value()
    {
        _world.IsTrue(Amount == Budget).ShouldBeTrue();
        _world.IsTrue(Amount != Budget).ShouldBeFalse();
        _world.IsTrue(Amount == 5m).ShouldBeFalse();
        _world.IsTrue(Amount != 5m).ShouldBeTrue();
        _world.IsTrue(5m == Amount).ShouldBeFalse();
        _world.IsTrue(5m != Amount).ShouldBeTrue();
    }

    [Test]
    [Statement("3.4")]
    public void Every_other_comparison_with_a_null_is_false()
    {
        Rule[] ordered =
        [
            Amount < 5m, Amount <= 5m, Amount >= 5m, Amount > 5m,
            5m < Amount, 5m <= Amount, 5m >= Amount, 5m > Amount,
            Amount < Budget, Amount <= Budget, Amount >= Budget, Amount > Budget,
        ];

        ordered.ShouldAllBe(rule => !_world.IsTrue(rule));
    }

    [Test]
    [Statement("3.4")]
    public void A_null_text_in_a_rule_asks_for_the_absence_of_a_value()
    {
        string? nothing = null;

        _world.IsTrue(Purpose == nothing).ShouldBeTrue();
        _world.IsTrue(Purpose != nothing).ShouldBeFalse();
        _world.Set(Purpose, "");
        _world.IsTrue(Purpose == nothing).ShouldBeFalse();
        _world.IsTrue(Purpose != nothing).ShouldBeTrue();
    }

    [Test]
    [Statement("3.4")]
    public void Is_null_and_has_value_are_opposites()
    {
        (_world.IsTrue(Amount.IsNull), _world.IsTrue(Amount.HasValue)).ShouldBe((true, false));

        _world.Set(Amount, 0m);

        (_world.IsTrue(Amount.IsNull), _world.IsTrue(Amount.HasValue)).ShouldBe((false, true));
    }

    [Test]
    [Statement("3.4")]
    public void An_operand_that_is_null_is_refused_and_the_way_out_is_named()
    {
        Operand<decimal>? missing = null;

        Should.Throw<ArgumentNullException>(() => Amount == missing!).Message.ShouldContain("IsNull");
        Should.Throw<ArgumentNullException>(() => missing! < 3m).Message.ShouldContain("HasValue");
    }

    [Test]
    [Statement("3.4")]
    [SetCulture("tr-TR")]
    public void Text_is_compared_ordinally_and_case_counts()
    {
        _world.Set(Purpose, "travel");

        _world.IsTrue(Purpose == "travel").ShouldBeTrue();
        _world.IsTrue(Purpose == "Travel").ShouldBeFalse();
        _world.IsTrue(Purpose > "Zoo").ShouldBeTrue();
        _world.IsTrue(Purpose < "travelling").ShouldBeTrue();
        _world.IsTrue(Purpose < "trävel").ShouldBeTrue();
    }

    [Test]
    [Statement("3.4")]
    public void Dates_are_compared_as_instants()
    {
        var noonInBerlin = new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.FromHours(1));
        _world.Set(Due, noonInBerlin);

        _world.IsTrue(Due == noonInBerlin.ToUniversalTime()).ShouldBeTrue();
        _world.IsTrue(Due < noonInBerlin.ToUniversalTime().AddTicks(1)).ShouldBeTrue();
        _world.IsTrue(Due >= new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero)).ShouldBeFalse();
    }

    [Test]
    [Statement("3.4")]
    [Statement("11.2")]
    public void Dates_without_a_time_and_amounts_of_time_have_an_order()
    {
        _world.Set(Day, new DateOnly(2026, 2, 28));
        _world.Set(Duration, TimeSpan.FromHours(36));

        _world.IsTrue(Day < new DateOnly(2026, 3, 1)).ShouldBeTrue();
        _world.IsTrue(Day == new DateOnly(2026, 2, 28)).ShouldBeTrue();
        _world.IsTrue(Day > new DateOnly(2026, 2, 28)).ShouldBeFalse();
        _world.IsTrue(Duration > TimeSpan.FromDays(1)).ShouldBeTrue();
        _world.IsTrue(Duration <= TimeSpan.FromHours(36)).ShouldBeTrue();
        _world.IsTrue(Duration < TimeSpan.FromHours(-1)).ShouldBeFalse();
    }

    [Test]
    [Statement("3.4")]
    public void A_value_that_is_not_a_number_differs_from_everything_and_has_no_order()
    {
        var notANumber = double.NaN;
        _world.Set(Rate, notANumber);

        Rule[] wrong = [Rate == notANumber, Rate == 1.0, Rate < 1.0, Rate <= 1.0, Rate >= 1.0, Rate > 1.0];
        wrong.ShouldAllBe(rule => !_world.IsTrue(rule));
        _world.IsTrue(Rate != 1.0).ShouldBeTrue();
    }

    [Test]
    [Statement("3.4")]
    public void Minus_zero_is_zero()
    {
        _world.Set(Rate, -0.0);

        _world.IsTrue(Rate == 0.0).ShouldBeTrue();
        _world.IsTrue(Rate < 0.0).ShouldBeFalse();
    }

    [Test]
    [Statement("3.4")]
    public void Lists_and_bytes_are_equal_when_their_elements_are()
    {
        _world.Set(Tags, ["a", "b"]).Set(Scan, new byte[] { 1, 2 });

        _world.IsTrue(Tags == (IReadOnlyList<string>)["a", "b"]).ShouldBeTrue();
        _world.IsTrue(Tags == (IReadOnlyList<string>)["a", "B"]).ShouldBeFalse();
        _world.IsTrue(Tags != (IReadOnlyList<string>)["a"]).ShouldBeTrue();
        _world.IsTrue(Scan == new byte[] { 1, 2 }.AsMemory()).ShouldBeTrue();
        _world.IsTrue(Scan == new byte[] { 1, 3 }.AsMemory()).ShouldBeFalse();
    }

    [Test]
    [Statement("3.4")]
    public void A_rule_keeps_its_own_copy_of_a_list_and_of_bytes()
    {
        var tags = new List<string> { "a" };
        var bytes = new byte[] { 1 };
        var rule = Tags == tags & Scan == bytes.AsMemory();

        tags[0] = "z";
        bytes[0] = 9;

        _world.Set(Tags, ["a"]).Set(Scan, new byte[] { 1 });
        _world.IsTrue(rule).ShouldBeTrue();
    }

    [Test]
    [Statement("3.4")]
    public void Values_without_an_order_cannot_be_ordered()
    {
        Should.Throw<ArgumentException>(() => IsUrgent < true).Message.ShouldContain("no order");
        Should.Throw<ArgumentException>(() => Scan >= new byte[] { 1 }.AsMemory());
        Should.Throw<ArgumentException>(() => Tags > (IReadOnlyList<string>)[]);
        Should.Throw<ArgumentException>(() => Status.OfSlot <= Instances.SlotStatus.Open);
        _world.Set(IsUrgent, true).IsTrue(IsUrgent == true).ShouldBeTrue();
    }

    [Test]
    [Statement("3.4")]
    public void Whole_numbers_of_64_bits_are_compared_in_full()
    {
        _world.Set(Population, long.MaxValue);

        _world.IsTrue(Population > long.MaxValue - 1).ShouldBeTrue();
        _world.IsTrue(Population == long.MaxValue).ShouldBeTrue();
        _world.IsTrue(Population < long.MinValue).ShouldBeFalse();
    }

    [Test]
    [Statement("3.4")]
    public void A_choice_takes_one_of_two_operands()
    {
        var limit = Rule.Choose(when: IsUrgent == true, then: Budget, otherwise: 100m);
        _world.Set(Amount, 150m).Set(Budget, 200m).Set(IsUrgent, false);

        _world.IsTrue(Amount <= limit).ShouldBeFalse();
        _world.Set(IsUrgent, true).IsTrue(Amount <= limit).ShouldBeTrue();
    }
}
