using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using static Workflow.Core.Tests.Support.Families;

namespace Workflow.Core.Tests.Manual;

/// <summary>Parent and sub-process when one of them stands still, is sent elsewhere, or ends otherwise.</summary>
[TestFixture]
public sealed class Chapter07SubProcessEnds
{
    private bool _isBroken;

    [SetUp]
    public void Mend() => _isBroken = false;

    [Test]
    [Statement("7.3")]
    [Description("I2-03")]
    public async Task A_parent_that_is_stopped_keeps_the_end_until_it_is_resumed([Values] bool restarts)
    {
        await using var bed = await BedAsync(Parent(), ChildWithTask);
        var parent = await bed.StartParentAsync();
        var child = await bed.ChildAsync(parent);
        await bed.Admin().StopAsync(parent);

        await bed.DoAsync(child, 5);

        (await bed.YAsync(parent)).ShouldBe(0);
        (await bed.CountAsync(parent, JournalKind.SubProcessEndKept)).ShouldBe(1);
        (await bed.MessagesAsync()).ShouldBe(0);
        if (restarts)
        {
            await bed.RestartAsync();
        }

        await bed.Admin().ResumeAsync(parent);
        (await bed.YAsync(parent)).ShouldBe(5);
        (await bed.OpenActivitiesAsync(parent)).ShouldBe(["After"]);
        (await bed.CountAsync(parent, JournalKind.SubProcessEnded)).ShouldBe(1);
    }

    [Test]
    [Statement("7.3")]
    [Description("I2-04")]
    public async Task A_parent_in_Error_applies_the_end_once_when_it_is_retried()
    {
        _isBroken = true;
        await using var bed = await BedAsync(
            Parent(more: process => process.StartsWith(process.Activity("Other", activity => activity.Server("Break", _ => Break())))), ChildWithTask);
        var parent = await bed.StartParentAsync();
        (await bed.StatusAsync(parent)).ShouldBe(ProcessInstanceStatus.Error);
        var child = await bed.ChildAsync(parent);

        await bed.DoAsync(child, 5);
        (await bed.YAsync(parent)).ShouldBe(0);
        await bed.Admin().RetryAsync(parent);
        (await bed.StatusAsync(parent)).ShouldBe(ProcessInstanceStatus.Error);
        (await bed.YAsync(parent)).ShouldBe(5);
        _isBroken = false;
        await bed.Admin().RetryAsync(parent);

        (await bed.YAsync(parent)).ShouldBe(5);
        (await bed.OpenActivitiesAsync(parent)).ShouldBe(["After"]);
        (await bed.CountAsync(parent, JournalKind.SubProcessEnded)).ShouldBe(1);
    }

    [Test]
    [Statement("7.11")]
    [Description("I2-05")]
    public async Task After_the_activity_has_expired_the_sub_process_goes_on_and_its_end_is_ignored()
    {
        await using var bed = await BedAsync(
            Parent(also: activity => activity.Escalation("Give up", TimeSpan.FromHours(1), then => then.ExpireActivity())), ChildWithTask);
        var parent = await bed.StartParentAsync();
        var child = await bed.ChildAsync(parent);
        await bed.AdvanceAsync(TimeSpan.FromHours(1));
        (await bed.OpenActivitiesAsync(parent)).ShouldBe(["After"]);

        await bed.AdvanceAsync(TimeSpan.FromHours(1));
        await bed.DoAsync(child, 5);

        (await bed.StatusAsync(child)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.YAsync(parent)).ShouldBe(0);
        (await bed.OpenActivitiesAsync(parent)).ShouldBe(["After"]);
        (await bed.HistoryAsync(parent)).Single(fact => fact.Kind is JournalKind.SubProcessEndIgnored).Detail.ShouldBe(child.ToString());
    }

