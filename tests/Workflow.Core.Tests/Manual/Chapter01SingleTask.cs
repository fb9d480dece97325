using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>A user who looks for their one task is told why there is not exactly one, and what to do. Each cause has its own remedy. <c>ann</c> and <c>bob</c>
/// decide, for which there is one slot, and <c>cy</c> checks at the same time.</summary>
[TestFixture]
public sealed class Chapter01SingleTask
{
    private const string NoRetry = "Repair the cause, and let an administrator retry the process instance";
    private static readonly ProcessField<bool> Fails = new("Fails", initial: false);

    private static readonly ProcessDefinition _definition = ProcessDefinition.Define("Claim", process =>
    {
        process.OpenToAll().Fields(Fails);
        process.StartsWith(process.Activity("Decide", activity => activity
            .Destinations(to => to.Users("ann", "bob").Role("Managers").Except("lou"))
            .PlanJustOnce(Slots.Number(1))
            .Client("Approve", task => task.Action("Yes").Update("Save"))));
        process.StartsWith(process.Activity("Check", activity => activity.Destinations(to => to.Users("cy")).Client("Sign", task => task.Action("Yes"))));
        process.StartsWith(process.Activity("Compare", activity => activity.Server("Compare", context =>
        {
            if (context.Get(Fails))
            {
                throw new InvalidOperationException("It does not compare.");
            }
        })));
    });

    private WorkflowTestBed _bed = null!;
    private ProcessInstanceId _id;

    [SetUp]
    public async Task BeginAsync()
    {
        var directory = new StaticDestinations { { Destination.Role("Managers"), "max", "lou" } };
        _bed = await WorkflowTestBed.CreateAsync(_definition, options => options.DestinationResolver = directory);
        _id = await _bed.BeginAsync();
    }

    [TearDown]
    public async Task EndAsync() => await _bed.DisposeAsync();

    private async Task<NoSingleTaskException> RefusalAsync(string user, string? activity = null, ProcessInstanceId? id = null) =>
        await Should.ThrowAsync<NoSingleTaskException>(async () => await _bed.Engine.As(user).Worklist.SingleAsync(id ?? _id, activity));

    private async Task ShouldSayAsync(string user, NoSingleTaskReason reason, string words, string? activity = null, ProcessInstanceId? id = null)
    {
        var refusal = await RefusalAsync(user, activity, id);
        refusal.Reason.ShouldBe(reason);
        refusal.User.ShouldBe(user);
        refusal.Message.ShouldStartWith(
            $"'{user}' does not have exactly one task that they can open in process instance "
                + $"{id ?? _id}{(activity is null ? "" : $", activity '{activity}'")}. ");
        refusal.Message.ShouldContain(words);
        refusal.Message.ShouldEndWith(".");
        refusal.Statement.ShouldBe("1.8");
    }

    [Test]
    [Statement("1.8")]
    public async Task More_than_one()
    {
        await _bed.RedirectAsync("cy", _id, "ann");

        await ShouldSayAsync(
            "ann", NoSingleTaskReason.Several, "among them: 1_1 'Approve' of activity 'Decide', 1_2 'Sign' of activity 'Check'. Name the activity");
        (await RefusalAsync("ann")).Found.ShouldBe([_id.Task(1), _id.Task(2)]);
    }

    [Test]
    [Statement("1.8")]
    [Statement("9.4")]
    public async Task One_for_themselves_and_for_another()
    {
        await _bed.Engine.As("bob").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("ann"));

