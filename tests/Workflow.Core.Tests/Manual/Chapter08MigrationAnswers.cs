using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Manual;

/// <summary>Tasks, answers and data of an instance that goes on in another version.</summary>
[TestFixture]
public sealed class Chapter08MigrationAnswers
{
    private static readonly string[] Both = ["A", "B"];

    [Test]
    [Statement("8.8")]
    [Description("V2-06")]
    public async Task A_plan_per_slot_keeps_its_destinations_and_its_rule_is_true_at_the_last_of_them()
    {
        await using var bed = await Migrations.BedAsync(ForItems(4), ForItems(6));
        var id = await bed.BeginAsync();
        var items = await bed.ServerItemsAsync(id);
        await bed.FinishAsync("boss", items[0]);

        await bed.MigrateAsync(id);
        foreach (var item in items.Skip(1).Take(2))
        {
            await bed.FinishAsync("boss", item);
            (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        }

        (await bed.ActiveAsync(id, "Ask")).Destinations.Count.ShouldBe(4);
        await bed.FinishAsync("boss", items[3]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);

        static Action<ProcessBuilder> ForItems(int count) => process =>
        {
            process.Rights(rights => rights.ServerEvent("boss"));
            Migrations.Asking(activity => activity.PlanPerSlot(Slots.Number(count)).Server("Wait", context => context.WaitUntilFinished())
                .SucceedingRule(Answers.AllGiven))(process);
        };
    }

    [Test]
    [Statement("8.8b")]
    [Description("V2-07")]
    public async Task An_active_activity_keeps_its_plan_and_the_next_entry_has_the_new_one()
    {
        await using var bed = await Migrations.BedAsync(
            Migrations.Asking(activity => activity.Once(2, 2).Chooses()),
            Migrations.Asking(activity => activity.Each(2).Chooses().SucceedingRule(Answers.AllGiven)));
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", "Approve");

        await bed.MigrateAsync(id);
        (await bed.ActiveAsync(id, "Ask")).Destinations.ShouldHaveSingleItem().SlotCount.ShouldBe(2);
        await bed.Admin().GoToAsync(id, "Ask", Expiring.Only("After"));
        (await bed.ReadAsync(id)).Activities.Select(activity => activity.Destinations.Count).ShouldBe([1, 2]);
        await bed.ActAsync("B", new SerialNumber(id, 1), "Approve");

        (await bed.ReadAsync(id)).Activities.ShouldHaveSingleItem().Destinations.Count.ShouldBe(2);
    }

    [Test]
    [Statement("8.8c")]
    [Description("V2-10")]
    public async Task A_renamed_action_is_renamed_in_stored_answers_and_not_in_the_history([Values] bool isStopped)
    {
        await using var bed = await Migrations.BedAsync(Deciding("Approve", "Approve"), Deciding("Accept", "Approve"));
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", "Approve");
        if (isStopped)
        {
            await bed.Admin().StopAsync(id);
        }

        await bed.MigrateAsync(id, Renames.None.Action("Ask", "Decision", "Approve", "Accept").Outcome("Ask", "Approve", "Accept"));
        if (isStopped)
        {
            await bed.Admin().ResumeAsync(id);
        }

        var slot = (await bed.ActiveAsync(id, "Ask")).Destinations[0].Slots[0];
        (slot.Action, slot.Fields[ActionResult.Name]).ShouldBe(("Accept", FieldValue.From("Accept")));
        await bed.ActAsync("B", "Accept");

        (await bed.LinesFromAsync(id, 1)).ShouldBe(["Yes true"]);
        (await bed.HistoryAsync(id)).Where(entry => entry.Kind is JournalKind.SlotCompleted).Select(entry => entry.Name).ShouldBe(["Approve", "Accept"]);

        static Action<ProcessBuilder> Deciding(string yes, string line) => process =>
        {
            var ask = process.Activity("Ask", activity => activity
                .Destinations(to => to.Users(Both)).PlanJustOnce(Slots.Number(2))
                .Client("Decision", task => task.Action(yes).Action("Reject"))
                .Outcome(yes, Answers.AllSlots == yes)
                .Outcome("Reject", Answers.AllSlots == "Reject"));
            process.StartsWith(ask);
            ask.To(process.Activity("After"), Outcome.Is(yes), "Yes");
        };
    }

    [Test]
    [Statement("8.8c")]
    public async Task An_outcome_follows_the_action_of_its_name_and_so_do_the_lines_that_ask_for_it()
    {
        await using var bed = await Migrations.BedAsync(Deciding("Approve"), Deciding("Accept"));
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", "Approve");

        await bed.MigrateAsync(id, Renames.None.Action("Ask", "Decision", "Approve", "Accept"));
        await bed.ActAsync("B", "Accept");

        (await bed.LinesFromAsync(id, 1)).ShouldBe(["Ask on Accept to After true"]);

        static Action<ProcessBuilder> Deciding(string yes) => process =>
        {
            var ask = process.Activity("Ask", activity => activity
                .Destinations(to => to.Users(Both)).PlanJustOnce(Slots.Number(2))
                .Client("Decision", task => task.Action(yes).Action("Reject"))
                .OutcomesFromActions());
            process.StartsWith(ask);
            ask.On(yes, process.Activity("After"));
        };
    }

    [Test]
    [Statement("8.8c")]
    public async Task Rights_and_delegations_of_a_task_follow_a_renamed_action()
    {
        await using var bed = await Migrations.BedAsync(Of("Approve"), Of("Accept"));
        var id = await bed.BeginAsync();
        await bed.DelegateAsync("A", id, "C", "Approve");

        await bed.MigrateAsync(id, Renames.None.Action("Ask", "Decision", "Approve", "Accept"));

        (await bed.ItemAsync("C", id)).Actions.Select(action => action.Name).ShouldBe(["Accept"]);
        await bed.ActAsync("C", "Accept");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);

        static Action<ProcessBuilder> Of(string yes) => Migrations.Asking(activity => activity
            .Destinations(to => to.Users("A")).Client("Decision", task => task.Action(yes).Action("Reject")));
    }