    [Test]
    [Statement("7.11b")]
    [Description("I2-06")]
    public async Task An_end_belongs_to_the_event_instance_that_started_the_sub_process()
    {
        await using var bed = await BedAsync(Parent(), ChildWithTask);
        var parent = await bed.StartParentAsync();
        var first = await bed.ChildAsync(parent);
        await bed.Admin().GoToAsync(parent, "After");
        await bed.Admin().GoToAsync(parent, "Call");
        await bed.SettleAsync();
        var second = (await bed.ChildrenAsync(parent))[1];

        await bed.DoAsync(first, 1);
        (await bed.YAsync(parent)).ShouldBe(0);
        (await bed.OpenActivitiesAsync(parent)).ShouldBe(["Call"]);
        await bed.DoAsync(second, 2);

        (await bed.YAsync(parent)).ShouldBe(2);
        (await bed.OpenActivitiesAsync(parent)).ShouldBe(["After"]);
        (await bed.CountAsync(parent, JournalKind.SubProcessEnded)).ShouldBe(1);
        (await bed.CountAsync(parent, JournalKind.SubProcessEndIgnored)).ShouldBe(1);
    }

    [Test]
    [Statement("7.10")]
    [Statement("3.12")]
    [Description("I2-07")]
    public async Task With_two_of_three_the_parent_leaves_at_the_second_and_the_third_goes_on()
    {
        await using var bed = await BedAsync(
            Parent(also: activity => activity
                .PlanPerSlot(Slots.Number(3))
                .SucceedingRule(Answers.AtLeast(2).Satisfy(Status.OfSlot == SlotStatus.Completed))), ChildWithTask);
        var parent = await bed.StartParentAsync();
        var children = await bed.ChildrenAsync(parent);

        await bed.DoAsync(children[2], 3);
        (await bed.OpenActivitiesAsync(parent)).ShouldBe(["Call"]);
        await bed.DoAsync(children[0], 1);
        (await bed.OpenActivitiesAsync(parent)).ShouldBe(["After"]);
        await bed.DoAsync(children[1], 2);

        (await bed.YAsync(parent)).ShouldBe(1);
        (await bed.CountAsync(parent, JournalKind.SubProcessEndIgnored)).ShouldBe(1);
    }

    [Test]
    [Statement("7.11")]
    [Description("I2-08")]
    public async Task When_the_sub_process_is_deleted_the_event_fails_and_a_retry_starts_another()
    {
        await using var bed = await BedAsync(Parent(), ChildWithTask);
        var parent = await bed.StartParentAsync();
        var first = await bed.ChildAsync(parent);
        await bed.Admin().DeleteAsync(first);
        await bed.SettleAsync();

        (await bed.ReadAsync(parent)).Error!.Message.ShouldContain($"Process instance {first} of 'Child', which it has started, was deleted.");
        await bed.Admin().RetryAsync(parent);
        await bed.SettleAsync();

        var second = (await bed.ChildrenAsync(parent)).Except([first]).ShouldHaveSingleItem();
        await bed.DoAsync(second, 4);
        (await bed.YAsync(parent)).ShouldBe(4);
        (await bed.OpenActivitiesAsync(parent)).ShouldBe(["After"]);
    }

    [Test]
    [Statement("7.11")]
    [Description("I2-08")]
    public async Task With_the_option_to_complete_the_parent_goes_on_without_values()
    {
        await using var bed = await BedAsync(Parent(child => child.Receive(Out, Y).WhenDeleted(ChildDeleted.Completes)), ChildWithTask);
        var parent = await bed.StartParentAsync();
        await bed.Admin().DeleteAsync(await bed.ChildAsync(parent));
        await bed.SettleAsync();

        (await bed.YAsync(parent)).ShouldBe(0);
        (await bed.OpenActivitiesAsync(parent)).ShouldBe(["After"]);
    }

