using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Functions over slots and destinations where each person has a destination of their own and no task.</summary>
[TestFixture]
public sealed class Chapter03DestinationAnswers
{
    private static readonly DestinationField<bool> Good = new("Good", initial: false);
    private static readonly DestinationField<bool> Fine = new("Fine", initial: true);

    private static readonly SlotFunction All = Answers.All;

    /// <code>
    /// ► Work (for so many people, as told; an error when the last has completed and the rule is false) ──►
    /// </code>
    private static async Task<(WorkflowTestBed Bed, ProcessInstanceId Id)> BeginAsync(
        int people, Rule rule, SlotAllocation? slots = null, bool inTurn = false, Action<ActivityBuilder>? before = null)
    {
        var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Working", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Work", activity =>
            {
                activity.Fields(Good, Fine).Destinations(to => to.Users(People.First(people)));
                _ = inTurn ? activity.PlanPerDestinationInTurn(slots) : activity.PlanPerDestination(slots);
                before?.Invoke(activity);
                activity.Waits().SucceedingRule(rule).WhenUnresolved(WhenUnresolved.Fail);
            }));
        }));
        return (bed, await bed.BeginAsync());
    }

    /// <summary>Lets them finish in order, each with an answer; <c>+</c> is good. Says after each where the instance stands.</summary>
    private static async Task<string> PlayAsync(WorkflowTestBed bed, ProcessInstanceId id, string answers)
    {
        var letters = "";
        for (var place = 0; place < answers.Length; place++)
        {
            var isGood = answers[place] == '+';
            await bed.FinishAsync(new SerialNumber(id, place + 1), finish => finish.Set(Good, isGood));
            letters += (await bed.StatusAsync(id)).ToString()[0];
        }

        return letters;
    }

    [Statement("3.7")]
    [TestCase(3, "+++", "AAC")]
    [TestCase(3, "++-", "AAE")]
    [TestCase(1, "+", "C")]
    [TestCase(5, "+++++", "AAAAC")]
    public async Task AllSlots_asks_for_every_slot_and_each_to_be_good(int people, string answers, string expected)
    {
        var (bed, id) = await BeginAsync(people, Answers.AllSlots.Satisfy(Good == true));
        await using var disposed = bed;

        (await PlayAsync(bed, id, answers)).ShouldBe(expected);
    }

    [Statement("3.7")]
    [TestCase(3, 1, "--+", "AAC")]
    [TestCase(3, 2, "-++", "AAC")]
    [TestCase(5, 2, "++", "AC")]
    [TestCase(5, 3, "+-+-+", "AAAAC")]
    [TestCase(3, 2, "+--", "AAE")]
    [TestCase(2, 3, "++", "AE")]
    public async Task AtLeast_counts_good_slots_only(int people, int wanted, string answers, string expected)
    {
        var (bed, id) = await BeginAsync(people, Answers.AtLeast(wanted).Satisfy(Good == true));
        await using var disposed = bed;

        (await PlayAsync(bed, id, answers)).ShouldBe(expected);
    }

    [Statement("3.10")]
    [TestCase("+++", "AAC")]
    [TestCase("-", "C")]
    [TestCase("+-", "AC")]
    public async Task All_must_agree_or_one_refuses(string answers, string expected)
    {
        var (bed, id) = await BeginAsync(3, Answers.AllSlots.Satisfy(Good == true) | Answers.AtLeast(1).Satisfy(Good == false));
        await using var disposed = bed;

        (await PlayAsync(bed, id, answers)).ShouldBe(expected);
    }

    [Statement("0.1")]
    [TestCase("+++", "AAC")]
    [TestCase("+-+", "AAE")]
    public async Task All_asks_every_destination_and_takes_its_present_value_before_it_has_completed(string answers, string expected)
    {
        var (bed, id) = await BeginAsync(3, All.Satisfy(Good == true));
        await using var disposed = bed;

        (await PlayAsync(bed, id, answers)).ShouldBe(expected);
    }

    [Test]
    [Statement("0.1")]
    public async Task All_is_true_at_the_first_when_the_others_begin_with_the_value_that_is_wanted()
    {
        var (bed, id) = await BeginAsync(3, All.Satisfy(Fine == true));
        await using var disposed = bed;

        (await PlayAsync(bed, id, "-")).ShouldBe("C");
        (await bed.CountAsync(id, JournalKind.DestinationExpired)).ShouldBe(2);
    }

    [Test]
    [Statement("0.1")]
    public async Task All_takes_what_an_earlier_event_of_a_destination_wrote()
    {
        var (bed, id) = await BeginAsync(
            3, All.Satisfy(Good == true), before: activity => activity.Server("Guess", context => context.Set(Good, context.User != "cy")));
        await using var disposed = bed;

        await bed.FinishAsync(new SerialNumber(id, 1));
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active, "cy's is not good");
        await bed.FinishAsync(new SerialNumber(id, 3), finish => finish.Set(Good, true));
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed, "bob's is, though bob has not completed");
    }

    [Statement("0.1")]
    [Statement("4.6")]
    [TestCase(true, "AC")]
    [TestCase(false, "AE")]
    public async Task In_turn_who_had_no_turn_counts_with_the_initial_value(bool initial, string expected)
    {
        var (bed, id) = await BeginAsync(4, initial ? All.Satisfy(Fine == true) : All.Satisfy(Good == true), Slots.Number(2), inTurn: true);
        await using var disposed = bed;

        (await PlayAsync(bed, id, "++")).ShouldBe(expected);
        (await bed.CountAsync(id, JournalKind.DestinationCreated)).ShouldBe(2);
    }

    [Statement("4.6")]
    [TestCase(4, 2, "++", "AC")]
    [TestCase(5, 1, "+", "C")]
    [TestCase(5, 3, "+++", "AAC")]
    public async Task With_fewer_slots_than_people_AllSlots_is_content_with_the_slots(int people, int slots, string answers, string expected)
    {
        var (bed, id) = await BeginAsync(people, Answers.AllSlots.Satisfy(Good == true), Slots.Number(slots));
        await using var disposed = bed;

        (await PlayAsync(bed, id, answers)).ShouldBe(expected);
        (await bed.CountAsync(id, JournalKind.DestinationExpired)).ShouldBe(people - slots);
    }

    [Test]
    [Statement("4.14")]
    public async Task With_more_slots_than_people_AllSlots_is_never_true([Range(1, 3)] int people, [Values] bool inTurn)
    {
        var (bed, id) = await BeginAsync(people, Answers.AllGiven, Slots.Number(people + 1), inTurn);
        await using var disposed = bed;

        (await PlayAsync(bed, id, new string('+', people))).ShouldBe(new string('A', people - 1) + "E");
    }

    [Statement("3.2")]
    [TestCase("+++", "AAC")]
    [TestCase("+--", "AAC")]
    [TestCase("---", "AAE")]
    public async Task In_turn_the_rule_is_not_asked_before_the_last_though_it_would_be_true(string answers, string expected)
    {
        var (bed, id) = await BeginAsync(3, Answers.AtLeast(1).Satisfy(Good == true), inTurn: true);
        await using var disposed = bed;

        (await PlayAsync(bed, id, answers)).ShouldBe(expected);
    }

    [Test]
    [Statement("3.9")]
    public async Task The_status_of_destinations_can_be_asked_for([Values(1, 2, 3)] int wanted)
    {
        var (bed, id) = await BeginAsync(3, Answers.AtLeast(wanted).Satisfy(Status.OfDestination == DestinationStatus.Completed));
        await using var disposed = bed;

        (await PlayAsync(bed, id, new string('+', wanted))).ShouldBe(new string('A', wanted - 1) + "C");
    }
}
