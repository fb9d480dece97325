using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Lists of plan per slot that are the answer to a question by name.</summary>
[TestFixture]
public sealed class Chapter04SlotQuestions
{
    private const string Lines = "Lines of the order";

    private static readonly ProcessField<string> Order = new("Order", initial: "O-7");
    private static readonly ProcessField<int> Count = new("Count", initial: 3);

    private StaticDestinations _directory = null!;
    private ScriptedResolver _resolver = null!;

    [SetUp]
    public void Forget()
    {
        _directory = new StaticDestinations().Lists<string>(Lines, _ => ["pen", "ink"]);
        _resolver = new ScriptedResolver(_directory);
    }

    private async Task<WorkflowTestBed> BedAsync(SlotAllocation slots)
    {
        var bed = await WorkflowTestBed.CreateAsync(
            ProcessDefinition.Define("Ordering", process =>
            {
                process.OpenToAll().Fields(Order, Count);
                var work = process.Activity("Work", activity => activity.PlanPerSlot(slots).Waits().SucceedingRule(Answers.AllGiven));
                process.StartsWith(work);
                work.To(process.Activity("After", activity => activity.Waits()));
            }),
            options => (options.DestinationResolver, options.SlotLimit) = (_resolver, 4));
        await bed.BeginAsync();
        return bed;
    }

    private static async Task<string[]> DataAsync(WorkflowTestBed bed) =>
        [.. (await bed.ActiveAsync(new ProcessInstanceId(1))).Destinations.Select(slot => slot.InstanceData.ToString())];

    [Test]
    [Statement("4.7")]
    [Statement("4.8b")]
    public async Task The_list_of_the_answer_decides_how_many_slots_there_are_and_gives_each_its_data()
    {
        await using var bed = await BedAsync(Slots.ForEach<string>(Lines, Order));

        (await DataAsync(bed)).ShouldBe(["\"pen\"", "\"ink\""]);
        _resolver.NamedAsked.ShouldHaveSingleItem().ShouldBe(new NamedQuestion(Lines, FieldValue.From("O-7")));
    }

    [Test]
    [Statement("4.7")]
    public async Task With_a_number_the_list_gives_data_only_and_the_rest_of_the_slots_get_none([Values] bool isComputed)
    {
        await using var bed = await BedAsync(isComputed ? Slots.Number<string>(Count, Lines, Order) : Slots.Number<string>(3, Lines, Order));

        (await DataAsync(bed)).ShouldBe(["\"pen\"", "\"ink\"", "null"]);
    }

    [Test]
    [Statement("4.13")]
    [Statement("4.8b")]
    public async Task An_empty_answer_plans_no_slot_and_the_activity_is_completed()
    {
        _directory.Lists<string>(Lines, _ => []);
        await using var bed = await BedAsync(Slots.ForEach<string>(Lines));

        (await bed.OpenActivitiesAsync(new ProcessInstanceId(1))).ShouldBe(["After"]);
    }

    [Test]
    [Statement("4.8b")]
    [Statement("14.8")]
    public async Task An_answer_of_another_type_or_too_many_elements_or_none_at_all_is_an_error(
        [Values("of another type", "too many", "unknown", "throws")] string answer)
    {
        _directory.Lists<string>(Lines, _ => answer switch
        {
            "too many" => ["1", "2", "3", "4", "5"],
            "throws" => throw new IOException("the table is gone"),
            _ => (IReadOnlyList<string>?)null,
        });
        if (answer == "of another type")
        {
            _directory.Lists<int>(Lines, _ => [1, 2]);
        }

        await using var bed = await BedAsync(Slots.ForEach<string>(Lines));

        var error = await bed.ShouldHaveFailedToPlanAsync(new ProcessInstanceId(1));
        error.Message.ShouldContain(answer switch
        {
            "of another type" => $"answers the question '{Lines}' with a list of Integer, and the definition wants a list of String",
            "too many" => "the limit is 4",
            "throws" => "threw: the table is gone",
            _ => $"does not know the question '{Lines}'",
        });
        _directory.Lists<string>(Lines, _ => ["pen"]);
        await bed.Admin().RetryAsync(new ProcessInstanceId(1));
        (await DataAsync(bed)).ShouldBe(["\"pen\""]);
    }

    [Test]
    [Statement("4.7")]
    [Statement("13.4")]
    public void It_is_for_plan_per_slot_only_and_asks_with_fields_that_there_are()
    {
        Should.Throw<ProcessDefinitionException>(() => ProcessDefinition.Define(
                "Ordering", process => process.StartsWith(process.Activity("Work", activity => activity.PlanJustOnce(Slots.Number<string>(1, Lines))))))
            .Problems.ShouldHaveSingleItem().Statement.ShouldBe("4.7");
        Should.Throw<ProcessDefinitionException>(() => ProcessDefinition.Define(
                "Ordering", process => process.StartsWith(process.Activity("Work", activity => activity.PlanPerSlot(Slots.ForEach<string>(Lines, Order))))))
            .Problems.ShouldHaveSingleItem().ToString().ShouldContain("'Order'");
        Should.Throw<NotSupportedException>(() => Slots.ForEach<Guid>(Lines));
    }
}
