using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Several people at once, and an engine that ends in between.</summary>
[TestFixture]
public sealed class Chapter01Races
{
    [Statement("1.6")]
    [Statement("14.3")]
    [TestCase(1, true)]
    [TestCase(3, true)]
    [TestCase(1, false)]
    [TestCase(3, false)]
    public async Task As_many_as_there_are_slots_get_one(int slots, bool once)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Asking(activity => (once ? activity.Once(5, slots) : activity.Each(5, slots)).Chooses().SucceedingRule(Answers.AllGiven)));
        for (var round = 0; round < 20; round++)
        {
            var id = await bed.BeginAsync();

            var results = await Task.WhenAll(Enumerable.Range(0, 5).Select(place => Task.Run(async () =>
            {
                try
                {
                    await bed.OpenAsync(Worklists.Users[place], new SerialNumber(id, once ? 1 : place + 1));
                    return "Op";
                }
                catch (WorklistItemNotFoundException refusal) when (refusal.Reason is WorklistItemEnd.NoSlotLeft)
                {
                    return "Al";
                }
            })));

            results.Count(letters => letters == "Op").ShouldBe(slots);
            (await bed.StandingAsync(id)).ShouldBe(string.Join(' ', results));
        }
    }

    [Test]
    [Statement("14.3")]
    public async Task As_many_as_there_are_slots_answer_and_the_process_goes_on_once([Values(1, 3, 5)] int slots)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Once(5, slots).Chooses()));
        for (var round = 0; round < 20; round++)
        {
            var id = await bed.BeginAsync();

            var results = await Task.WhenAll(Worklists.Users.Select(user => Task.Run(async () =>
            {
                try
                {
                    await bed.Engine.As(user).Worklist.ExecuteAsync(new SerialNumber(id, 1), "Approve");
                    return true;
                }
                catch (WorklistItemNotFoundException refusal)
                {
                    refusal.Reason.ShouldBeOneOf(WorklistItemEnd.NoSlotLeft, WorklistItemEnd.Completed);
                    return false;
                }
            })));

            results.Count(isDone => isDone).ShouldBe(slots);
            (await bed.PathAsync(id)).ShouldBe("Ask After");
            (await bed.CountAsync(id, JournalKind.SlotCompleted)).ShouldBe(slots);
        }
    }

    [Test]
    [Statement("14.5")]
    public async Task Everything_about_a_task_survives_a_new_engine()
    {
        var form = new DestinationField<int>("Form", initial: 0);
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Fields(form).Once(5, 3).Chooses()));
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);
        await bed.ActAsync("A", serial, "Approve");
        await bed.ActAsync("B", serial, "Save", answer => answer.Set(form, 7));
        await bed.RedirectAsync("C", id, "F");
        await bed.DelegateAsync("D", id, "G", "Reject");
        await bed.SleepAsync("E", id, seconds: 60);
        await bed.Boss().SetActionRightAsync(serial, "Approve", Destination.User("F"), isAllowed: false);
        var standing = await bed.StandingAsync(id, "A", "B", "C", "D", "E", "F", "G");
        standing.ShouldBe("-- Op -- Av Sl Av Av");
        var before = await bed.StoredBytesAsync(id);

        await bed.RestartAsync();

        (await bed.StoredBytesAsync(id)).ShouldBe(before);
        (await bed.StandingAsync(id, "A", "B", "C", "D", "E", "F", "G")).ShouldBe(standing);
        (await bed.ItemAsync("G", id)).Actions.Select(action => action.Name).ShouldBe(["Reject"]);
        (await bed.ItemAsync("F", id)).Actions.Select(action => action.Name).ShouldBe(["Reject", "Save"]);
        (await bed.ItemAsync("B", id)).Get(form).ShouldBe(7);
        await bed.ActAsync("B", serial, "Approve");
        await bed.ActAsync("G", serial, "Reject");
        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }

    [Test]
    [Statement("2.11")]
    [Statement("8.1")]
    public async Task A_failure_after_an_answer_does_not_lose_the_answer()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Asking(activity => activity.Once(1, 1).Chooses().Server("Book", _ => throw new InvalidOperationException("no money"))));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve");

        (await bed.PathAsync(id)).ShouldBe("Error: Ask");
        (await bed.ReadAsync(id)).Error.ShouldNotBeNull().Message.ShouldContain("no money");
        (await bed.CountAsync(id, JournalKind.SlotCompleted)).ShouldBe(1);
        var slot = (await bed.ActiveAsync(id, "Ask")).Destinations[0].Slots.ShouldHaveSingleItem();
        (slot.User, slot.Action, slot.Status).ShouldBe(("A", "Approve", SlotStatus.Completed));
    }

    [Test]
    [Statement("8.1")]
    public async Task A_rule_of_a_task_that_throws_puts_the_process_into_error_and_keeps_the_answer()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Once(2, 2)
            .Chooses(more: task => task.SucceedingRule(Rule.Named("Broken", _ => throw new InvalidOperationException("the rule broke"))))));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve");

        (await bed.PathAsync(id)).ShouldBe("Error: Ask");
        var error = (await bed.ReadAsync(id)).Error.ShouldNotBeNull();
        error.Message.ShouldContain("the rule broke");
        error.Element.ShouldContain("Decision");
        (await bed.CountAsync(id, JournalKind.SlotCompleted)).ShouldBe(1);
        await bed.ShouldRefuseAsync<ProcessInstanceHaltedException>(id, () => bed.ActAsync("B", new SerialNumber(id, 1), "Approve"));
    }
}
