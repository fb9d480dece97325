using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Rules;

[Statement("13.4")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class BindingTests
{
    private static readonly ProcessField<decimal> Amount = new("Amount");
    private static readonly ActivityField<int> Round = new("Round", initial: 1);
    private static readonly DestinationField<string> Vote = new("Vote");
    private static readonly DestinationField<int> Score = new("Score");

    private static readonly RulePlace[] WithAnswers = [RulePlace.ActivityLine, RulePlace.EventSucceeding, RulePlace.ActivitySucceeding];

    private readonly RuleWorld _world = new(Amount, Round, Vote, Score);

    private static Rule[] OverAnswers =>
    [
        Answers.All == "Approve", Answers.AllSlots == "Approve", Answers.AllCompleted == "Approve", Answers.AtLeast(1) == "Approve",
        Answers.AtMost(1) == "Approve", Answers.None == "Approve", Answers.Sum(Score) > 1, Answers.Count(Vote) > 1, Answers.Total > 1,
        Answers.CountOf(Vote == "yes") > 1,
    ];

    [Test]
    [Statement("3.6")]
    public void Functions_over_slots_stand_in_succeeding_rules_and_lines_of_the_activity_only()
    {
        foreach (var place in Enum.GetValues<RulePlace>())
        {
            foreach (var rule in OverAnswers)
            {
                var problems = _world.ProblemsOf(rule, place);
                if (WithAnswers.Contains(place))
                {
                    problems.ShouldBeEmpty($"{rule} in {place}");
                }
                else
                {
                    problems.ShouldContain(problem => problem.Statement == "3.6", $"{rule} in {place}");
                }
            }
        }
    }

    [Test]
    [Statement("11.1")]
    public void Destination_fields_can_be_read_where_there_are_destinations()
    {
        var places = Enum.GetValues<RulePlace>().Where(place => _world.ProblemsOf(Vote == "yes", place).Count == 0);

        places.ShouldBe([.. WithAnswers, RulePlace.SubProcess, RulePlace.Action], ignoreOrder: true);
    }

    [Test]
    [Statement("11.1")]
    public void Activity_fields_can_be_read_inside_their_activity_and_by_its_lines()
    {
        var places = Enum.GetValues<RulePlace>().Where(place => _world.ProblemsOf(Round == 1, place).Count == 0);

        places.ShouldBe(
            [
                .. WithAnswers, RulePlace.Preceding, RulePlace.DestinationSet, RulePlace.Task, RulePlace.Start, RulePlace.Milestone, RulePlace.Escalation,
                RulePlace.SubProcess, RulePlace.Action,
            ],
            ignoreOrder: true);
    }

    [Test]
    [Statement("11.1")]
    public void Process_fields_can_be_read_everywhere()
    {
        Enum.GetValues<RulePlace>().ShouldAllBe(place => _world.ProblemsOf(Amount > 1m, place).Count == 0);
    }

    [Test]
    [Statement("11.1")]
    public void A_preceding_rule_reads_the_initial_value_of_an_activity_field()
    {
        var bound = _world.Bind(Round == 1, RulePlace.Preceding);

        bound.Evaluate(RuleScope.OfArrival(_world.Process, _world.Activity.Fields)).ShouldBeTrue();
    }

    [Test]
    [Statement("3.9")]
    public void A_status_can_be_asked_where_there_is_an_activity_instance()
    {
        Rule[] rules = [Status.OfActivity == ActivityInstanceStatus.Expired, Status.OfDestination == DestinationStatus.Active];
        foreach (var rule in rules)
        {
            Enum.GetValues<RulePlace>().Where(place => _world.ProblemsOf(rule, place).Count == 0).ShouldBe(WithAnswers, ignoreOrder: true);
        }
    }

    [Test]
    [Statement("3.9")]
    public void The_status_of_a_slot_needs_a_slot_function()
    {
        _world.ProblemsOf(Status.OfSlot == SlotStatus.Completed, RulePlace.ActivitySucceeding).ShouldHaveSingleItem().Statement.ShouldBe("3.9");
    }

    [Test]
    [Statement("13.4")]
    public void All_problems_are_named_at_once_and_each_only_once()
    {
        var rule = new ProcessField<int>("Missing") == 1 & new ProcessField<string>("Amount") == "x" & Vote == "yes" & Vote == "no"
            & Answers.AtLeast(0) == "Approve";

        var problems = _world.ProblemsOf(rule, RulePlace.Preceding);

        problems.Select(problem => problem.Statement).ShouldBe(["11.1", "11.6", "11.1", "3.6", "3.7"]);
        problems.ShouldAllBe(problem => problem.Message.Length > 0 && problem.Remedy.EndsWith('.'));
    }

    [Test]
    [Statement("11.1")]
    public void A_field_is_found_in_its_own_scope_only()
    {
        var problem = _world.ProblemsOf(new ProcessField<int>("Round") == 1, RulePlace.ActivityLine).ShouldHaveSingleItem();

        problem.Message.ShouldBe("'Round' is read as a process field, and the process declares no such process field");
        problem.Remedy.ShouldBe("Declare it with Fields(...) in the process, or correct the name.");
    }

    [TestCase(1, true)]
    [TestCase(0, false)]
    [TestCase(-1, false)]
    [Statement("3.7")]
    public void At_least_asks_for_1_or_more(int count, bool isSensible)
    {
        (_world.ProblemsOf(Answers.AtLeast(count) == "Approve", RulePlace.ActivityLine).Count == 0).ShouldBe(isSensible);
    }

    [TestCase(0, true)]
    [TestCase(-1, false)]
    [Statement("3.7")]
    public void At_most_asks_for_0_or_more(int count, bool isSensible)
    {
        (_world.ProblemsOf(Answers.AtMost(count) == "Approve", RulePlace.ActivityLine).Count == 0).ShouldBe(isSensible);
    }

    [Test]
    [Statement("3.6")]
    public void A_slot_function_asks_something_of_the_answers()
    {
        _world.ProblemsOf(Answers.All.Satisfy(Amount > 1m), RulePlace.ActivityLine).ShouldHaveSingleItem().Statement.ShouldBe("3.6");
        _world.ProblemsOf(Answers.CountOf(Round == 1) > 1, RulePlace.ActivityLine).ShouldHaveSingleItem().Statement.ShouldBe("3.6");
        _world.ProblemsOf(Answers.All.Satisfy(Amount > 1m & Vote == "yes"), RulePlace.ActivityLine).ShouldBeEmpty();
        _world.ProblemsOf(Answers.All.Satisfy(Rule.Named("opaque", _ => true)), RulePlace.ActivityLine).ShouldBeEmpty();
    }

    [Test]
    [Statement("3.6")]
    public void Slot_functions_do_not_stand_inside_each_other()
    {
        Rule[] nested =
        [
            Answers.All.Satisfy(Vote == "yes" & (Answers.AtLeast(1) == "Approve")),
            Answers.All.Satisfy(Score.AsNumber() > Answers.Average(Score)),
            Answers.CountOf(Vote == "yes" & Answers.CountOf(Vote == "no") > 1) > 1,
        ];

        nested.ShouldAllBe(rule => _world.ProblemsOf(rule, RulePlace.ActivityLine).Single().Statement == "3.6");
        _world.ProblemsOf(Answers.All.Satisfy(Score.AsNumber() > Answers.Total), RulePlace.ActivityLine).ShouldBeEmpty();
    }

    [Test]
    [Statement("13.4")]
    public void A_rule_of_more_than_500_nodes_is_a_problem_and_not_descended_into()
    {
        _world.ProblemsOf(Chain(166), RulePlace.ActivityLine).ShouldBeEmpty();
        _world.ProblemsOf(Chain(167), RulePlace.ActivityLine).ShouldHaveSingleItem().Message.ShouldContain("502 nodes");

        static Rule Chain(int clauses) => Enumerable.Repeat(Amount > 1m, clauses).Aggregate((left, right) => left & right);
    }

    [Test]
    [Statement("13.4")]
    public void A_rule_deeper_than_32_is_a_problem_and_not_descended_into()
    {
        _world.ProblemsOf(Nested(30), RulePlace.ActivityLine).ShouldBeEmpty();
        _world.ProblemsOf(Nested(31), RulePlace.ActivityLine).ShouldHaveSingleItem().Message.ShouldContain("depth of 33");

        var deep = Nested(100_000);
        _world.ProblemsOf(deep, RulePlace.ActivityLine).ShouldHaveSingleItem();
        deep.ToString().ShouldBe("(a rule of 100003 nodes)");

        static Rule Nested(int negations)
        {
            var rule = Amount > 1m;
            for (var index = 0; index < negations; index++)
            {
                rule = !rule;
            }

            return rule;
        }
    }

    [Test]
    [Statement("13.4")]
    public void A_number_of_slots_is_bound_and_read_like_a_rule()
    {
        var count = Rule.Choose(when: Round > 0, then: 3, otherwise: 1);
        var binder = _world.Binder(RulePlace.DestinationSet);

        var bound = count.Bind(binder);

        binder.Problems.ShouldBeEmpty();
        bound.Read(RuleScope.OfArrival(_world.Process, _world.Activity.Fields), out var slots).ShouldBeTrue();
        slots.ShouldBe(3);
    }

    [Test]
    [Statement("13.4")]
    public void Binding_leaves_the_rule_as_it_was()
    {
        var rule = Amount > 1m & (Answers.AtLeast(2) == "Approve");
        var text = rule.ToString();

        var bound = _world.Bind(rule);

        bound.ShouldNotBeSameAs(rule);
        (rule.ToString(), bound.ToString()).ShouldBe((text, text));
        Should.Throw<WorkflowInvariantException>(() => rule.Evaluate(_world.Line())).Message.ShouldContain("Amount");
    }
}