        await ShouldSayAsync(
            "ann", NoSingleTaskReason.SeveralWays, "They have task 1_1 for themselves and for 'bob'. List the worklist, and choose by ActingFor");
    }

    [Test]
    [Statement("1.8")]
    public async Task Asleep()
    {
        await (await _bed.Engine.As("ann").Worklist.SingleAsync(_id)).SleepAsync(TimeSpan.FromDays(1));

        await ShouldSayAsync("ann", NoSingleTaskReason.Asleep, "They have put task 1_1 'Approve' to sleep until 2026-01-06 08:00:00Z. Wake it with WakeAsync");
        (await RefusalAsync("ann")).Found.ShouldBe([_id.Task(1)]);
    }

    [Test]
    [Statement("1.8")]
    public async Task All_slots_are_taken()
    {
        await _bed.Engine.As("bob").Worklist.OpenAsync(_id.Task(1));

        await ShouldSayAsync("ann", NoSingleTaskReason.SlotsTaken, "Others hold all slots of 1_1 'Approve' of activity 'Decide'. Try again");
    }

    [Test]
    [Statement("1.8")]
    public async Task At_another_activity_at_none_of_the_name_and_in_no_such_instance()
    {
        await ShouldSayAsync(
            "ann", NoSingleTaskReason.OtherActivity, "Their tasks in the process instance are: 1_1 'Approve' of activity 'Decide'", activity: "Check");
        await ShouldSayAsync("ann", NoSingleTaskReason.UnknownActivity, "has no activity of this name. Did you mean 'Decide'?", activity: "Decied");
        await ShouldSayAsync("ann", NoSingleTaskReason.UnknownProcessInstance, "There is no such process instance", id: new ProcessInstanceId(99));
    }

    [Test]
    [Statement("1.8")]
    [Statement("7.3")]
    public async Task In_error()
    {
        var failed = await _bed.BeginAsync(start => start.Set(Fails, true));

        await ShouldSayAsync("ann", NoSingleTaskReason.InError, "nobody can act on task 2_1: ", id: failed);
        (await RefusalAsync("ann", id: failed)).Message.ShouldContain($"It does not compare. {NoRetry}");
        await ShouldSayAsync("zoe", NoSingleTaskReason.NotTheirs, "They have and had no task there. The process instance is in Error: ", id: failed);
        (await RefusalAsync("zoe", id: failed)).Message.ShouldContain($"It does not compare. {NoRetry}");
    }

    [Test]
    [Statement("1.8")]
    [Statement("9.1")]
    public async Task In_error_before_any_task_was_there_is_told_to_all_and_the_reason_to_those_who_may_see_it()
    {
        var definition = ProcessDefinition.Define("Vote", process =>
        {
            process.Rights(rights => rights.Everyone(ProcessRight.Start | ProcessRight.ViewParticipate));
            var vote = process.Activity("Vote", activity => activity
                .Destinations(to => to.Role("Voters").ResolvedToUsers())
                .Client("Vote on it", task => task.Action("Yes")));
            var check = process.Activity("Check", activity => activity
                .Destinations(to => to.Users("ann"))
                .Client("Check it", task => task.Action("Yes")));
            process.StartsWith(check);
            check.To(vote);
        });
        var directory = new StaticDestinations { { Destination.Role("Voters") } };
        await using var bed = await WorkflowTestBed.CreateAsync(definition, options => options.DestinationResolver = directory);
        var id = (await bed.StartAsync("dora")).Id;
        await bed.ActAsync("ann", "Yes");
        var error = (await bed.ReadAsync(id)).Error!;
        var reason = $"{error.Element}: {error.Message.TrimEnd('.')}. {NoRetry}";

        var ofOriginator = await RefusalInAsync("dora");
        ofOriginator.Reason.ShouldBe(NoSingleTaskReason.InError);
        ofOriginator.Message.ShouldContain($"No task is open for anybody there, since the process instance is in Error: {reason}");
        var ofActor = await RefusalInAsync("ann");
        ofActor.Reason.ShouldBe(NoSingleTaskReason.Over);
        ofActor.Message.ShouldContain($"their part of it is done or was given away. The process instance is in Error: {reason}");
        var ofStranger = await RefusalInAsync("max");
        ofStranger.Reason.ShouldBe(NoSingleTaskReason.InError);
        ofStranger.Message.ShouldContain($"since the process instance is in Error. A user with the View right on 'Vote' can read the reason with ReadAsync. "
            + $"{NoRetry}");
        ofStranger.Message.ShouldNotContain(error.Element);

        async Task<NoSingleTaskException> RefusalInAsync(string user) =>
            await Should.ThrowAsync<NoSingleTaskException>(async () => await bed.Engine.As(user).Worklist.SingleAsync(id));
    }

    [Test]
    [Statement("1.8")]
    [Statement("4.8")]
    public async Task In_error_since_the_resolver_is_down()
    {
        var definition = ProcessDefinition.Define("Vote", process =>
        {
            process.Rights(rights => rights.Everyone(ProcessRight.Start).View(Destination.Role("Auditors")));
            process.StartsWith(process.Activity("Vote", activity => activity
                .Destinations(to => to.Role("Voters").ResolvedToUsers())
                .Client("Vote on it", task => task.Action("Yes"))));
        });
        var down = new ScriptedResolver([]) { Members = (_, _) => throw new IOException("down"), Memberships = (_, _) => throw new IOException("down") };
        await using var bed = await WorkflowTestBed.CreateAsync(definition, options => options.DestinationResolver = down);
        var id = (await bed.StartAsync("dora")).Id;

        var refusal = await Should.ThrowAsync<NoSingleTaskException>(async () => await bed.Engine.As("ann").Worklist.SingleAsync(id));

        refusal.Reason.ShouldBe(NoSingleTaskReason.InError);
        refusal.Message.ShouldContain("since the process instance is in Error. A user with the View right on 'Vote' can read the reason with ReadAsync.");
    }

    [Test]
    [Statement("1.8")]
    [Statement("4.10")]
    public async Task Left_out_of_the_users_that_a_role_was_resolved_to()
    {
        const string Words = "leaves out 'ann', no matter how the task reaches them. A user whom it does not leave out must act";
        var definition = ProcessDefinition.Define("Leave", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Approval", activity => activity
                .Destinations(to => to.Role("Managers").ExceptOriginator().ResolvedToUsers())
                .Client("Decide the leave", task => task.Action("Yes"))));
        });
        var directory = new StaticDestinations { { Destination.Role("Managers"), "ann", "bob" } };
        await using var bed = await WorkflowTestBed.CreateAsync(definition, options => options.DestinationResolver = directory);
        var id = (await bed.StartAsync("ann")).Id;

        var worklist = bed.Engine.As("ann").Worklist;
        var refusal = await Should.ThrowAsync<NoSingleTaskException>(async () => await worklist.SingleAsync(id));
        var refusalBySerial = await Should.ThrowAsync<WorklistAccessDeniedException>(async () => await worklist.ExecuteAsync(id.Task(1), "Yes"));

        refusal.Reason.ShouldBe(NoSingleTaskReason.LeftOut);
        refusal.Message.ShouldContain(Words);
        refusal.Message.ShouldNotContain("redirect");
        refusalBySerial.Message.ShouldContain(Words);
        var ofStranger = await Should.ThrowAsync<NoSingleTaskException>(async () => await bed.Engine.As("zoe").Worklist.SingleAsync(id));
        ofStranger.Reason.ShouldBe(NoSingleTaskReason.NotTheirs);
    }

    [Test]
    [Statement("1.8")]
    [Statement("4.10")]
    public async Task Left_out()
    {
        await _bed.Engine.As("max").Worklist.SingleAsync(_id);

        await ShouldSayAsync("lou", NoSingleTaskReason.LeftOut, "leaves out 'lou', no matter how the task reaches them. A user whom it does not leave out "
            + "must act");
    }

    [Test]
    [Statement("1.8")]
    public async Task Over_and_never_theirs()
    {
        await _bed.ActAsync("ann", _id.Task(1), "Yes");

        await ShouldSayAsync("ann", NoSingleTaskReason.Over, "They had a task. It is over, or their part of it is done or was given away");
        await ShouldSayAsync("bob", NoSingleTaskReason.Over, "They had a task");
        await ShouldSayAsync("zoe", NoSingleTaskReason.NotTheirs, "They have and had no task there, and nobody has shared, delegated or redirected one to "
            + "them");
    }

    [Test]
    [Statement("1.8")]
    public async Task The_test_bed_says_so_too()
    {
        (await ActAsync("zoe")).ShouldBe(NoSingleTaskReason.NotTheirs);
        await _bed.Engine.As("bob").Worklist.OpenAsync(_id.Task(1));
        (await ActAsync("ann")).ShouldBe(NoSingleTaskReason.SlotsTaken);
        await (await _bed.Engine.As("bob").Worklist.SingleAsync(_id)).ReleaseAsync();
        await (await _bed.Engine.As("ann").Worklist.SingleAsync(_id)).SleepAsync(TimeSpan.FromDays(1));
        (await ActAsync("ann")).ShouldBe(NoSingleTaskReason.Asleep);
        await _bed.ActAsync("bob", "Yes");
        await _bed.ActAsync("cy", "Yes");
        (await ActAsync("ann")).ShouldBe(NoSingleTaskReason.NoneOpen);
        await _bed.BeginAsync(start => start.Set(Fails, true));
        (await ActAsync("ann")).ShouldBe(NoSingleTaskReason.InError);
    }

    private async Task<NoSingleTaskReason> ActAsync(string user) =>
        (await Should.ThrowAsync<NoSingleTaskException>(() => _bed.ActAsync(user, "Yes"))).Reason;
}