    [Test]
    [Statement("7.11b")]
    [Description("I2-09")]
    public async Task After_the_parent_was_deleted_the_sub_process_completes_without_an_error([Values] bool isRemoved)
    {
        await using var bed = await BedAsync(Parent(), ChildWithTask);
        var parent = await bed.StartParentAsync();
        var child = await bed.ChildAsync(parent);
        await bed.Admin().DeleteAsync(parent);
        if (isRemoved)
        {
            await bed.Store.RemoveAsync(parent, CancellationToken.None);
        }

        if (isRemoved)
        {
            await bed.Engine.As("ann").Worklist.ExecuteAsync(new SerialNumber(child, 1), "Do", answer => answer.Set(Out, 5));
            await bed.SettleAsync();
        }
        else
        {
            await bed.DoAsync(child, 5);
            (await bed.CountAsync(parent, JournalKind.SubProcessEndIgnored)).ShouldBe(1);
            (await bed.StatusAsync(parent)).ShouldBe(ProcessInstanceStatus.Deleted);
        }

        (await bed.StatusAsync(child)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.MessagesAsync()).ShouldBe(0);
    }

    [Test]
    [Statement("7.11")]
    [Description("I2-10")]
    public async Task An_error_of_the_sub_process_is_its_own_and_the_parent_waits()
    {
        _isBroken = true;
        await using var bed = await BedAsync(
            Parent(), Child(process => process.StartsWith(process.Activity("Work", activity => activity.Server("Break", code =>
            {
                Break();
                code.Set(Out, 5);
            })))));
        var parent = await bed.StartParentAsync();
        var child = await bed.ChildAsync(parent);

        (await bed.StatusAsync(child)).ShouldBe(ProcessInstanceStatus.Error);
        (await bed.StatusAsync(parent)).ShouldBe(ProcessInstanceStatus.Active);
        (await bed.Admin().FindErrorsAsync()).ShouldHaveSingleItem().ProcessInstance.ShouldBe(child);
        _isBroken = false;
        await bed.Admin().RetryAsync(child);
        await bed.SettleAsync();

        (await bed.YAsync(parent)).ShouldBe(5);
        (await bed.OpenActivitiesAsync(parent)).ShouldBe(["After"]);
    }

    [Test]
    [Statement("7.11b")]
    public async Task A_sub_process_that_ends_with_its_parent_does_so_however_that_ends([Values("deleted", "completed", "halted", "over")] string how)
    {
        await using var bed = await BedAsync(Parent(child => child.Send(X, In).GoOn().EndWithParent()), ChildWithTask);
        var parent = await bed.StartParentAsync();
        var child = await bed.ChildAsync(parent);
        switch (how)
        {
            case "deleted":
                await bed.Admin().DeleteAsync(parent);
                break;
            case "halted":
                await bed.Admin().StopAsync(child);
                await bed.ActAsync("zoe", "Ok");
                break;
            case "over":
                await bed.DoAsync(child, 1);
                await bed.ActAsync("zoe", "Ok");
                break;
            default:
                await bed.RestartAsync();
                await bed.ActAsync("zoe", "Ok");
                break;
        }

        await bed.SettleAsync();

        (await bed.StatusAsync(child)).ShouldBe(how is "halted" ? ProcessInstanceStatus.Deleted : ProcessInstanceStatus.Completed);
        (await bed.CountAsync(child, JournalKind.EndedWithParent)).ShouldBe(how is "over" ? 0 : 1);
        (await bed.WorklistAsync("ann")).ShouldBeEmpty();
        (await bed.MessagesAsync()).ShouldBe(0);
    }

    [Test]
    [Statement("7.3")]
    public async Task A_succeeding_rule_that_is_false_at_the_end_is_a_stall()
    {
        await using var bed = await BedAsync(Parent(child => child.Receive(Out, Y).SucceedingRule(Y > 10)), QuickChild);
        var parent = await bed.StartParentAsync();

        (await bed.YAsync(parent)).ShouldBe(5);
        (await bed.OpenActivitiesAsync(parent)).ShouldBe(["Call"]);
        (await bed.CountAsync(parent, JournalKind.ActivityStalled)).ShouldBe(1);
    }

