using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Rules;

[Statement("3.4")]
internal sealed class NumberTests
{
    private static readonly ProcessField<int> Round = new("Round");
    private static readonly ProcessField<long> Population = new("Population");
    private static readonly ProcessField<decimal> Amount = new("Amount");
    private static readonly ProcessField<double> Rate = new("Rate");

    /// <summary>In ascending order; those of one row are the same number.</summary>
    private static readonly Number[][] Ascending =
    [
        [double.NegativeInfinity],
        [-1e300],
        [-79228162514264337593543950336.0],
        [decimal.MinValue],
        [-9223372036854775809m],
        [long.MinValue, -9223372036854775808.0, (decimal)long.MinValue],
        [-1.5, -1.5m, -1.50m],
        [-1, -1L, -1.0, -1.0m],
        [-0.5, -0.5m],
        [-1e-28m],
        [-1e-300],
        [0, 0L, 0m, 0.0, -0.0, -0.0m],
        [double.Epsilon],
        [1e-28m],
        [0.1m],
        [0.1],
        [0.5, 0.5m, 0.5000000000000000000000000000m],
        [1, 1L, 1.0, 1.00m],
        [1.1m],
        [1.1],
        [9007199254740992L, 9007199254740992.0, 9007199254740992m],
        [9007199254740993L, 9007199254740993m],
        [long.MaxValue, (decimal)long.MaxValue],
        [9223372036854775808.0, 9223372036854775808m],
        [79228162514264328797450928128.0, 79228162514264328797450928128m],
        [decimal.MaxValue],
        [79228162514264337593543950336.0],
        [1e300],
        [double.PositiveInfinity],
    ];

    [Test]
    [Statement("3.4")]
    public void Numbers_of_different_types_are_compared_by_value_exactly()
    {
        for (var left = 0; left < Ascending.Length; left++)
        {
            for (var right = 0; right < Ascending.Length; right++)
            {
                foreach (var (first, second) in from a in Ascending[left] from b in Ascending[right] select (a, b))
                {
                    Check(first, second, left.CompareTo(right));
                }
            }
        }

        static void Check(Number first, Number second, int order)
        {
            var text = $"{first} with {second}";
            (first < second, first == second, first > second).ShouldBe((order < 0, order == 0, order > 0), text);
            (first <= second, first != second, first >= second).ShouldBe((order <= 0, order != 0, order >= 0), text);
            first.Equals(second).ShouldBe(order == 0, text);
        }
    }

    [Test]
    [Statement("3.4")]
    public void Equal_numbers_have_equal_hash_codes()
    {
        foreach (var same in Ascending)
        {
            same.Select(number => number.GetHashCode()).Distinct().Count().ShouldBe(1, same[0].ToString());
        }
    }

    [Test]
    [Statement("3.4")]
    public void A_value_that_is_not_a_number_has_no_order_to_any_number()
    {
        Number nan = double.NaN;
        foreach (var other in Ascending.SelectMany(numbers => numbers).Append(nan))
        {
            (nan < other, nan <= other, nan == other, nan >= other, nan > other, nan != other).ShouldBe((false, false, false, false, false, true));
            (other < nan, other <= nan, other == nan, other >= nan, other > nan, other != nan).ShouldBe((false, false, false, false, false, true));
        }

        nan.Equals(nan).ShouldBeTrue();
    }

    [Test]
    [Statement("3.4")]
    public void Fields_of_different_types_are_compared_as_numbers()
    {
        var world = new RuleWorld(Round, Population, Amount, Rate).Set(Round, 3).Set(Population, 3L).Set(Amount, 3.00m).Set(Rate, 3.5);

        world.IsTrue(Round.AsNumber() == Population.AsNumber()).ShouldBeTrue();
        world.IsTrue(Round.AsNumber() == Amount.AsNumber()).ShouldBeTrue();
        world.IsTrue(Amount.AsNumber() < Rate.AsNumber()).ShouldBeTrue();
        world.IsTrue(Rate.AsNumber() >= 3.5m).ShouldBeTrue();
        world.IsTrue(4 > Rate.AsNumber()).ShouldBeTrue();
    }

    [Test]
    [Statement("3.4")]
    public void A_null_number_is_a_null()
    {
        var world = new RuleWorld(Round, Amount);

        world.IsTrue(Round.AsNumber().IsNull).ShouldBeTrue();
        world.IsTrue(Round.AsNumber() == Amount.AsNumber()).ShouldBeTrue();
        world.IsTrue(Round.AsNumber() != 3).ShouldBeTrue();
        world.IsTrue(Round.AsNumber() < 3).ShouldBeFalse();
        world.IsTrue((Round.AsNumber() + 1).IsNull).ShouldBeTrue();
        world.IsTrue((2 * Round.AsNumber()).IsNull).ShouldBeTrue();
    }

    [Test]
    [Statement("3.4")]
    public void Numbers_are_reckoned_with()
    {
        var world = new RuleWorld(Round, Population, Amount, Rate).Set(Round, 3).Set(Population, long.MaxValue).Set(Amount, 0.1m).Set(Rate, 0.5);
        var round = Round.AsNumber();

        world.IsTrue(round * 2 + 1 == 7).ShouldBeTrue();
        world.IsTrue(1 + 2 * round == 7).ShouldBeTrue();
        world.IsTrue(10 - round == 7).ShouldBeTrue();
        world.IsTrue(round - 10 == -7).ShouldBeTrue();
        world.IsTrue(round + Amount.AsNumber() == 3.1m).ShouldBeTrue();
        world.IsTrue(round * Rate.AsNumber() == 1.5).ShouldBeTrue();
        world.IsTrue(round - (round - round) == 3).ShouldBeTrue();
    }

    [Test]
    [Statement("3.4")]
    public void Whole_numbers_that_outgrow_64_bits_become_decimal()
    {
        var world = new RuleWorld(Population).Set(Population, long.MaxValue);
        var population = Population.AsNumber();

        world.IsTrue(population + 1 == 9223372036854775808m).ShouldBeTrue();
        world.IsTrue(population * 2 == 18446744073709551614m).ShouldBeTrue();
        world.IsTrue(-2 - population == -9223372036854775809m).ShouldBeTrue();
        world.Set(Population, long.MinValue).IsTrue(population * -1 == 9223372036854775808m).ShouldBeTrue();
    }

    [Test]
    [Statement("8.1")]
    public void A_result_that_does_not_fit_is_an_error_that_says_so()
    {
        var world = new RuleWorld(Amount, Rate).Set(Amount, decimal.MaxValue).Set(Rate, double.MaxValue);

        var ofDecimals = Should.Throw<OverflowException>(() => world.IsTrue(Amount.AsNumber() * 10 > 0));
        ofDecimals.Message.ShouldBe(
            "79228162514264337593543950335 * 10 is too large for a number of its type. Use smaller numbers, or fields of type double.");
        Should.Throw<OverflowException>(() => world.IsTrue(Amount.AsNumber() + 1 > 0));
        Should.Throw<OverflowException>(() => world.IsTrue(-1 - Amount.AsNumber() > 0));
        Should.Throw<OverflowException>(() => world.IsTrue(Rate.AsNumber() * 10 > 0));
    }

    [Test]
    [Statement("3.4")]
    [SetCulture("de-DE")]
    public void Numbers_read_the_same_in_every_culture()
    {
        Number[] numbers = [240, 240.50m, 0.1, -5L];

        numbers.Select(number => number.ToString()).ShouldBe(["240", "240.50", "0.1", "-5"]);
    }
}
