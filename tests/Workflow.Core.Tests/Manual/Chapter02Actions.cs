using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter02Actions
{
    private static readonly ProcessField<int> Amount = new("Amount", initial: 0);
    private static readonly ActivityField<string> Note = new("Note");
    private static readonly DestinationField<int> Form = new("Form", initial: 0);

    [Test]
    [Statement("2.1")]
    public void A_task_without_an_action_that_finishes_is_refused()
    {
        Should.Throw<ProcessDefinitionException>(() => Worklists.Asking(activity => activity.Once(1, 1).Client("Decision", task => task.Update("Save"))));
        Should.Throw<ProcessDefinitionException>(() => Worklists.Asking(activity => activity.Once(1, 1).Client("Decision", _ => { })));
    }

    [Test]
    [Statement("2.1")]
    public void Two_actions_of_one_name_are_refused() =>
        Should.Throw<ProcessDefinitionException>(() => Worklists.Asking(activity => activity.Once(1, 1).Chooses(more: task => task.Action("Save"))));

    [Test]
    [Statement("2.1")]
    [Statement("2.11")]
    public async Task An_action_sets_fields_after_what_the_user_has_changed()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(
            activity => activity.Fields(Note, Form).Once(2, 2).Client("Decision", task => task
                .Action("Approve", action => action.Sets(Amount, 5).Sets(Note, "approved").Sets(Form, 9))
                .Action("Reject")),
            Amount));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve", answer => answer.Set(Amount, 1).Set(Note, "mine").Set(Form, 2));

        var process = await bed.ReadAsync(id);
        process.Fields.Get<int>("Amount").ShouldBe(5);
        process.Activities[0].Fields.Get<string>("Note").ShouldBe("approved");
        process.Activities[0].Destinations[0].Slots.ShouldHaveSingleItem().Fields.Get<int>("Form").ShouldBe(9);
    }

    [Test]
    [Statement("2.11")]
    public async Task An_answer_writes_to_process_activity_and_destination_by_field_and_by_name([Values] bool byName)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Asking(activity => activity.Fields(Note, Form).Each(2).Chooses().SucceedingRule(Answers.AllGiven), Amount));
        var id = await bed.BeginAsync();

        await bed.ActAsync("B", "Approve", answer => _ = byName
            ? answer.Set("Amount", FieldValue.From(1)).Set("Note", FieldValue.From("two")).Set("Form", FieldValue.From(3))
            : answer.Set(Amount, 1).Set(Note, "two").Set(Form, 3));

        var process = await bed.ReadAsync(id);
        process.Fields.Get<int>("Amount").ShouldBe(1);
        process.Activities[0].Fields.Get<string>("Note").ShouldBe("two");
        process.Activities[0].Destinations.Select(destination => destination.Fields.Get<int>("Form")).ShouldBe([0, 3]);
    }

    [Statement("2.2")]
    [TestCase("Approve", SlotStatus.Completed)]
    [TestCase("Reject", SlotStatus.Completed)]
    [TestCase("Save", SlotStatus.Open)]
    public async Task The_name_of_the_action_is_its_result(string action, SlotStatus status)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Once(2, 2).Chooses()));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", action);

        var slot = (await bed.ActiveAsync(id, "Ask")).Destinations[0].Slots.ShouldHaveSingleItem();
        (slot.Status, slot.Fields.Get<string>("Action Result"), slot.User).ShouldBe((status, action, "A"));
    }

    [Test]
    [Statement("2.3")]
    public async Task An_update_can_be_repeated_and_the_last_counts()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Fields(Form).Once(2, 2).Chooses()));
        var id = await bed.BeginAsync();

        foreach (var value in new[] { 4, 5, 6 })
        {
            await bed.ActAsync("A", "Save", answer => answer.Set(Form, value));
            (await bed.StandingAsync(id, "A", "B")).ShouldBe("Op Av");
            (await bed.ItemAsync("A", id)).Get(Form).ShouldBe(value);
        }

        var slot = (await bed.ActiveAsync(id, "Ask")).Destinations[0].Slots.ShouldHaveSingleItem();
        (slot.Status, slot.Fields.Get<int>("Form"), slot.CompletedAt).ShouldBe((SlotStatus.Open, 6, null));
        (await bed.CountAsync(id, JournalKind.SlotUpdated)).ShouldBe(3);
        (await bed.CountAsync(id, JournalKind.SlotCompleted)).ShouldBe(0);
    }

    [Test]
    [Statement("2.3")]
    public async Task A_finish_completes_the_slot_with_user_action_and_time()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Once(2, 2).Chooses()));
        var id = await bed.BeginAsync();
        await bed.AdvanceAsync(TimeSpan.FromMinutes(5));

        await bed.ActAsync("A", "Reject");

        var slot = (await bed.ActiveAsync(id, "Ask")).Destinations[0].Slots.ShouldHaveSingleItem();
        (slot.User, slot.Party, slot.Action, slot.CompletedAt).ShouldBe(("A", "A", "Reject", WorkflowTestBed.Beginning.AddMinutes(5)));
        slot.Entry.ShouldBe(Destination.User("A"));
    }

    [Test]
    [Statement("2.11")]
    public async Task An_action_takes_its_steps_in_the_order_of_the_manual()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Deciding(
            activity => activity.Fields(Form).Each(2).Chooses().Server("Book", _ => { })
                .Outcome("Approve", when: Answers.AtLeast(1) == "Approve").Outcome("Reject", when: Answers.AtLeast(1) == "Reject")));
        var id = await bed.BeginAsync();
        var known = (await bed.HistoryAsync(id)).Count;

        await bed.ActAsync("B", "Approve", answer => answer.Set(Form, 3));

        (await bed.HistoryAsync(id)).Skip(known).Select(fact => $"{fact.Kind} {fact.Name}").ShouldBe(
        [
            "SlotOpened Decision",
            "FieldChanged Form",
            "FieldChanged Action Result",
            "SlotCompleted Approve",
            "EventCompleted Decision",
            "EventStarted Book",
            "EventCompleted Book",
            "DestinationCompleted Decide",
            "FieldChanged Outcome",
            "EventExpired Decision",
            "DestinationExpired Decide",
            "ActivityCompleted Decide",
            "LineEvaluated Decide on Approve to Done",
            "LineEvaluated Decide on Reject to Refused",
            "ActivityStarted Done",
            "DestinationCreated Done",
            "DestinationCompleted Done",
            "ActivityCompleted Done",
            "ProcessCompleted Deciding",
        ]);
    }

    [Test]
    [Statement("2.11")]
    public async Task A_user_who_holds_a_slot_when_the_task_ends_loses_it([Values] bool once)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Deciding(activity => (once ? activity.Once(3, 3) : activity.Each(3)).Chooses()
            .Outcome("Approve", when: Answers.AtLeast(1) == "Approve")));
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, once ? 1 : 3);
        await bed.OpenAsync("C", serial);

        await bed.ActAsync("A", "Approve");

        (await bed.PathAsync(id)).ShouldBe("Decide Done");
        var expired = (await bed.HistoryAsync(id)).Single(fact => fact.Kind is JournalKind.SlotExpired);
        (expired.Name, expired.User, expired.Destination).ShouldBe(("Decision", "C", serial.Destination));
        await bed.ShouldNotFindAsync("C", serial, once ? WorklistItemEnd.Completed : WorklistItemEnd.Expired);
    }

    [Test]
    [Statement("2.11")]
    public async Task An_action_returns_at_the_next_rest()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Chain", process =>
        {
            process.Managed();
            var first = process.Activity("First", activity => activity.Once(1, 1).Chooses().Server("Work", _ => { }));
            var between = process.Activity("Between", activity => activity.Server("Work", _ => { }));
            process.StartsWith(first);
            first.To(between);
            between.To(process.Activity("Last", activity => activity.Once(2, 1).Chooses()));
        }));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve");

        (await bed.PathAsync(id)).ShouldBe("Active: Last");
        (await bed.CompletedAsync(id)).ShouldBe(["First", "Between"]);
    }
}
