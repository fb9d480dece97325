using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Rules;

[Statement("3.7")]
internal sealed class SlotFunctionTests
{
    private static readonly ProcessField<decimal> Amount = new("Amount");
    private static readonly DestinationField<string> Vote = new("Vote");

    /// <summary>One row for each N and C up to 4, and each choice of which of C say yes.</summary>
    private static IEnumerable<TestCaseData> Answered()
    {
        for (var total = 0; total <= 4; total++)
        {
            for (var completed = 0; completed <= total; completed++)
            {
                for (var yes = 0; yes < 1 << completed; yes++)
                {
                    yield return new TestCaseData(total, completed, yes);
                }
            }
        }
    }

    [TestCaseSource(nameof(Answered))]
    [Statement("3.7")]
    public void Each_function_over_all_slots_and_answers(int total, int completed, int yes)
    {
        var world = World(total, completed, yes, inOneDestination: false);
        var satisfied = System.Numerics.BitOperations.PopCount((uint)yes);

        Check(world, total, completed, satisfied);
        world.IsTrue(Answers.All.Satisfy(Vote == "yes")).ShouldBe(satisfied == total);
    }

    [TestCaseSource(nameof(Answered))]
    [Statement("3.7")]
    public void It_does_not_matter_how_the_slots_are_spread_over_destinations(int total, int completed, int yes)
    {
        var world = World(total, completed, yes, inOneDestination: true);

        Check(world, total, completed, System.Numerics.BitOperations.PopCount((uint)yes));
    }

    [Test]
    [Statement("0.1")]
    public void All_looks_at_destinations_that_have_not_answered_with_the_values_they_have()
    {
        var world = World(total: 2, completed: 1, yes: 1, inOneDestination: false);
        var rule = Answers.All.Satisfy(Vote == "yes");

        world.IsTrue(rule).ShouldBeFalse();
        world.Set(world.Activity.Destinations[1], Vote, "yes");
        world.IsTrue(rule).ShouldBeTrue();
    }

    [Test]
    [Statement("0.1")]
    public void All_reads_the_answer_and_not_what_the_destination_holds_later()
    {
        var world = World(total: 1, completed: 1, yes: 1, inOneDestination: false);

        world.Set(world.Activity.Destinations[0], Vote, "no");

        world.IsTrue(Answers.All.Satisfy(Vote == "yes")).ShouldBeTrue();
        world.IsTrue(Vote == "yes").ShouldBeFalse();
    }

    [Test]
    [Statement("3.7")]
    public void R15_all_covers_five_destinations_where_all_slots_covers_three_slots()
    {
        var world = new RuleWorld(Vote).Plan(slots: 3, destinations: 5);
        for (var index = 0; index < 3; index++)
        {
            world.Answer(index, $"user {index}", ActionResult.Field, "Approve");
        }

        world.IsTrue(Answers.All == "Approve").ShouldBeFalse();
        world.IsTrue(Answers.AllSlots == "Approve").ShouldBeTrue();
    }

    [Test]
    [Statement("3.7")]
    public void Compared_with_a_text_a_function_reads_the_action()
    {
        var world = new RuleWorld().Plan(slots: 3, destinations: 3);
        world.Answer(0, "ann", ActionResult.Field, "Approve");
        world.Answer(1, "bob", ActionResult.Field, "Approve");
        world.Answer(2, "cy", ActionResult.Field, "Decline");

        world.IsTrue(Answers.AtLeast(2) == "Approve").ShouldBeTrue();
        world.IsTrue(Answers.AtLeast(2) == "approve").ShouldBeFalse();
        world.IsTrue(Answers.AtLeast(1) != "Approve").ShouldBeTrue();
        world.IsTrue(Answers.AllSlots != "Decline").ShouldBeFalse();
        world.IsTrue(Answers.None == "Withdraw").ShouldBeTrue();
        ActionResult.Field.Name.ShouldBe("Action Result");
        ActionResult.Field.IsHidden.ShouldBeTrue();
    }

    [Test]
    [Statement("3.7")]
    public void The_number_may_be_an_expression()
    {
        var world = new RuleWorld(Amount, Vote).Plan(slots: 3, destinations: 3).Set(Amount, 500m);
        world.Answer(0, "ann", Vote, "yes");
        world.Answer(1, "bob", Vote, "yes");
        var rule = Answers.AtLeast(Rule.Choose(when: Amount > 1000m, then: 3, otherwise: 2)).Satisfy(Vote == "yes");

        world.IsTrue(rule).ShouldBeTrue();
        world.Set(Amount, 1500m).IsTrue(rule).ShouldBeFalse();
        world.IsTrue(Answers.AtLeast(Answers.Total - 1).Satisfy(Vote == "yes")).ShouldBeTrue();
        world.IsTrue(Answers.AtMost(Answers.Total - 2).Satisfy(Vote == "yes")).ShouldBeFalse();
    }

    [Test]
    [Statement("3.8")]
    public void R20_at_most_and_none_are_true_before_everybody_has_answered()
    {
        var world = new RuleWorld().Plan(slots: 4, destinations: 4);
        world.IsTrue(Answers.None == "Reject").ShouldBeTrue();

        world.Answer(0, "ann", ActionResult.Field, "Approve");

        world.IsTrue(Answers.AtMost(1) == "Reject").ShouldBeTrue();
        world.IsTrue(Answers.None == "Reject").ShouldBeTrue();
    }

