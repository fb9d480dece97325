using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Scenarios;

/// <summary>Shows who may act on a task, what an action keeps, and what an instance in Error lets through.</summary>
[TestFixture]
public sealed class TaskScenarios
{
    private static readonly DestinationField<int> Form = new("Form", initial: 0);

    private static ProcessDefinition OpenToAnybody(string? denied = null) => Worklists.Asking(activity => activity
        .Once(1, 1)
        .Client("Decision", task => task
            .Action("Approve", action =>
            {
                if (denied is not null)
                {
                    action.DeniedFor(Destination.User(denied));
                }
            })
            .Action("Reject")
            .AllowAnyUser()));

    [Test]
    [Statement("2.10")]
    public async Task W12_with_allow_any_user_a_stranger_may_open_and_act_and_still_has_no_worklist()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(OpenToAnybody());
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);

        var opened = await bed.OpenAsync("Z", serial);
        opened.Status.ShouldBe(WorklistItemStatus.Open);
        opened.Actions.Select(action => action.Name).ShouldBe(["Approve", "Reject"]);
        (await bed.SeenByAsync(id, "A", "Z")).ShouldBe("", "the slot is taken, and Z is no destination");
        await bed.ActAsync("Z", serial, "Approve");

        (await bed.PathAsync(id)).ShouldBe("Ask After");
        (await bed.HistoryAsync(id)).Single(fact => fact.Kind is JournalKind.SlotCompleted).User.ShouldBe("Z");
    }

    [Test]
    [Statement("2.10")]
    [Statement("2.9")]
    public async Task W12_with_allow_any_user_the_rights_of_the_task_do_not_count()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(OpenToAnybody());
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);
        await bed.Boss().SetActionRightAsync(serial, "Approve", Destination.User("Z"), isAllowed: false);

        await bed.ActAsync("Z", serial, "Approve");

        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }

    [Test]
    [Statement("2.10")]
    [Statement("2.9")]
    public async Task W12_with_allow_any_user_the_rights_of_the_definition_do_count()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(OpenToAnybody(denied: "Z"));
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);

        var refusal = await bed.ShouldRefuseAsync<ActionNotAllowedException>(id, () => bed.ActAsync("Z", serial, "Approve"));

        (refusal.User, refusal.Action, refusal.Serial).ShouldBe(("Z", "Approve", serial));
        (await bed.OpenAsync("Z", serial)).Actions.Select(action => action.Name).ShouldBe(["Reject"]);
        await bed.ActAsync("Z", serial, "Reject");
        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }

    [Test]
    [Statement("2.3")]
    [Statement("2.11")]
    public async Task W15_an_update_saves_and_asks_no_rule_and_a_finish_saves_and_asks()
    {
        var asked = 0;
        var count = Rule.Named("Count", _ => ++asked > 10);
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity
            .Fields(Form).Once(2, 2).Client("Decision", task => task.Update("Save").Action("Submit").SucceedingRule(count))));
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);

        await bed.OpenAsync("A", serial);
        await bed.ActAsync("A", serial, "Save", answer => answer.Set(Form, 1));

        var ask = await bed.ActiveAsync(id, "Ask");
        ask.Status.ShouldBe(ActivityInstanceStatus.Active);
        asked.ShouldBe(0);
        var slot = ask.Destinations[0].Slots.ShouldHaveSingleItem();
        (slot.Status, slot.Fields.Get<int>("Form"), ask.Destinations[0].Fields.Get<int>("Form")).ShouldBe((SlotStatus.Open, 1, 1));

        await bed.ActAsync("A", serial, "Submit", answer => answer.Set(Form, 2));

        ask = await bed.ActiveAsync(id, "Ask");
        asked.ShouldBe(1);
        slot = ask.Destinations[0].Slots.ShouldHaveSingleItem();
        (slot.Status, slot.Fields.Get<int>("Form"), ask.Destinations[0].Fields.Get<int>("Form")).ShouldBe((SlotStatus.Completed, 2, 2));
        (slot.User, slot.Action).ShouldBe(("A", "Submit"));
    }

    /// <code>
    ///     ┌──► Ask (A; one task) ──►
    /// ►───┤
    ///     └──► Pay (waits, then throws) ──►
    /// </code>
    private static readonly ProcessDefinition Breaking = ProcessDefinition.Define("Breaking", process =>
    {
        process.Managed();
        process.StartsWith(process.Activity("Ask", activity => activity.Once(2, 1).Chooses()));
        process.StartsWith(process.Activity("Pay", activity => activity.Waits().Server("Throw", _ => throw new InvalidOperationException("no money"))));
    });

    [Test]
    [Statement("1.5")]
    [Statement("1.8")]
    public async Task W16_in_error_nobody_sees_or_opens_the_task_but_the_administrator_sees_it([Values] bool isOpen)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Breaking);
        var id = await bed.BeginAsync();
        var item = await bed.ItemAsync("A", id);
        if (isOpen)
        {
            await item.OpenAsync();
        }

        await bed.FinishAsync(id, "Pay");

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);
        (await bed.StandingAsync(id, "A", "B")).ShouldBe("-- --");
        (await bed.ManagedAsync(id)).ShouldBe(isOpen ? ["A A Open", "B - Allocated"] : ["A - Available", "B - Available"]);
        Func<Task>[] commands =
        [
            () => bed.OpenAsync("A", item.Serial),
            () => bed.ActAsync("A", item.Serial, "Approve"),
            () => bed.ActAsync("A", item.Serial, "Save"),
            async () => await item.RedirectAsync("D"),
            async () => await item.DelegateAsync(Destination.User("D")),
            async () => await item.SleepAsync(TimeSpan.FromSeconds(60)),
            async () => await bed.Boss().RedirectAsync(item.Serial, Destination.User("A"), "D"),
        ];
        foreach (var command in commands)
        {
            (await bed.ShouldRefuseAsync<ProcessInstanceHaltedException>(id, command)).Error.ShouldNotBeNull().Message.ShouldContain("no money");
        }
    }

    [Statement("1.15")]
    [TestCase("B", "Op Al Al")]
    [TestCase("T", "Al Op Al")]
    [TestCase("J", "Al Al Op")]
    public async Task W18_every_member_sees_the_task_of_a_role_and_one_of_them_opens_it(string member, string expected)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Asking(activity => activity.Destinations(to => to.Role("R")).PlanJustOnce().Chooses()),
            options => options.DestinationResolver = new StaticDestinations { { Destination.Role("R"), "B", "T", "J" } });
        var id = await bed.BeginAsync();
        foreach (var user in new[] { "B", "T", "J" })
        {
            var item = await bed.ItemAsync(user, id);
            (item.Status, item.Destination, item.ActingFor).ShouldBe((WorklistItemStatus.Available, Destination.Role("R"), null));
        }

        await bed.OpenAsync(member, new SerialNumber(id, 1));

        (await bed.StandingAsync(id, "B", "T", "J")).ShouldBe(expected);
        (await bed.ItemAsync(member, id)).Destination.ShouldBe(Destination.Role("R"));
        (await bed.ManagedAsync(id)).ShouldContain($"R {member} Open");
        (await bed.Boss().ListAsync()).ShouldAllBe(entry => entry.Destination == Destination.Role("R"));
    }
}
