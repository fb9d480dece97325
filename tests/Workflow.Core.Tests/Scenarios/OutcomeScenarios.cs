using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Scenarios;

/// <summary>When the answers of people decide.</summary>
[TestFixture]
public sealed class OutcomeScenarios
{
    private static readonly DestinationField<int> Score = new("Score", initial: 0);

    private static ActivityBuilder TwoOfThem(ActivityBuilder activity) => activity
        .Chooses()
        .Outcome("Approve", when: Answers.AtLeast(2) == "Approve")
        .Outcome("Reject", when: Answers.AtLeast(2) == "Reject");

    /// <summary>Lets users act in order, <c>+</c> for Approve; says after each where the instance stands.</summary>
    private static async Task<string> PlayAsync(WorkflowTestBed bed, ProcessInstanceId id, string answers, bool alone = false)
    {
        var letters = "";
        for (var place = 0; place < answers.Length; place++)
        {
            await bed.ActAsync(Worklists.Users[place], new SerialNumber(id, alone ? place + 1 : 1), answers[place] == '+' ? "Approve" : "Reject");
            letters += (await bed.StatusAsync(id)).ToString()[0];
        }

        return letters;
    }

    [Statement("3.7")]
    [TestCase("+-+", "AAC", "Approve", "Done")]
    [TestCase("-++", "AAC", "Approve", "Done")]
    [TestCase("+--", "AAC", "Reject", "Refused")]
    [TestCase("-+-", "AAC", "Reject", "Refused")]
    public async Task R01_the_majority_of_three_decides(string answers, string standing, string outcome, string next)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Deciding(activity => TwoOfThem(activity.Each(3))));
        var id = await bed.BeginAsync();

        (await PlayAsync(bed, id, answers, alone: true)).ShouldBe(standing);

        (await bed.OutcomesAsync(id)).ShouldBe([outcome]);
        (await bed.StartedAsync(id)).ShouldBe(["Decide", next]);
    }

    [Test]
    [Statement("3.2")]
    public async Task R01_in_turn_the_majority_decides_after_the_last_only()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Deciding(activity => TwoOfThem(activity.InTurn(3))));
        var id = await bed.BeginAsync();

        (await PlayAsync(bed, id, "++-", alone: true)).ShouldBe("AAC");

        (await bed.OutcomesAsync(id)).ShouldBe(["Approve"]);
    }

    [Statement("3.1")]
    [Statement("1.8")]
    [TestCase("++", "Done")]
    [TestCase("--", "Refused")]
    public async Task R02_two_of_three_are_enough_and_the_third_finds_their_task_expired(string answers, string next)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Deciding(activity => TwoOfThem(activity.Each(3))));
        var id = await bed.BeginAsync();

        (await PlayAsync(bed, id, answers, alone: true)).ShouldBe("AC");

        (await bed.DestinationsOfAsync(id, JournalKind.DestinationExpired)).ShouldBe([3]);
        (await bed.StandingAsync(id, "C")).ShouldBe("--");
        await bed.ShouldNotFindAsync("C", new SerialNumber(id, 3), WorklistItemEnd.Expired);
        await bed.ShouldNotFindAsync("A", new SerialNumber(id, 1), WorklistItemEnd.Completed);
        (await bed.PathAsync(id)).ShouldBe($"Decide {next}");
    }

    [Statement("3.7")]
    [TestCase(5, 3, "+-+-+", "AAAAC")]
    [TestCase(5, 3, "+++", "AAC")]
    [TestCase(5, 3, "--+++", "AAAAC")]
    [TestCase(5, 1, "---+", "AAAC")]
    [TestCase(4, 4, "++++", "AAAC")]
    public async Task R04_with_slots_for_all_it_completes_exactly_with_the_last_approval_that_is_needed(int people, int wanted, string answers, string standing)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Deciding(activity => activity
            .Once(people, people).Chooses().Outcome("Approve", when: Answers.AtLeast(wanted) == "Approve")));
        var id = await bed.BeginAsync();

        (await PlayAsync(bed, id, answers)).ShouldBe(standing);

        (await bed.OutcomesAsync(id)).ShouldBe(["Approve"]);
        (await bed.PathAsync(id)).ShouldBe("Decide Done");
        await bed.ShouldNotFindAsync("A", new SerialNumber(id, 1), WorklistItemEnd.Completed);
    }

    [Test]
    [Statement("2.7")]
    public async Task R06_one_slot_and_one_approval_are_enough_for_five([Values("A", "C", "E")] string user)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Deciding(activity => activity
            .Once(5, 1).Chooses().Outcome("Approve", when: Answers.AtLeast(1) == "Approve")));
        var id = await bed.BeginAsync();

        await bed.ActAsync(user, "Approve");

        (await bed.PathAsync(id)).ShouldBe("Decide Done");
        (await bed.SeenByAsync(id)).ShouldBe("");
        (await bed.CountAsync(id, JournalKind.SlotCompleted)).ShouldBe(1);
    }

    [Test]
    [Statement("0.2")]
    [Statement("3.11")]
    public async Task R11_without_a_rule_the_first_to_finish_ends_it_for_all([Range(0, 2)] int first)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Each(3).Chooses()));
        var id = await bed.BeginAsync();

        await bed.ActAsync(Worklists.Users[first], "Approve");

        (await bed.PathAsync(id)).ShouldBe("Ask After");
        (await bed.DestinationsOfAsync(id, JournalKind.DestinationCompleted)).ShouldBe([first + 1]);
        (await bed.DestinationsOfAsync(id, JournalKind.DestinationExpired)).ShouldBe(Enumerable.Range(1, 3).Where(number => number != first + 1));
        (await bed.SeenByAsync(id)).ShouldBe("");
    }

    [Test]
    [Statement("3.9")]
    public async Task R12_with_the_rule_that_all_slots_are_completed_it_waits_for_everybody([Range(1, 4)] int people)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity
            .Each(people).Chooses().SucceedingRule(Answers.AllSlots.Satisfy(Status.OfSlot == SlotStatus.Completed))));
        foreach (var order in Words.Orders(people))
        {
            var id = await bed.BeginAsync();
            foreach (var place in order)
            {
                (await bed.PathAsync(id)).ShouldBe("Active: Ask");
                await bed.ActAsync(Worklists.Users[place], new SerialNumber(id, place + 1), "Approve");
            }

            (await bed.PathAsync(id)).ShouldBe("Ask After");
            (await bed.DestinationsOfAsync(id, JournalKind.DestinationExpired)).ShouldBeEmpty();
        }
    }

    [Test]
    [Statement("2.6")]
    public async Task R17_the_first_true_outcome_wins_and_the_line_of_the_second_is_false([Values] bool once)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Both", process =>
        {
            process.Managed();
            var decide = process.Activity("Decide", activity => (once ? activity.Once(1, 1) : activity.Each(1)).Chooses()
                .Outcome("X", when: Answers.AtLeast(1) == "Approve")
                .Outcome("Y", when: Answers.AllSlots == "Approve"));
            process.StartsWith(decide);
            decide.On("X", process.Activity("To X")).On("Y", process.Activity("To Y"));
        }));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve");

        (await bed.OutcomesAsync(id)).ShouldBe(["X"]);
        (await bed.PathAsync(id)).ShouldBe("Decide To X");
        var lines = (await bed.HistoryAsync(id)).Where(fact => fact.Kind is JournalKind.LineEvaluated).Select(fact => fact.Result);
        lines.ShouldBe([true, true, false], "the start, X, Y");
    }

    [Statement("3.7")]
    [Statement("3.8")]
    [TestCase(1, "+", "C", "Approve")]
    [TestCase(1, "-", "C", "Approve")]
    [TestCase(0, "+", "C", "Approve")]
    [TestCase(0, "-+++", "AAAC", null)]
    public async Task R20_at_most_is_true_from_the_first_answer_on_unless_that_is_one_too_many(int most, string answers, string standing, string? outcome)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Deciding(activity => activity
            .Each(4).Chooses().Outcome("Approve", when: Answers.AtMost(most) == "Reject")));
        var id = await bed.BeginAsync();

        (await PlayAsync(bed, id, answers, alone: true)).ShouldBe(standing);

        (await bed.OutcomesAsync(id)).ShouldBe(outcome is null ? [] : [outcome]);
        (await bed.PathAsync(id)).ShouldBe(outcome is null ? "Decide" : "Decide Done");
    }

    [Test]
    [Statement("3.5")]
    public async Task R21_the_event_ends_when_the_sum_over_the_slots_is_enough()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity
            .Fields(Score).Once(2, 2).Chooses(more: task => task.SucceedingRule(Answers.Sum(Score) >= 10))));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve", answer => answer.Set(Score, 4));
        (await bed.PathAsync(id)).ShouldBe("Active: Ask");
        await bed.ActAsync("B", "Approve", answer => answer.Set(Score, 7));

        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }

    [Statement("3.5")]
    [TestCase(new[] { 4, 7 }, 2)]
    [TestCase(new[] { 10 }, 1)]
    [TestCase(new[] { 0, 0, 10 }, 3)]
    [TestCase(new[] { 9, -9, 9, 1 }, 4)]
    public async Task R21_each_slot_counts_with_its_own_score_and_the_rest_need_not_answer(int[] scores, int needed)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity
            .Fields(Score).Once(5, 5).Chooses(more: task => task.SucceedingRule(Answers.Sum(Score) >= 10))));
        var id = await bed.BeginAsync();

        for (var place = 0; place < scores.Length; place++)
        {
            (await bed.PathAsync(id)).ShouldBe("Active: Ask");
            await bed.ActAsync(Worklists.Users[place], "Approve", answer => answer.Set(Score, scores[place]));
        }

        (await bed.CountAsync(id, JournalKind.SlotCompleted)).ShouldBe(needed);
        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }
}