    [Test]
    [Statement("10.9")]
    [Statement("7.7")]
    [Description("G2-15")]
    public async Task A_sub_process_whose_finish_rule_goes_on_ends_once()
    {
        var count = new ProcessField<int>("N", 0);
        await using var bed = await BedAsync(
            Parent(),
            Child(process =>
            {
                process.Fields(count);
                var work = process.Activity("Work", activity => activity.PureServer("Nothing", _ => { }));
                process.StartsWith(work);
                var archive = process.Activity("Archive", activity => activity.PureServer("Count", code => code.Set(count, code.Get(count) + 1)));
                process.FinishRule(count < 2, archive);
            }));
        var parent = await bed.StartParentAsync();
        var child = await bed.ChildAsync(parent);

        (await bed.ReadAsync(child)).Fields.Get<int>("N").ShouldBe(2);
        (await bed.CountAsync(parent, JournalKind.SubProcessEnded)).ShouldBe(1);
        (await bed.OpenActivitiesAsync(parent)).ShouldBe(["After"]);
    }

    [Test]
    [Statement("13.1e")]
    [Statement("10.1b")]
    [Description("J09")]
    public async Task A_join_that_expires_the_others_leaves_the_sub_process_of_a_branch_alone()
    {
        await using var bed = await BedAsync(
            ProcessDefinition.Define("Parent", process =>
            {
                process.OpenToAll().Fields(X, Y);
                var split = process.Activity("Split", activity => activity.PureServer("Nothing", _ => { }));
                process.StartsWith(split);
                process.StartsWith(Task(process, "U"));
                var join = process.Activity("J", activity => activity
                    .PrecedingRule(Arrivals.AtLeast(2).ThenExpireOthers()).Destinations(to => to.Users("zoe")).Client("Check", task => task.Action("Ok")));
                split.To(Task(process, "A").To(join));
                split.To(Task(process, "B").To(join));
                split.To(process.Activity("C", activity => activity.StartsProcess("Start it", "Child", Both)).To(join));
            }),
            ChildWithTask);
        var parent = await bed.StartParentAsync();
        var child = await bed.ChildAsync(parent);

        await bed.ActAsync("A", "Ok");
        await bed.ActAsync("B", "Ok");

        (await bed.OpenActivitiesAsync(parent)).ShouldBe(["U", "J"]);
        (await bed.StatusAsync(child)).ShouldBe(ProcessInstanceStatus.Active);
        await bed.DoAsync(child, 5);
        (await bed.YAsync(parent)).ShouldBe(0);
        (await bed.OpenActivitiesAsync(parent)).ShouldBe(["U", "J"]);
    }

    [Test]
    [Statement("13.1g")]
    [Statement("7.8b")]
    [Description("J16")]
    public async Task A_terminating_end_of_the_sub_process_returns_its_values_and_ends_only_it()
    {
        await using var bed = await BedAsync(
            Parent(),
            Child(process =>
            {
                process.StartsWith(process.Activity("Set", activity => activity.PureServer("Seven", code => code.Set(Out, 7))));
                process.StartsWith(Task(process, "A"));
                process.StartsWith(process.Activity("E", activity => activity
                    .Destinations(to => to.Users("E")).Client("Check", task => task.Action("Ok")).EndsProcess()));
            }));
        var parent = await bed.StartParentAsync();
        var child = await bed.ChildAsync(parent);

        await bed.ActAsync("E", "Ok");

        (await bed.StatusAsync(child)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.YAsync(parent)).ShouldBe(7);
        (await bed.OpenActivitiesAsync(parent)).ShouldBe(["After"]);
        (await bed.CountAsync(parent, JournalKind.SubProcessEnded)).ShouldBe(1);
    }