    [Test]
    [Statement("3.4")]
    public void A_number_that_is_null_makes_the_function_false()
    {
        var approvals = new ProcessField<int>("Approvals");
        var world = new RuleWorld(approvals, Vote).Plan(slots: 1, destinations: 1);
        world.Answer(0, "ann", Vote, "yes");

        world.IsTrue(Answers.AtLeast(approvals).Satisfy(Vote == "yes")).ShouldBeFalse();
        world.IsTrue(Answers.AtMost(approvals).Satisfy(Vote == "yes")).ShouldBeFalse();
        world.Set(approvals, 1).IsTrue(Answers.AtLeast(approvals).Satisfy(Vote == "yes")).ShouldBeTrue();
    }

    [TestCase(2, false)]
    [TestCase(3, true)]
    [Statement("3.7")]
    public void More_than_half_can_be_said(int yes, bool expected)
    {
        var world = World(total: 5, completed: 4, (1 << yes) - 1, inOneDestination: false);

        world.IsTrue(Answers.CountOf(Vote == "yes") * 2 > Answers.Total).ShouldBe(expected);
    }

    [Test]
    [Statement("3.7")]
    public void A_destination_without_a_client_event_answers_with_its_own_fields()
    {
        var world = new RuleWorld(Vote).Plan(slots: 3, destinations: 3);
        world.Set(world.Activity.Destinations[1], Vote, "yes");

        world.CompleteWithoutSlots(1);

        world.IsTrue(Answers.AtLeast(1).Satisfy(Vote == "yes")).ShouldBeTrue();
        world.IsTrue(Answers.AllCompleted.Satisfy(Vote == "yes")).ShouldBeTrue();
        world.IsTrue(Answers.AllSlots.Satisfy(Vote == "yes")).ShouldBeFalse();
    }

    [Test]
    [Statement("3.7")]
    public void A_destination_without_a_client_event_completes_all_its_slots_at_once()
    {
        var world = new RuleWorld(Vote).Plan(slots: 3);
        world.Set(world.AddDestination(slotCount: 3), Vote, "yes");

        world.CompleteWithoutSlots(0);

        world.IsTrue(Answers.CountOf(Vote == "yes") == 3).ShouldBeTrue();
        world.IsTrue(Answers.AllSlots.Satisfy(Status.OfSlot == SlotStatus.Completed)).ShouldBeTrue();
    }

    [Test]
    [Statement("3.1")]
    public void An_event_rule_sees_the_slots_of_its_own_destination_only()
    {
        var world = new RuleWorld(Vote).Plan(slots: 4);
        world.AddDestination(slotCount: 2);
        world.AddDestination(slotCount: 2);
        world.Answer(0, "ann", Vote, "yes");
        world.Answer(1, "bob", Vote, "yes");
        world.Answer(1, "cy", Vote, "yes");

        var all = Answers.AllSlots.Satisfy(Vote == "yes");
        (world.IsTrueForEvent(0, all), world.IsTrueForEvent(1, all), world.IsTrue(all)).ShouldBe((false, true, false));
        world.IsTrueForEvent(0, Answers.CountOf(Vote == "yes") == 1 & Answers.Total == 2).ShouldBeTrue();
        world.IsTrueForEvent(1, Answers.CountOf(Vote == "yes") == 2 & Answers.Total == 2).ShouldBeTrue();
        world.IsTrueForEvent(0, Answers.All.Satisfy(Vote == "yes")).ShouldBeTrue();
    }

    [Test]
    [Statement("3.7")]
    public void A_predicate_may_compare_an_answer_with_the_process()
    {
        var quorum = new ProcessField<string>("Wanted", initial: "yes");
        var world = new RuleWorld(quorum, Vote).Plan(slots: 1, destinations: 1);
        world.Answer(0, "ann", Vote, "yes");

        world.IsTrue(Answers.AllSlots.Satisfy(Vote == quorum)).ShouldBeTrue();
    }

    private static void Check(RuleWorld world, int total, int completed, int satisfied)
    {
        var yes = Vote == "yes";
        world.IsTrue(Answers.AllSlots.Satisfy(yes)).ShouldBe(completed == total && satisfied == completed);
        world.IsTrue(Answers.AllCompleted.Satisfy(yes)).ShouldBe(completed > 0 && satisfied == completed);
        world.IsTrue(Answers.None.Satisfy(yes)).ShouldBe(satisfied == 0);
        world.IsTrue(Answers.CountOf(yes) == satisfied & Answers.Total == total).ShouldBeTrue();
        for (var count = 1; count <= 5; count++)
        {
            world.IsTrue(Answers.AtLeast(count).Satisfy(yes)).ShouldBe(satisfied >= count);
            world.IsTrue(Answers.AtMost(count - 1).Satisfy(yes)).ShouldBe(satisfied <= count - 1);
        }
    }

    private static RuleWorld World(int total, int completed, int yes, bool inOneDestination)
    {
        var world = new RuleWorld(Vote).Plan(total, inOneDestination ? 0 : total);
        if (inOneDestination)
        {
            world.AddDestination(total);
        }

        for (var index = 0; index < completed; index++)
        {
            world.Answer(inOneDestination ? 0 : index, $"user {index}", Vote, (yes >> index & 1) != 0 ? "yes" : "no");
        }

        return world;
    }
}
