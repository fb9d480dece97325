using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>The logical functions against a model. After every completed slot the model works the function out anew from the table of the documents, and tells
/// when the activity has to end. The policy Expire makes visible that the rule never became true.</summary>
[TestFixture]
public sealed class Chapter03SucceedingRules
{
    private const int Count = 3;

    private static readonly DestinationField<int> Score = new("Score", initial: 0);

    public enum Function
    {
        All,
        AllCompleted,
        AllSlots,
        None,
        AtLeast,
        AtMost,
    }

    /// <code>
    /// ► Ask (3 slots, each waits; done when the rule is true, expired when it never was) ──►
    /// </code>
    private static ProcessDefinition Asking(Rule rule) => ProcessDefinition.Define("Asking", process =>
    {
        process.OpenToAll();
        process.StartsWith(process.Activity("Ask", activity => activity
            .Fields(Score).PlanPerSlot(Slots.Number(Count)).Waits().SucceedingRule(rule).WhenUnresolved(WhenUnresolved.Expire)));
    });

    private static IEnumerable<TestCaseData> Functions()
    {
        foreach (var function in new[] { Function.All, Function.AllCompleted, Function.AllSlots, Function.None })
        {
            yield return new TestCaseData(function, 0);
        }

        foreach (var number in Enumerable.Range(0, Count + 2))
        {
            yield return new TestCaseData(Function.AtMost, number);
            yield return new TestCaseData(Function.AtLeast, number + 1);
        }
    }

    private static Rule RuleOf(Function function, int number) => function switch
    {
        Function.All => Answers.All.Satisfy(Score >= 5),
        Function.AllCompleted => Answers.AllCompleted.Satisfy(Score >= 5),
        Function.AllSlots => Answers.AllSlots.Satisfy(Score >= 5),
        Function.None => Answers.None.Satisfy(Score >= 5),
        Function.AtLeast => Answers.AtLeast(number).Satisfy(Score >= 5),
        _ => Answers.AtMost(number).Satisfy(Score >= 5),
    };

    /// <summary>The table of statement 3.7, given the answers of the completed slots;
    /// those that are missing hold the initial value, which does not satisfy.</summary>
    private static bool Model(Function function, int number, bool[] completed)
    {
        var satisfied = completed.Count(answer => answer);
        return function switch
        {
            Function.All or Function.AllSlots => satisfied == Count,
            Function.AllCompleted => completed.Length > 0 && satisfied == completed.Length,
            Function.None => satisfied == 0,
            Function.AtLeast => satisfied >= number,
            _ => satisfied <= number,
        };
    }

