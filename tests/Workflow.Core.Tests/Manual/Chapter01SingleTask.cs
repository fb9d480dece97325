using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Rules;
using Workflow.Core.Testing;
using Workflow.Core.Tests.Scenarios;

namespace Workflow.Core.Tests.Manual;

/// <summary>A user who looks for their one task is told why there is not exactly one, and what to do: the causes ask for different things. <c>ann</c> and <c>bob</c>
/// decide, for which there is one slot, and <c>cy</c> checks at the same time.</summary>
[TestFixture]
public sealed class Chapter01SingleTask
{
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
        _bed = await WorkflowTestBed.CreateAsync(_definition, options => options.Destinations = directory);
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
            $"'{user}' does not have exactly one task that they can open in process instance {id ?? _id}{(activity is null ? "" : $", activity '{activity}'")}. ");
        refusal.Message.ShouldContain(words);
        refusal.Message.ShouldEndWith(" (statement 1.8).");
    }

    [Test]
    [Statement("1.8")]
    public async Task More_than_one()
    {
        await _bed.RedirectAsync("cy", _id, "ann");

        await ShouldSayAsync("ann", NoSingleTaskReason.Several, "among them: 1_1 'Approve' of activity 'Decide', 1_2 'Sign' of activity 'Check'. Name the activity");
        (await RefusalAsync("ann")).Found.ShouldBe([_id.Task(1), _id.Task(2)]);
    }

    [Test]
    [Statement("1.8")]
    [Statement("9.4")]
    public async Task One_for_themselves_and_for_another()
    {
        await _bed.Engine.As("bob").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("ann"));

        await ShouldSayAsync("ann", NoSingleTaskReason.SeveralWays, "They have task 1_1 for themselves and for 'bob'. List the worklist, and choose by ActingFor");
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
        await ShouldSayAsync("ann", NoSingleTaskReason.OtherActivity, "Their tasks in the process instance are: 1_1 'Approve' of activity 'Decide'", activity: "Check");
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
        (await RefusalAsync("ann", id: failed)).Message.ShouldContain("It does not compare. An administrator has to repair it first");
        await ShouldSayAsync("zoe", NoSingleTaskReason.NotTheirs, "None is or was for them", id: failed);
    }

    [Test]
    [Statement("1.8")]
    [Statement("4.10")]
    public async Task Left_out()
    {
        await _bed.Engine.As("max").Worklist.SingleAsync(_id);

        await ShouldSayAsync("lou", NoSingleTaskReason.LeftOut, "leaves out 'lou', however the task comes to them (statement 4.10). Somebody whom it does not leave out must act");
    }

    [Test]
    [Statement("1.8")]
    public async Task Over_and_never_theirs()
    {
        await _bed.ActAsync("ann", _id.Task(1), "Yes");

        await ShouldSayAsync("ann", NoSingleTaskReason.Over, "A task was for them: it is over, or their part of it is done or was given away");
        await ShouldSayAsync("bob", NoSingleTaskReason.Over, "A task was for them");
        await ShouldSayAsync("zoe", NoSingleTaskReason.NotTheirs, "None is or was for them, and nobody has shared, delegated or redirected one to them");
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