    [Test]
    [Statement("8.8")]
    [Statement("8.8b")]
    public async Task Everything_can_be_renamed_and_the_instance_goes_on_with_what_it_had()
    {
        await using var bed = await Migrations.BedAsync(Renamed(""), Renamed("New "));
        var id = await bed.BeginAsync(start => start.Set(new ProcessField<string>("Place"), "Lisbon"));
        await bed.OpenAsync("A", new SerialNumber(id, 1));
        var before = await bed.ReadAsync(id);

        await bed.MigrateAsync(id, Renames.None
            .Activity("Ask", "New Ask").Activity("Wait", "New Wait").Line("first", "New first").Field("Place", "New Place")
            .Field("Ask", "Note", "New Note").Event("Ask", "Decision", "New Decision").Event("Wait", "Bank", "New Bank")
            .Action("Ask", "Decision", "Approve", "New Approve").Escalation("Late", "New Late").Escalation("Ask", "Remind", "New Remind")
            .Escalation("Ask", "Decision", "Nudge", "New Nudge"));

        var process = await bed.ReadAsync(id);
        process.Fields.Get<string>("New Place").ShouldBe("Lisbon");
        process.Activities.Select(activity => activity.Name).ShouldBe(["New Ask", "New Wait"]);
        process.Activities.Select(activity => activity.Line!.Value.Name).ShouldBe(["New first", "Start to New Wait"]);
        process.Activities[0].Destinations[0].Serial.ShouldBe(before.Activities[0].Destinations[0].Serial);
        process.Activities[0].Destinations[0].Fields.Names.ShouldContain("New Note");
        (await bed.TimersAsync(id)).ShouldBe(["01-06 08:00 New Nudge", "01-07 08:00 New Remind", "01-08 08:00 New Late"]);
        var item = (await bed.WorklistAsync("A")).ShouldHaveSingleItem();
        (item.Activity, item.Event).ShouldBe(("New Ask", "New Decision"));
        (await bed.Engine.AsSystem().FindServerItemsAsync(new() { Event = "New Bank" })).ShouldHaveSingleItem().Activity.ShouldBe("New Wait");
        (await bed.Engine.AsSystem().FindProcessesAsync(new() { Fields = [new("New Place", "Lisbon")] })).Count.ShouldBe(1);
        await bed.AdvanceAsync(TimeSpan.FromDays(4));
        (await bed.FiringsAsync(id)).ShouldBe(["New Nudge 01-06 08:00", "New Remind 01-07 08:00", "New Late 01-08 08:00"]);
        await bed.ActAsync("A", "New Approve");
        await bed.FinishAsync("bank", (await bed.ServerItemsAsync(id))[0]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("8.8")]
    public async Task New_fields_have_their_initial_values_also_in_what_is_active()
    {
        var (place, note, own) = (new ProcessField<string>("Place", "Rome"), new ActivityField<int>("Note", 7), new DestinationField<string>("Own", "mine"));
        await using var bed = await Migrations.BedAsync(
            Migrations.Asking(activity => activity.Once(2, 2).Chooses()),
            process => Migrations.Asking(activity => activity.Fields(note, own).Once(2, 2).Chooses())(process.Fields(place)));
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", "Approve");

        await bed.MigrateAsync(id);

        var process = await bed.ReadAsync(id);
        process.Fields.Get<string>("Place").ShouldBe("Rome");
        process.Activities[0].Fields.Get<int>("Note").ShouldBe(7);
        var destination = process.Activities[0].Destinations[0];
        destination.Fields.Get<string>("Own").ShouldBe("mine");
        destination.Slots[0].Fields.Get<string>("Own").ShouldBe("mine");
        destination.Slots[0].Fields.Get<string>(ActionResult.Name).ShouldBe("Approve");
    }

    [Test]
    [Statement("8.8b")]
    [Statement("8.8d")]
    public async Task A_task_with_shared_slots_that_comes_again_has_its_slot_again()
    {
        await using var bed = await Migrations.BedAsync(Ordered(isTaskFirst: true), Ordered(isTaskFirst: false));
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", new SerialNumber(id, 1), "Approve");
        await bed.ActAsync("B", new SerialNumber(id, 2), "Approve");
        (await bed.WorklistAsync("C")).ShouldBeEmpty("the two slots are taken");

        var preview = (await bed.Admin().Migration("Order", from: 1, to: 2).PreviewAsync([id])).Single();
        preview.RunAgain.ShouldBe(["event 'Decision' of activity 'Ask'"]);
        await bed.MigrateAsync(id);
        foreach (var item in await bed.ServerItemsAsync(id))
        {
            await bed.FinishAsync("boss", item);
        }

        await bed.ActAsync("A", new SerialNumber(id, 1), "Approve");
        await bed.ActAsync("C", new SerialNumber(id, 3), "Approve");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        (await bed.WorklistAsync("B")).ShouldBeEmpty("the two slots are taken once more");

        static Action<ProcessBuilder> Ordered(bool isTaskFirst) => process =>
        {
            process.Rights(rights => rights.ServerEvent("boss"));
            Migrations.Asking(activity =>
            {
                activity.Destinations(to => to.Users("A", "B", "C")).PlanPerDestination(Slots.Number(2)).SucceedingRule(Rule.Named("never", _ => false));
                foreach (var isTask in new[] { isTaskFirst, !isTaskFirst })
                {
                    _ = isTask ? activity.Client("Decision", task => task.Action("Approve")) : activity.Server("Wait", context => context.WaitUntilFinished());
                }
            })(process);
        };
    }

    [Test]
    [Statement("8.8b")]
    [Statement("8.8d")]
    public async Task A_preview_names_the_activities_whose_earlier_actors_were_not_kept()
    {
        await using var bed = await Migrations.BedAsync(Two(leavesOut: false), Two(leavesOut: true));
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", "Approve");

        var preview = (await bed.Admin().Migration("Order", from: 1, to: 2).PreviewAsync([id])).Single();

        preview.ActorsNotKept.ShouldBe(["Ask"]);
        preview.RunAgain.ShouldBeEmpty();

        static Action<ProcessBuilder> Two(bool leavesOut) => process =>
        {
            var check = process.Activity("Check", activity => activity
                .Destinations(to => _ = leavesOut ? to.Users("B").ExceptActorsOf("Ask") : to.Users("B"))
                .Client("Decision", task => task.Action("Approve")));
            var ask = process.Activity("Ask", activity => activity.Destinations(to => to.Users("A")).Client("Decision", task => task.Action("Approve")));
            process.StartsWith(ask);
            ask.To(check);
            check.To(ask, Rule.Named("never", _ => false));
        };
    }

    private static Action<ProcessBuilder> Renamed(string prefix) => process =>
    {
        process.Rights(rights => rights.ServerEvent("bank"));
        process.Fields(new ProcessField<string>($"{prefix}Place") { IsSearchable = true });
        process.Escalation($"{prefix}Late", TimeSpan.FromDays(3), then => then.Mails());
        var ask = process.Activity($"{prefix}Ask", activity => activity
            .Fields(new DestinationField<string>($"{prefix}Note"))
            .Destinations(to => to.Users("A"))
            .Escalation($"{prefix}Remind", TimeSpan.FromDays(2), then => then.Mails())
            .Client($"{prefix}Decision", task => task
                .Action($"{prefix}Approve")
                .Escalation($"{prefix}Nudge", TimeSpan.FromDays(1), then => then.Mails())));
        process.StartsWith(ask, name: $"{prefix}first");
        process.StartsWith(process.Activity($"{prefix}Wait", activity => activity.Server($"{prefix}Bank", context => context.WaitUntilFinished())));
    };
}