    [Statement("3.7")]
    [TestCaseSource(nameof(Functions))]
    public async Task A_function_over_slots_is_true_exactly_when_the_table_says_so(Function function, int number)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(RuleOf(function, number)));
        for (var bits = 0; bits < 1 << Count; bits++)
        {
            bool[] answers = [.. Enumerable.Range(0, Count).Select(place => (bits & (1 << place)) != 0)];
            await PlayAsync(bed, function, number, answers, Words.Orders(Count).ElementAt(bits % 6));
        }
    }

    private static async Task PlayAsync(WorkflowTestBed bed, Function function, int number, bool[] answers, int[] order)
    {
        var id = await bed.BeginAsync();
        var serials = await bed.ServerItemsAsync(id);
        for (var done = 1; done <= Count; done++)
        {
            var answer = answers[done - 1];
            await bed.FinishAsync(serials[order[done - 1]], finish => finish.Set(Score, answer ? 5 : 4));

            var says = $"{function} {number} after {string.Join(", ", answers[..done])}";
            if (Model(function, number, answers[..done]))
            {
                (await bed.CompletedAsync(id)).ShouldBe(["Ask"], says);
                (await bed.CountAsync(id, JournalKind.DestinationExpired)).ShouldBe(Count - done, says);
                return;
            }

            (await bed.CompletedAsync(id)).ShouldBeEmpty(says);
        }

        (await bed.ExpiredAsync(id)).ShouldBe(["Ask"], "the rule was never true");
    }

    [Test]
    [Statement("3.7")]
    public async Task The_number_of_at_least_may_be_an_expression([Values(1, 2, 3)] int needed)
    {
        var quorum = new ProcessField<int>("Quorum");
        var definition = ProcessDefinition.Define("Quorum", process =>
        {
            process.OpenToAll().Fields(quorum);
            process.StartsWith(process.Activity("Ask", activity => activity
                .Fields(Score).PlanPerSlot(Slots.Number(Count)).Waits().SucceedingRule(Answers.AtLeast(quorum).Satisfy(Score >= 5))));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        var id = await bed.BeginAsync(start => start.Set(quorum, needed));
        var serials = await bed.ServerItemsAsync(id);

        for (var done = 0; done < needed; done++)
        {
            (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
            await bed.FinishAsync(serials[done], finish => finish.Set(Score, 7));
        }

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("3.9")]
    public async Task The_status_of_all_slots_waits_for_everybody([Range(0, 5)] int order)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(Answers.AllSlots.Satisfy(Status.OfSlot == SlotStatus.Completed)));
        var id = await bed.BeginAsync();
        var serials = await bed.ServerItemsAsync(id);

        foreach (var place in Words.Orders(Count).ElementAt(order))
        {
            (await bed.CompletedAsync(id)).ShouldBeEmpty();
            await bed.FinishAsync(serials[place]);
        }

        (await bed.CompletedAsync(id)).ShouldBe(["Ask"]);
    }

    [Test]
    [Statement("3.9")]
    public async Task The_status_of_destinations_can_be_asked_too()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(Answers.All.Satisfy(Status.OfDestination == DestinationStatus.Completed)));
        var id = await bed.BeginAsync();
        var serials = await bed.ServerItemsAsync(id);

        await bed.FinishAsync(serials[0]);
        await bed.FinishAsync(serials[2]);
        (await bed.CompletedAsync(id)).ShouldBeEmpty();
        await bed.FinishAsync(serials[1]);

        (await bed.CompletedAsync(id)).ShouldBe(["Ask"]);
    }

    [Test]
    [Statement("3.1")]
    [Statement("3.11")]
    public async Task A_completed_activity_records_that_the_others_expired_by_the_rule()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(Answers.AtLeast(1).Satisfy(Score >= 5)));
        var id = await bed.BeginAsync();
        var serials = await bed.ServerItemsAsync(id);

        await bed.FinishAsync(serials[0], finish => finish.Set(Score, 4));
        await bed.FinishAsync(serials[1], finish => finish.Set(Score, 5));

        var ended = (await bed.HistoryAsync(id)).Where(entry => entry.Kind is JournalKind.DestinationCompleted or JournalKind.DestinationExpired);
        ended.Select(entry => (entry.Destination, entry.Kind)).ShouldBe(
            [(1, JournalKind.DestinationCompleted), (2, JournalKind.DestinationCompleted), (3, JournalKind.DestinationExpired)]);
    }

    [Statement("3.12")]
    [TestCase(1, 1)]
    [TestCase(3, 1)]
    [TestCase(10, 1)]
    public async Task Synchronous_events_without_a_rule_run_in_the_first_slot_only(int count, int calls)
    {
        var called = new List<string>();
        await using var bed = await WorkflowTestBed.CreateAsync(Running(count, called, rule: null));

        var id = await bed.BeginAsync();

        called.ShouldBe(Enumerable.Range(1, calls).Select(number => $"Work/Call {id}_{number}"));
        (await bed.CountAsync(id, JournalKind.DestinationExpired)).ShouldBe(count - calls);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Statement("3.12")]
    [TestCase(1)]
    [TestCase(3)]
    [TestCase(10)]
    public async Task Synchronous_events_with_all_slots_run_in_every_slot_in_order(int count)
    {
        var called = new List<string>();
        await using var bed = await WorkflowTestBed.CreateAsync(
            Running(count, called, Answers.AllSlots.Satisfy(Status.OfSlot == SlotStatus.Completed)));

        var id = await bed.BeginAsync();

        called.ShouldBe(Enumerable.Range(1, count).Select(number => $"Work/Call {id}_{number}"));
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    /// <code>
    /// ► Work (count slots, each calls) ──►
    /// </code>
    private static ProcessDefinition Running(int count, List<string> called, Rule? rule) => ProcessDefinition.Define("Running", process =>
    {
        process.OpenToAll();
        process.StartsWith(process.Activity("Work", activity =>
        {
            activity.PlanPerSlot(Slots.Number(count)).Logs("Call", called);
            if (rule is not null)
            {
                activity.SucceedingRule(rule);
            }
        }));
    });
}