    [Test]
    [Statement("13.1g")]
    [Description("J15")]
    public async Task A_terminating_end_of_the_parent_leaves_its_sub_process_alone()
    {
        await using var bed = await BedAsync(
            Parent(more: process => process.StartsWith(process.Activity("E", activity => activity
                .Destinations(to => to.Users("E")).Client("Check", task => task.Action("Ok")).EndsProcess()))),
            ChildWithTask);
        var parent = await bed.StartParentAsync();
        var child = await bed.ChildAsync(parent);

        await bed.ActAsync("E", "Ok");
        (await bed.StatusAsync(parent)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.StatusAsync(child)).ShouldBe(ProcessInstanceStatus.Active);
        await bed.DoAsync(child, 5);

        (await bed.StatusAsync(child)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.YAsync(parent)).ShouldBe(0);
    }

    [Test]
    [Statement("13.9")]
    public async Task A_preview_of_a_goto_tells_that_a_sub_process_would_start_and_starts_none()
    {
        await using var bed = await BedAsync(Parent(), ChildWithTask);
        var parent = await bed.StartParentAsync();
        var before = await bed.StoredBytesAsync(parent);

        var effects = await bed.Admin().Preview.GoToAsync(parent, "Call");

        effects.StartedSubProcesses.ShouldBe(["Child"]);
        (await bed.StoredBytesAsync(parent)).ShouldBe(before);
        (await bed.SettleAsync()).ShouldBe(0);
        (await bed.ChildrenAsync(parent)).Count.ShouldBe(1);
    }

    [Test]
    [Statement("13.9")]
    public async Task A_preview_does_not_take_the_wait_for_a_sub_process_for_a_server_item()
    {
        await using var bed = await BedAsync(
            Parent(also: activity => activity.Server("Ask the bank", code => code.WaitUntilFinished())), ChildWithTask);
        var parent = await bed.StartParentAsync();
        var item = (await bed.ServerItemsAsync(parent)).Single();

        var effects = await bed.Admin().Preview.ExpireEventAsync(item);

        effects.StartedSubProcesses.ShouldBe(["Child"]);
        effects.EndedServerItems.Select(ended => ended.Event).ShouldBe(["Ask the bank"]);
        effects.NewServerItems.ShouldBeEmpty();
    }

    [Test]
    [Statement("13.9")]
    public async Task A_preview_of_a_start_uses_up_no_number()
    {
        await using var bed = await BedAsync(Parent(), ChildWithTask);
        var parent = await bed.StartParentAsync();

        var effects = await bed.Admin().Preview.GoToAsync(parent, "Call");

        effects.ProcessInstance.Activities.Single().Destinations.Single().Event!.SubProcess!.Id.Value.ShouldBe(0);
        (await bed.ChildAsync(parent)).Value.ShouldBe(2);
        (await bed.StartParentAsync()).Value.ShouldBe(3);
    }

    [Test]
    [Statement("7.3")]
    [Statement("8.2")]
    public async Task An_end_that_was_kept_is_dropped_when_the_retry_ends_its_activity()
    {
        _isBroken = true;
        await using var bed = await BedAsync(
            Parent(also: activity => activity.PlanPerSlot(Slots.Number(2)).SucceedingRule(Rule.Named("fails at first", _ =>
            {
                Break();
                return true;
            }))),
            ChildWithTask);
        var parent = await bed.StartParentAsync();
        var children = await bed.ChildrenAsync(parent);
        await bed.DoAsync(children[0], 1);
        (await bed.StatusAsync(parent)).ShouldBe(ProcessInstanceStatus.Error);
        await bed.DoAsync(children[1], 2);
        _isBroken = false;

        await bed.Admin().RetryAsync(parent);

        (await bed.StatusAsync(parent)).ShouldBe(ProcessInstanceStatus.Active);
        (await bed.OpenActivitiesAsync(parent)).ShouldBe(["After"]);
    }

    private static ActivityReference Task(ProcessBuilder process, string name) => process.Activity(name, activity => activity
        .Destinations(to => to.Users(name)).Client("Check", task => task.Action("Ok")));

    private void Break()
    {
        if (_isBroken)
        {
            throw new InvalidOperationException("It is broken.");
        }
    }
}
