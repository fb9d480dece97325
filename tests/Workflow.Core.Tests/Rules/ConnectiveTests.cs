using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Rules;

[Statement("3.4")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ConnectiveTests
{
    private static readonly ProcessField<int> Zero = new("Zero", initial: 0);
    private static readonly Rule True = Zero == 0;
    private static readonly Rule False = Zero != 0;

    private readonly RuleWorld _world = new(Zero);

    [TestCase(false, false)]
    [TestCase(false, true)]
    [TestCase(true, false)]
    [TestCase(true, true)]
    [Statement("3.4")]
    public void And_or_xor_and_not_have_their_usual_tables(bool left, bool right)
    {
        _world.IsTrue(Of(left) & Of(right)).ShouldBe(left && right);
        _world.IsTrue(Of(left) | Of(right)).ShouldBe(left || right);
        _world.IsTrue(Of(left) ^ Of(right)).ShouldBe(left != right);
        _world.IsTrue(!Of(left)).ShouldBe(!left);
        _world.IsTrue(Rule.List(Of(left)).And(Of(right))).ShouldBe(left && right);
        _world.IsTrue(Rule.List(Of(left)).Or(Of(right))).ShouldBe(left || right);
        _world.IsTrue(Rule.List(Of(left)).Xor(Of(right))).ShouldBe(left != right);
    }

    [Test]
    [Statement("3.4")]
    public void R23_a_flat_list_has_no_precedence()
    {
        _world.IsTrue(Rule.List(True).Or(True).And(False)).ShouldBeFalse();
    }

    [Test]
    [Statement("3.4")]
    public void R23_a_list_as_an_item_is_the_indentation()
    {
        _world.IsTrue(Rule.List(True).Or(Rule.List(True).And(False))).ShouldBeTrue();
    }

    [Test]
    [Statement("3.4")]
    public void In_csharp_the_tree_of_the_expression_is_the_grouping()
    {
        _world.IsTrue(True | True & False).ShouldBeTrue();
        _world.IsTrue((True | True) & False).ShouldBeFalse();
    }

    [TestCase(false, false, false, false)]
    [TestCase(true, false, false, true)]
    [TestCase(true, true, false, false)]
    [TestCase(true, false, true, false)]
    [TestCase(true, true, true, true)]
    [Statement("3.4")]
    public void Xor_of_several_is_taken_in_pairs_from_the_top(bool first, bool second, bool third, bool expected)
    {
        _world.IsTrue(Of(first) ^ Of(second) ^ Of(third)).ShouldBe(expected);
        _world.IsTrue(Rule.List(Of(first)).Xor(Of(second)).Xor(Of(third))).ShouldBe(expected);
    }

    [Test]
    [Statement("3.4")]
    public void A_flat_list_agrees_with_going_through_it_from_top_to_bottom()
    {
        for (var pattern = 0; pattern < 16 * 27; pattern++)
        {
            var (values, joins) = (pattern % 16, pattern / 16);
            var list = Rule.List(Of((values & 1) != 0));
            var expected = (values & 1) != 0;
            for (var index = 1; index < 4; index++, joins /= 3)
            {
                var value = (values >> index & 1) != 0;
                (list, expected) = (joins % 3) switch
                {
                    0 => (list.And(Of(value)), expected && value),
                    1 => (list.Or(Of(value)), expected || value),
                    _ => (list.Xor(Of(value)), expected != value),
                };
            }

            _world.IsTrue(list).ShouldBe(expected, list.ToString());
        }
    }

    [Test]
    [Statement("3.4")]
    public void A_list_that_is_continued_stays_as_it_was()
    {
        var list = Rule.List(True);
        _ = list.And(False);

        _world.IsTrue(list).ShouldBeTrue();
    }

    [Test]
    [Statement("3.4")]
    public void Evaluation_goes_from_left_to_right_and_stops_when_the_result_is_certain()
    {
        var asked = new List<string>();
        Rule Asked(string name, bool result) => Rule.Named(name, _ =>
        {
            asked.Add(name);
            return result;
        });

        var bound = _world.Bind(Asked("a", true) & Asked("b", false) & Asked("c", true) | Asked("d", true) | Asked("e", true));

        bound.Evaluate(_world.Line()).ShouldBeTrue();
        asked.ShouldBe(["a", "b", "d"]);
    }

    [Test]
    [Statement("3.4")]
    public void A_flat_list_does_not_ask_what_cannot_change_the_result()
    {
        var asked = new List<string>();
        Rule Asked(string name, bool result) => Rule.Named(name, _ =>
        {
            asked.Add(name);
            return result;
        });

        var bound = _world.Bind(Rule.List(Asked("a", true)).Or(Asked("b", false)).And(Asked("c", false)).And(Asked("d", true)).Xor(Asked("e", true)));

        bound.Evaluate(_world.Line()).ShouldBeTrue();
        asked.ShouldBe(["a", "c", "e"]);
    }

    [Test]
    [Statement("3.4")]
    public void Nothing_can_be_joined_with_a_rule_that_is_missing()
    {
        Rule? missing = null;

        Should.Throw<ArgumentNullException>(() => True & missing!);
        Should.Throw<ArgumentNullException>(() => missing! | True);
        Should.Throw<ArgumentNullException>(() => !missing!);
        Should.Throw<ArgumentNullException>(() => Rule.List(missing!));
        Should.Throw<ArgumentNullException>(() => Rule.List(True).And(missing!));
    }

    private static Rule Of(bool value) => value ? True : False;
}
