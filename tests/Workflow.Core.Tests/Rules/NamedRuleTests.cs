using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Rules;

[Statement("3.4")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class NamedRuleTests
{
    private static readonly ProcessField<decimal> Amount = new("Amount");
    private static readonly ActivityField<int> Round = new("Round", initial: 2);
    private static readonly DestinationField<string> Vote = new("Vote");

    private readonly RuleWorld _world = new RuleWorld(Amount, Round, Vote).Plan(slots: 1, destinations: 1).Set(Amount, 240m);

    [Test]
    [Statement("3.4")]
    public void A_predicate_sees_fields_folio_and_originator()
    {
        var rule = Rule.Named("is what we expect", context =>
            context.Get(Amount) == 240m && context.Get(Round) == 2 && !context.TryGet(Vote, out _)
            && context.Folio == "Train to Lisbon" && context.Originator == "dora");

        _world.IsTrue(rule).ShouldBeTrue();
    }

    [Test]
    [Statement("3.7")]
    public void Inside_a_slot_function_a_predicate_sees_the_answer()
    {
        _world.Answer(0, "ann", Vote, "yes");
        _world.Set(_world.Activity.Destinations[0], Vote, "changed since");

        _world.IsTrue(Answers.AllSlots.Satisfy(Rule.Named("says yes", context => context.Get(Vote) == "yes"))).ShouldBeTrue();
    }

    [Test]
    [Statement("11.1")]
    public void A_field_that_is_out_of_reach_is_refused()
    {
        var bound = _world.Bind(Rule.Named("asks too much", context => context.Get(Vote) == "yes"), RulePlace.ProcessLine);

        Should.Throw<DataFieldException>(() => bound.Evaluate(RuleScope.OfProcess(_world.Process))).Field.ShouldBe("Vote");
    }

    [Test]
    [Statement("8.1")]
    public void An_exception_of_a_predicate_goes_to_the_caller_unchanged()
    {
        var thrown = new InvalidOperationException("no");
        var bound = _world.Bind(Amount > 0m & Rule.Named("fails", _ => throw thrown));

        Should.Throw<InvalidOperationException>(() => bound.Evaluate(_world.Line())).ShouldBeSameAs(thrown);
        Should.Throw<InvalidOperationException>(() => bound.Explain(_world.Line())).ShouldBeSameAs(thrown);
    }

    [Test]
    [Statement("3.4")]
    public void A_name_and_a_predicate_are_needed()
    {
        Should.Throw<ArgumentException>(() => Rule.Named(" ", _ => true));
        Should.Throw<ArgumentException>(() => Rule.Named("two\nlines", _ => true));
        Should.Throw<ArgumentNullException>(() => Rule.Named("x", null!));
    }
}
