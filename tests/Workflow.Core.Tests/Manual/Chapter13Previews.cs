using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Testing;
using static Workflow.Core.Tests.Support.Orders;

namespace Workflow.Core.Tests.Manual;

/// <summary>Previews of what administrators may want of a process instance.</summary>
[TestFixture]
public sealed class Chapter13Previews
{
    private static readonly ProcessField<int> Amount = new("Amount", initial: 50);

    /// <summary>Approve has a task and a reminder, Ship waits for an outside system, Rework has a task for two.</summary>
    private static ProcessDefinition Approval => Define(process =>
    {
        process.Fields(Amount);
        var approve = process.Activity("Approve", activity => Waiting(activity)
            .Escalation("Remind", TimeSpan.FromDays(7), then => then.Run("Remind", _ => { })));
        process.StartsWith(approve);
        process.StartsWith(process.Activity("Ship", activity => activity.Waits()));
        process.Activity("Rework", activity => activity
            .Destinations(to => to.Users("bob", "cy"))
            .Client("Correct", task => task.Action("Done"))
            .Escalation("Give up", TimeSpan.FromDays(1), then => then.ExpireActivity()));
        approve.To(process.Activity("Pay", activity => activity.Server("Order the transfer", _ => { })), Amount > 0);
    });

    [Test]
    [Statement("13.9")]
    public async Task A_preview_of_a_goto_tells_what_ends_what_starts_and_who_gets_a_task()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approval);
        var id = await bed.BeginAsync();

        var effects = await bed.Admin().Preview.GoToAsync(id, "Rework", reason: "The price was wrong.");

        (effects.Status, effects.Error, effects.FirstCall, effects.RunningCall).ShouldBe((ProcessInstanceStatus.Active, null, null, null));
        effects.ExpiredActivities.ShouldBe(["Approve", "Ship"]);
        effects.StartedActivities.ShouldBe(["Rework"]);
        var ended = effects.EndedTasks.ShouldHaveSingleItem();
        (ended.Serial, ended.Activity, ended.Event).ShouldBe((id.Task(1), "Approve", "Decide"));
        var appears = effects.NewTasks.ShouldHaveSingleItem();
        (appears.Serial, appears.Activity, appears.Event).ShouldBe((id.Task(3), "Rework", "Correct"));
        appears.Destinations.ShouldBe([Destination.User("bob"), Destination.User("cy")]);
        effects.MovedTasks.ShouldBeEmpty();
        effects.EndedServerItems.ShouldHaveSingleItem().Serial.ShouldBe(id.Task(2));
        effects.EndedTimers.ShouldHaveSingleItem().Element.ShouldBe("Remind");
        var armed = effects.ArmedTimers.ShouldHaveSingleItem();
        (armed.Element, armed.DueAt).ShouldBe(("Give up", WorkflowTestBed.Beginning.AddDays(1)));
        var ordered = effects.Facts[0];
        (ordered.Kind, ordered.Name, ordered.Detail, ordered.User).ShouldBe((JournalKind.GotoOrdered, "Rework", "The price was wrong.", Boss));
    }

    [Test]
    [Statement("13.9")]
    public async Task A_preview_changes_nothing_and_the_command_then_does_what_it_told()
    {
        var store = new PausingStore(new InMemoryProcessStore());
        await using var bed = await WorkflowTestBed.CreateAsync(Approval, options => options.Store = store);
        var id = await bed.BeginAsync();
        var bytes = await bed.StoredBytesAsync(id);
        var before = await WalkedState.ReadAsync(bed, id, Boss);
        store.IsClosed = true;

        var effects = await bed.Admin().Preview.GoToAsync(id, "Rework");

        store.IsClosed = false;
        (await bed.StoredBytesAsync(id)).ShouldBe(bytes);
        var after = await WalkedState.ReadAsync(bed, id, Boss);
        after.History.ShouldBe(before.History);
        after.Tasks.ShouldBe(before.Tasks);
        after.Timers.ShouldBe(before.Timers);
        after.ServerItems.ShouldBe(before.ServerItems);
        (await bed.BeginAsync()).ShouldBe(new ProcessInstanceId(id.Value + 1), "no number is used up");

        await bed.Admin().GoToAsync(id, "Rework");

        (await bed.HistoryAsync(id)).Skip(before.History.Count).ShouldBe(effects.Facts);
        (await bed.ReadAsync(id)).Version.ShouldBe(effects.ProcessInstance.Version);
    }

    [Test]
    [Statement("13.9")]
    [Statement("13.7")]
    public async Task A_preview_neither_uses_an_idempotency_key_nor_keeps_one()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approval);
        var id = await bed.BeginAsync();
        var admin = bed.Engine.As(Boss).Once("k").ManageProcesses();

        await admin.Preview.StopAsync(id);
        await admin.GoToAsync(id, "Rework");

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Rework"], "the key was free for another command");
        (await admin.Preview.GoToAsync(id, "Approve")).StartedActivities.ShouldBe(["Approve"], "the key of a command that was carried out says nothing");
    }

    [Test]
    [Statement("13.9")]
    public async Task A_preview_ends_at_the_first_call_of_code_and_names_it([Values] bool isPure)
    {
        var calls = 0;
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            process.StartsWith(process.Activity("Approve", Ask));
            process.Activity("Pay", activity => (isPure ? activity.PureServer("Look up", _ => calls++) : activity.Server("Look up", _ => calls++))
                .Server("Order the transfer", _ => calls++));
        }));
        var id = await bed.BeginAsync();

        var effects = await bed.Admin().Preview.GoToAsync(id, "Pay");

        calls.ShouldBe(0);
        effects.FirstCall.ShouldBe(new PreviewedCall(CodeKind.ServerEvent, "Look up", "Pay", 1));
        effects.Status.ShouldBe(ProcessInstanceStatus.Running);
        effects.Facts[^1].Kind.ShouldBe(JournalKind.EventStarted);
    }

    [Test]
    [Statement("13.9")]
    [Statement("10.10e")]
    public async Task A_preview_of_the_end_of_an_activity_asks_its_lines()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approval);
        var id = await bed.BeginAsync();

        var effects = await bed.Admin().Preview.ExpireActivityAsync(id, "Approve");

        effects.ExpiredActivities.ShouldBe(["Approve"]);
        effects.StartedActivities.ShouldBe(["Pay"]);
        effects.FirstCall.ShouldBe(new PreviewedCall(CodeKind.ServerEvent, "Order the transfer", "Pay", 1));
        effects.ProcessInstance.Activities.Select(activity => activity.Name).ShouldBe(["Ship", "Pay"]);
    }

    [Test]
    [Statement("13.9")]
    [Statement("6.9")]
    public async Task A_preview_of_the_end_of_an_event_shows_the_next_task_of_its_destination()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process.StartsWith(process.Activity("Approve", activity =>
            Waiting(activity).Client("Sign", task => task.Action("Sign"))))));
        var id = await bed.BeginAsync();

        var effects = await bed.Admin().Preview.ExpireEventAsync(id.Task(1));

        effects.EndedTasks.ShouldHaveSingleItem().Event.ShouldBe("Decide");
        var sign = effects.NewTasks.ShouldHaveSingleItem();
        (sign.Serial, sign.Event).ShouldBe((id.Task(1), "Sign"));
        effects.ExpiredActivities.ShouldBeEmpty();
    }

    [Test]
    [Statement("13.9")]
    [Statement("2.12")]
    public async Task A_preview_of_a_goto_from_a_task_ends_the_activity_of_the_task_only()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approval);
        var id = await bed.BeginAsync();

        var effects = await bed.Admin().Preview.GoToAsync(id.Task(1), "Rework");

        effects.ExpiredActivities.ShouldBe(["Approve"]);
        effects.EndedServerItems.ShouldBeEmpty();
    }

    [Test]
    [Statement("13.9")]
    [Statement("8.2")]
    public async Task A_preview_of_a_retry_names_the_code_that_is_called_again_and_that_of_a_skip_the_code_behind_it()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process.StartsWith(process.Activity("Pay", activity => activity
            .Server("Order", _ => throw new InvalidOperationException("no money"))
            .Server("Tell", _ => { })))));
        var id = await bed.BeginAsync();
        var error = (await bed.ReadAsync(id)).Error.ShouldNotBeNull();

        var retry = await bed.Admin().Preview.RetryAsync(id, error);
        var skip = await bed.Admin().Preview.SkipAsync(id, error);

        retry.FirstCall.ShouldBe(new PreviewedCall(CodeKind.ServerEvent, "Order", "Pay", 2));
        retry.Facts.Select(fact => fact.Kind).ShouldBe([JournalKind.Retried, JournalKind.EventRepeated]);
        skip.FirstCall.ShouldBe(new PreviewedCall(CodeKind.ServerEvent, "Tell", "Pay", 1));
        (retry.Error, skip.Error).ShouldBe((null, null));
        (await bed.ReadAsync(id)).Error.ShouldBe(error);
    }

    [Test]
    [Statement("13.9")]
    public async Task A_preview_tells_the_error_in_which_the_instance_would_be()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            process.StartsWith(process.Activity("Approve", Ask));
            process.Activity("Broken", activity => Waiting(activity.PrecedingRule(Rule.Named("Check", _ => throw new InvalidOperationException("no limit")))));
        }));
        var id = await bed.BeginAsync();

        var effects = await bed.Admin().Preview.GoToAsync(id, "Broken");

        effects.Status.ShouldBe(ProcessInstanceStatus.Error);
        effects.Error.ShouldNotBeNull().Message.ShouldBe("no limit");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
    }

    [Test]
    [Statement("13.9")]
    [Statement("8.6")]
    public async Task Stops_resumes_and_deletions_can_be_previewed()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approval);
        var id = await bed.BeginAsync();
        (await bed.Admin().Preview.StopAsync(id)).Status.ShouldBe(ProcessInstanceStatus.Stopped);
        var deletion = await bed.Admin().Preview.DeleteAsync(id);
        (deletion.Status, deletion.ProcessInstance.Activities.Count).ShouldBe((ProcessInstanceStatus.Deleted, 0));
        deletion.ExpiredActivities.ShouldBe(["Approve", "Ship"]);
        deletion.EndedTimers.ShouldHaveSingleItem();
        await bed.Admin().StopAsync(id);
        await bed.Admin().GoToAsync(id, "Rework");

        var resume = await bed.Admin().Preview.ResumeAsync(id);

        resume.StartedActivities.ShouldBe(["Rework"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Stopped);
    }

    /// <summary>A preview and its command, with the same serial number, are refused with the same exception.</summary>
    [Test]
    [Statement("13.9")]
    public async Task A_preview_is_refused_as_its_command_is()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Guarded(rights => rights.Admin(Boss)));
        var id = await bed.BeginAsync();
        var missing = new ProcessInstanceId(99);
        var (admin, tasks) = (bed.Admin(), bed.Engine.As(Boss).ManageWorklists());
        var (ann, bob) = (Destination.User("ann"), Destination.User("bob"));
        (Func<ValueTask<ManagementEffects>> Preview, Func<ValueTask> Command)[] pairs =
        [
            (() => admin.Preview.GoToAsync(id, "Reword"), () => admin.GoToAsync(id, "Reword")),
            (() => admin.Preview.GoToAsync(id, "Approve", Expiring.Only("Ship"), ActiveTarget.Refuse),
                () => admin.GoToAsync(id, "Approve", Expiring.Only("Ship"), ActiveTarget.Refuse)),
            (() => admin.Preview.GoToAsync(id.Task(9), "Rework"), () => admin.GoToAsync(id.Task(9), "Rework")),
            (() => admin.Preview.ExpireActivityAsync(id, "Pay"), () => admin.ExpireActivityAsync(id, "Pay")),
            (() => admin.Preview.ExpireEventAsync(id.Task(9)), () => admin.ExpireEventAsync(id.Task(9))),
            (() => admin.Preview.RetryAsync(id), () => admin.RetryAsync(id)),
            (() => admin.Preview.SkipAsync(id), () => admin.SkipAsync(id)),
            (() => admin.Preview.ResumeAsync(id), () => admin.ResumeAsync(id)),
            (() => admin.Preview.StopAsync(missing), () => admin.StopAsync(missing)),
            (() => admin.Preview.StopAsync(id, new string('x', 5_000)), () => admin.StopAsync(id, new string('x', 5_000))),
            (() => admin.Preview.GoToAsync(id, "Rework", Expiring.OwnActivity), () => admin.GoToAsync(id, "Rework", Expiring.OwnActivity)),
            (() => tasks.Preview.RedirectAsync(id.Task(1), bob, "zoe"), () => tasks.RedirectAsync(id.Task(1), bob, "zoe")),
            (() => tasks.Preview.RedirectAsync(id.Task(9), ann, "bob"), () => tasks.RedirectAsync(id.Task(9), ann, "bob")),
            (() => tasks.Preview.RedirectAsync(missing.Task(1), ann, "bob"), () => tasks.RedirectAsync(missing.Task(1), ann, "bob")),
            (() => tasks.Preview.ReleaseAsync(id.Task(1), "ann"), () => tasks.ReleaseAsync(id.Task(1), "ann")),
            (() => tasks.Preview.SetActionRightAsync(id.Task(1), "Decline", ann, false), () => tasks.SetActionRightAsync(id.Task(1), "Decline", ann, false)),
            (() => Stranger(bed).Preview.StopAsync(id), () => Stranger(bed).StopAsync(id)),
            (() => bed.Engine.As("zoe").ManageWorklists().Preview.ReleaseAsync(id.Task(1), "ann"),
                () => bed.Engine.As("zoe").ManageWorklists().ReleaseAsync(id.Task(1), "ann")),
        ];

        foreach (var (preview, command) in pairs)
        {
            var foreseen = await Should.ThrowAsync<Exception>(async () => await preview());
            var refusal = await Should.ThrowAsync<Exception>(async () => await command());
            (foreseen.GetType(), foreseen.Message).ShouldBe((refusal.GetType(), refusal.Message));
        }
    }

    [Test]
    [Statement("13.9")]
    [Statement("9.1")]
    public async Task A_preview_needs_the_admin_right_which_may_be_that_of_a_role()
    {
        var people = new StaticDestinations { { Destination.Role("Operators"), "olga" } };
        await using var bed = await WorkflowTestBed.CreateAsync(
            Guarded(rights => rights.Admin(Destination.Role("Operators"))),
            options => options.DestinationResolver = people);
        var id = await bed.BeginAsync();

        (await bed.Engine.As("olga").ManageProcesses().Preview.StopAsync(id)).Status.ShouldBe(ProcessInstanceStatus.Stopped);
        (await bed.Engine.As("olga").ManageWorklists().Preview.RedirectAsync(id.Task(1), Destination.User("ann"), "bob")).MovedTasks.Count.ShouldBe(1);
        await Should.ThrowAsync<WorkflowAccessDeniedException>(async () => await Stranger(bed).Preview.StopAsync(id));
    }

    [Test]
    [Statement("13.9")]
    [Statement("1.11")]
    public async Task A_preview_of_a_redirect_shows_whom_the_task_would_be_for()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approval);
        var id = await bed.BeginAsync();

        var effects = await bed.Engine.As(Boss).ManageWorklists().Preview.RedirectAsync(id.Task(1), Destination.User("ann"), "dan");

        var moved = effects.MovedTasks.ShouldHaveSingleItem();
        (moved.Serial, moved.Destinations.ShouldHaveSingleItem()).ShouldBe((id.Task(1), Destination.User("dan")));
        (effects.NewTasks.Count, effects.EndedTasks.Count).ShouldBe((0, 0));
        effects.Facts.ShouldHaveSingleItem().Kind.ShouldBe(JournalKind.Redirected);
        (await bed.WorklistAsync("ann")).ShouldHaveSingleItem();
    }

    /// <summary>Not everybody is an administrator.</summary>
    private static ProcessDefinition Guarded(Action<RightsBuilder> more) => ProcessDefinition.Define("Order", process =>
    {
        process.Rights(rights => more(rights.Everyone(ProcessRight.Start | ProcessRight.View)));
        process.StartsWith(process.Activity("Approve", Ask));
        process.StartsWith(process.Activity("Ship", activity => activity.Waits()));
        process.Activity("Rework", Ask);
        process.Activity("Pay", Ask);
    });

    private static ProcessManagement Stranger(WorkflowTestBed bed) => bed.Engine.As("zoe").ManageProcesses();

    private static void Ask(ActivityBuilder activity) => Waiting(activity);

    private static ActivityBuilder Waiting(ActivityBuilder activity) =>
        activity.Destinations(to => to.Users("ann")).Client("Decide", task => task.Action("Approve"));
}
