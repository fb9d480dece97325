using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Rules;

[Statement("13.3")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class TraceTests
{
    private static readonly ProcessField<decimal> Amount = new("Amount");
    private static readonly ProcessField<string> Purpose = new("Purpose");
    private static readonly ProcessField<int> Round = new("Round");
    private static readonly DestinationField<string> Vote = new("Vote");
    private static readonly DestinationField<int> Score = new("Score");

    private readonly RuleWorld _world = new RuleWorld(Amount, Purpose, Round, Vote, Score).Plan(slots: 3, destinations: 3).Set(Amount, 240m);

    [Test]
    [Statement("13.3")]
    public void A_trace_shows_each_clause_with_the_values_it_read()
    {
        var trace = _world.Set(Purpose, "travel").Explain(Amount < 3_000m & Purpose == "travel");

        trace.Text.ShouldBe("Amount < 3000 & Purpose == \"travel\"");
        trace.Result.ShouldBe(true);
        trace.Clauses.Select(clause => clause.Text).ShouldBe(["Amount < 3000", "Purpose == \"travel\""]);
        trace.Clauses[0].Values.ShouldBe([new RuleTraceValue("Amount", "240")]);
        trace.Clauses[1].Values.ShouldBe([new RuleTraceValue("Purpose", "\"travel\"")]);
    }

    [Test]
    [Statement("13.3")]
    public void A_trace_says_which_clauses_were_not_evaluated()
    {
        var trace = _world.Explain(Amount > 3_000m & Purpose == "travel" | Round.IsNull | Round > 2);

        trace.ToString().ReplaceLineEndings("\n").ShouldBe("""
            true: Amount > 3000 & Purpose == "travel" | Round is null | Round > 2
              false: Amount > 3000 & Purpose == "travel"
                false: Amount > 3000 (Amount = 240)
                not evaluated: Purpose == "travel"
              true: Round is null (Round = null)
              not evaluated: Round > 2
            """.ReplaceLineEndings("\n"));
        trace.Clauses[2].Result.ShouldBeNull();
    }

    [Test]
    [Statement("13.3")]
    public void A_trace_of_a_slot_function_says_whose_answer_was_looked_at()
    {
        _world.Answer(0, "ann", Vote, "yes");
        _world.Answer(2, "cy", Vote, "no");

        _world.Explain(Answers.AtLeast(Answers.Total - 1).Satisfy(Vote == "yes" & Amount > 5m)).ToString().ShouldBe(
            """
            false: At Least Answers.Total - 1 (Vote == "yes" & Amount > 5) (Answers.Total = 3, Answers.Total - 1 = 2)
              true: 8_1 ann: Vote == "yes" & Amount > 5
                true: Vote == "yes" (Vote = "yes")
                true: Amount > 5 (Amount = 240)
              false: 8_3 cy: Vote == "yes" & Amount > 5
                false: Vote == "yes" (Vote = "no")
                not evaluated: Amount > 5
            """.ReplaceLineEndings("\n"));
    }

    [Test]
    [Statement("13.3")]
    public void A_trace_of_all_slots_says_how_many_are_missing()
    {
        _world.Answer(0, "ann", Vote, "yes");

        _world.Explain(Answers.AllSlots.Satisfy(Vote == "yes")).ToString().ShouldBe(
            "false: All Slots (Vote == \"yes\") (slots completed = 1, slots planned = 3)");
    }

    [Test]
    [Statement("13.3")]
    public void A_trace_of_an_aggregate_shows_what_was_aggregated()
    {
        _world.Answer(0, "ann", Score, 4);
        _world.Answer(1, "bob", Score, 7);

        _world.Explain(Answers.Sum(Score) >= 10).ToString().ShouldBe(
            "true: Answers.Sum(Score) >= 10 (Score = 4, Score = 7, Answers.Sum(Score) = 11)");
    }

    [Test]
    [Statement("13.3")]
    public void A_trace_shows_the_rule_that_a_choice_rests_on()
    {
        _world.Explain(Round.AsNumber() != Rule.Choose(when: Amount > 1000m, then: (Number)3, otherwise: 2)).ToString().ShouldBe(
            """
            true: Round != (Amount > 1000 ? 3 : 2) (Round = null)
              false: Amount > 1000 (Amount = 240)
            """.ReplaceLineEndings("\n"));
    }

    [Test]
    [Statement("13.3")]
    public void A_trace_of_a_flat_list_leaves_out_what_is_certain()
    {
        _world.Explain(Rule.List(Amount > 5m).Or(Round == 1).And(Rule.Named("is a holiday", _ => false))).ToString().ShouldBe(
            """
            false: { Amount > 5 Or Round == 1 And [is a holiday] }
              true: Amount > 5 (Amount = 240)
              not evaluated: Round == 1
              false: [is a holiday]
            """.ReplaceLineEndings("\n"));
    }
}
