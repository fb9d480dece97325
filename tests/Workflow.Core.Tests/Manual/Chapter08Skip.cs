using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;
using static Workflow.Core.Tests.Support.Orders;

namespace Workflow.Core.Tests.Manual;

/// <summary>Administrators skip what has failed.</summary>
[TestFixture]
public sealed class Chapter08Skip
{
    private static readonly Rule Broken = Rule.Named("broken", _ => throw new InvalidOperationException("no rate"));

    private readonly List<string> _ran = [];

    [SetUp]
    public void Clear() => _ran.Clear();

    [Test]
    [Statement("8.2b")]
    [Description("X2-11")]
    public async Task An_event_that_is_skipped_counts_as_completed_and_the_next_one_runs([Values] bool fromStore)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process.StartsWith(process.Activity("Ship", activity => activity
            .Server("Pack", _ => _ran.Add("Pack"))
            .Server("Send", Throw)
            .Server("Bill", _ => _ran.Add("Bill"))))));
        var id = await FailAsync(bed, fromStore);

        await bed.Admin().SkipAsync(id, reason: "The customer fetched it.");

        _ran.ShouldBe(["Pack", "Bill"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        var fact = (await bed.HistoryAsync(id)).Single(entry => entry.Kind is JournalKind.Skipped);
        (fact.Name, fact.Detail, fact.User).ShouldBe(("server event 'Send' of 'Ship'", "The customer fetched it.", Boss));
        (await bed.HistoryAsync(id)).ShouldNotContain(entry => entry.Kind == JournalKind.EventCompleted && entry.Name == "Send");
    }

    [Test]
    [Statement("8.2b")]
    [Statement("7.1")]
    public async Task A_finish_that_was_kept_for_a_skipped_event_is_dropped_and_told()
    {
        var door = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process
            .StartsWith(process.Activity("Ship", activity => activity.Server("Order", async (_, _) =>
            {
                reached.SetResult();
                await door.Task;
                throw new InvalidOperationException("no money");
            })))));
        var starting = bed.Engine.As("dora").StartAsync("Order").AsTask();
        await reached.Task.WaitAsync(TimeSpan.FromMinutes(1));
        var id = new ProcessInstanceId(1);
        var serial = new SerialNumber(id, 1);
        (await bed.Engine.As("bank").FinishAsync(serial)).ShouldBe(FinishReceipt.Stored);
        door.SetResult();
        (await starting.WaitAsync(TimeSpan.FromMinutes(1))).Status.ShouldBe(ProcessInstanceStatus.Error);

        await bed.Admin().SkipAsync(id);

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.HistoryAsync(id)).Single(entry => entry.Kind is JournalKind.FinishDropped).Detail.ShouldBe("An administrator skipped the event.");
        await Should.ThrowAsync<WorkflowException>(() => bed.FinishAsync("bank", serial));
    }

    [Test]
    [Statement("8.2b")]
    [Statement("0.3")]
    [Description("X2-11")]
    public async Task A_succeeding_rule_that_is_skipped_is_false_so_its_activity_ends_without_an_outcome([Values] bool fromStore)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            var approve = process.Activity("Approve", activity => Ask(activity).SucceedingRule(Broken));
            process.StartsWith(approve);
            approve.To(process.Activity("After", activity => Ask(activity)));
        }));
        var id = (await bed.StartAsync("dora")).Id;
        await bed.ActAsync("ann", "Approve");
        await FailedAsync(bed, id, fromStore);

        await bed.Admin().SkipAsync(id);

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["After"]);
    }

    [Test]
    [Statement("8.2b")]
    [Description("X2-11")]
    public async Task A_finish_rule_that_is_skipped_lets_the_process_complete([Values] bool fromStore)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            var pack = process.Activity("Pack", activity => activity.Server("Pack", _ => _ran.Add("Pack")));
            process.StartsWith(pack);
            process.FinishRule(Broken, pack);
        }));
        var id = await FailAsync(bed, fromStore);

        await bed.Admin().SkipAsync(id);

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        _ran.ShouldBe(["Pack"]);
    }

    [Test]
    [Statement("8.2b")]
    [Description("X2-11")]
    public async Task A_destination_rule_cannot_be_skipped()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process.StartsWith(process.Activity("Approve", activity => activity
            .Destinations(to => to.Role("Nobody knows").ResolvedToUsers())
            .Client("Approve", task => task.Action("Approve"))))));
        var id = await FailAsync(bed, fromStore: false);
        var version = (await bed.ReadAsync(id)).Version;

        var refusal = await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().SkipAsync(id).AsTask());

        refusal.Statement.ShouldBe("8.2b");
        refusal.Message.ShouldContain("destination rule of 'Approve'");
        refusal.Message.ShouldContain("go to another activity");
        (await bed.ReadAsync(id)).Version.ShouldBe(version);
    }

    [Test]
    [Statement("8.2b")]
    [Statement("10.7")]
    public async Task A_limit_cannot_be_skipped()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Define(process =>
            {
                var around = process.Activity("Around");
                process.StartsWith(around);
                around.To(around);
            }),
            options => options.AutomaticStepLimit = 20);
        var id = await FailAsync(bed, fromStore: false);

        (await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().SkipAsync(id).AsTask())).Message.ShouldContain("limit");
    }

    [Test]
    [Statement("8.2b")]
    [Statement("10.1")]
    public async Task A_line_that_is_skipped_is_not_followed_and_those_behind_it_are_asked([Values] bool fromStore)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            var pack = process.Activity("Pack");
            process.StartsWith(pack);
            pack.To(process.Activity("P", activity => Ask(activity)));
            pack.To(process.Activity("Q", activity => Ask(activity)), Broken);
            pack.To(process.Activity("R", activity => Ask(activity)));
        }));
        var id = await FailAsync(bed, fromStore);

        await bed.Admin().SkipAsync(id);

        (await bed.OpenActivitiesAsync(id)).Order().ShouldBe(["P", "R"]);
        (await bed.HistoryAsync(id)).Single(entry => entry.Kind is JournalKind.LineEvaluated && entry.Name == "Pack to Q").Result.ShouldBeFalse();
    }

    /// <summary>Only the question that failed is skipped: the same rule of another line fails again.</summary>
    [Test]
    [Statement("8.2b")]
    public async Task A_skip_is_for_one_question_and_the_next_that_fails_is_an_error_of_its_own()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            var pack = process.Activity("Pack");
            process.StartsWith(pack);
            pack.To(process.Activity("P", activity => Ask(activity)), Broken);
            pack.To(process.Activity("Q", activity => Ask(activity)), Broken);
        }));
        var id = await FailAsync(bed, fromStore: false);
        var first = (await bed.ReadAsync(id)).Error.ShouldNotBeNull();

        await bed.Admin().SkipAsync(id, first);

        var second = (await bed.ReadAsync(id)).Error.ShouldNotBeNull();
        second.Element.ShouldContain("Pack to Q");
        second.Number.ShouldBeGreaterThan(first.Number);
        await bed.Admin().SkipAsync(id, second);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("8.2b")]
    [Statement("0.4")]
    public async Task An_activity_expires_whose_preceding_rule_is_skipped()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process
            .StartsWith(process.Activity("Approve", activity => Ask(activity.PrecedingRule(Broken))))));
        var id = await FailAsync(bed, fromStore: false);

        await bed.Admin().SkipAsync(id);

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.HistoryAsync(id)).Single(entry => entry.Kind is JournalKind.ActivityExpired).Detail.ShouldBe("PrecedingRuleFalse");
    }

    [Test]
    [Statement("8.2b")]
    [Statement("2.6")]
    public async Task An_outcome_that_is_skipped_is_false_and_the_next_one_is_asked()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            var approve = process.Activity("Approve", activity => Ask(activity.PlanPerDestination())
                .Outcome("Rated", Broken)
                .Outcome("Done", Rule.Named("always", _ => true)));
            process.StartsWith(approve);
            approve.On("Rated", process.Activity("P", activity => Ask(activity)));
            approve.On("Done", process.Activity("Q", activity => Ask(activity)));
        }));
        var id = (await bed.StartAsync("dora")).Id;
        await bed.ActAsync("ann", "Approve");
        await FailedAsync(bed, id, fromStore: false);

        await bed.Admin().SkipAsync(id);

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Q"]);
    }

    /// <summary>Both outcomes are asked in one step. The first one stays skipped when the second one fails.</summary>
    [Test]
    [Statement("8.2b")]
    public async Task Questions_of_one_step_that_were_skipped_stay_skipped_until_the_step_is_done([Values] bool fromStore)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            var approve = process.Activity("Approve", activity => Ask(activity.PlanPerDestination())
                .Outcome("Rated", Broken)
                .Outcome("Priced", Broken)
                .Outcome("Done", Rule.Named("always", _ => true)));
            process.StartsWith(approve);
            approve.On("Done", process.Activity("Q", activity => Ask(activity)));
        }));
        var id = (await bed.StartAsync("dora")).Id;
        await bed.ActAsync("ann", "Approve");
        await bed.Admin().SkipAsync(id);
        (await bed.ReadAsync(id)).Error.ShouldNotBeNull().Element.ShouldBe("outcome 'Priced' of 'Approve'");
        await bed.Admin().RetryAsync(id);
        await FailedAsync(bed, id, fromStore);
        (await bed.ReadAsync(id)).Error.ShouldNotBeNull().Element.ShouldBe("outcome 'Priced' of 'Approve'");

        await bed.Admin().SkipAsync(id);

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Q"]);
    }

    [Test]
    [Statement("8.2b")]
    public async Task A_start_line_and_the_rule_of_an_event_are_skipped_as_false([Values] bool fromStore)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            process.StartsWith(process.Activity("P", activity => Ask(activity)), Broken);
            process.StartsWith(process.Activity("Q", activity => activity
                .Destinations(to => to.Users("ann"))
                .PlanJustOnce(Slots.Number(1))
                .Client("Decide", task => task.Action("Approve").SucceedingRule(Broken))
                .WhenUnresolved(WhenUnresolved.Complete)));
        }));
        var id = await FailAsync(bed, fromStore);
        await bed.Admin().SkipAsync(id);
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Q"]);
        await bed.ActAsync("ann", "Approve");
        await FailedAsync(bed, id, fromStore);

        await bed.Admin().SkipAsync(id);

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("8.2b")]
    [Statement("6.11b")]
    public async Task The_code_of_an_escalation_that_is_skipped_counts_as_done_and_the_next_firing_stays_armed([Values] bool fromStore)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process.StartsWith(process.Activity("Approve", activity => Ask(activity)
            .Escalation("Remind", TimeSpan.FromHours(1), then => then.Run("Remind", _ => throw new InvalidOperationException("no mail")), Repeat.Times(1))))));
        var id = (await bed.StartAsync("dora")).Id;
        await bed.AdvanceAsync(TimeSpan.FromHours(1));
        await FailedAsync(bed, id, fromStore);
        (await bed.Admin().FindErrorsAsync()).Single().Attempts.ShouldBe(1);

        await bed.Admin().SkipAsync(id);

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        (await bed.Engine.FindTimersAsync()).ShouldHaveSingleItem().Occurrence.ShouldBe(2);
    }

    /// <summary>An escalation has failed. Then the target of a goto fails, which left the escalation alone, and only that is skipped.</summary>
    [Test]
    [Statement("8.2b")]
    public async Task A_skip_is_of_the_present_error_and_not_of_one_that_waits_for_its_retry()
    {
        var isBroken = true;
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            process.StartsWith(process.Activity("A", activity => Ask(activity).Escalation(
                "Remind",
                TimeSpan.FromHours(1),
                then => then.Run("Remind", _ =>
                {
                    if (isBroken)
                    {
                        throw new InvalidOperationException("no mail");
                    }

                    _ran.Add("Remind");
                }))));
            process.Activity("B", activity => Ask(activity.PrecedingRule(Broken)));
        }));
        var id = (await bed.StartAsync("dora")).Id;
        await bed.AdvanceAsync(TimeSpan.FromHours(1));
        await bed.Admin().GoToAsync(id, "B", Expiring.Only("B"));
        (await bed.ReadAsync(id)).Error.ShouldNotBeNull().Element.ShouldBe("preceding rule of 'B'");
        (await bed.Admin().FindErrorsAsync()).Single().Attempts.ShouldBe(0, "a rule has failed");

        isBroken = false;
        await bed.Admin().SkipAsync(id);

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        _ran.ShouldBe(["Remind"], "its action is done");
    }

    [Test]
    [Statement("8.2b")]
    [Statement("0.3")]
    public async Task The_policy_to_fail_cannot_be_skipped()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process.StartsWith(process.Activity("Approve", activity => Ask(activity)
            .SucceedingRule(Rule.Named("never", _ => false))
            .WhenUnresolved(WhenUnresolved.Fail)))));
        var id = (await bed.StartAsync("dora")).Id;
        await bed.ActAsync("ann", "Approve");
        await FailedAsync(bed, id, fromStore: false);

        (await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().SkipAsync(id).AsTask())).Message.ShouldContain("policy");
    }

    [Test]
    [Statement("8.2b")]
    [Statement("1.1")]
    public async Task A_text_of_a_task_that_is_skipped_has_no_value_and_the_task_opens()
    {
        var text = new ProcessField<string>("Text");
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            process.Fields(text);
            process.StartsWith(process.Activity("Approve", activity => activity
                .Destinations(to => to.Users("ann"))
                .Client("Decide", task => task.Action("Approve").Url($"https://example.com/{text}"))));
        }));
        var id = (await bed.StartAsync("dora", start => start.Set(text, new string('x', 100_000)))).Id;
        await FailedAsync(bed, id, fromStore: false);

        await bed.Admin().SkipAsync(id);

        (await bed.WorklistAsync("ann")).ShouldHaveSingleItem().Url.ShouldBeNull();
    }

    [Test]
    [Statement("8.2b")]
    [Statement("5.3")]
    public async Task A_start_rule_that_is_skipped_lets_its_activity_begin_at_once()
    {
        var when = new ProcessField<DateTimeOffset>("When");
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            process.Fields(when);
            process.StartsWith(process.Activity("Approve", activity => Ask(activity.StartRule(DueTime.At(when)))));
        }));
        var id = await FailAsync(bed, fromStore: false);

        await bed.Admin().SkipAsync(id);

        (await bed.WorklistAsync("ann")).ShouldHaveSingleItem();
    }

    [Test]
    [Statement("8.2b")]
    [Statement("4.10")]
    [Description("E2-11")]
    public async Task A_redirect_that_failed_is_skipped_and_the_task_stays_with_its_user([Values] bool fromStore)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process.StartsWith(process.Activity("Approve", activity => activity
            .Destinations(to => to.Users("ann").ExceptOriginator())
            .Client("Approve", task => task.Action("Approve"))
            .Escalation("Hand over", TimeSpan.FromHours(1), then => then.RedirectTo("dora"))))));
        var id = (await bed.StartAsync("dora")).Id;
        await bed.AdvanceAsync(TimeSpan.FromHours(1));
        await FailedAsync(bed, id, fromStore);
        (await bed.ReadAsync(id)).Error!.Element.ShouldContain("Hand over");
        await bed.Admin().RetryAsync(id);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);

        await bed.Admin().SkipAsync(id);

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        (await bed.WorklistAsync("ann")).ShouldHaveSingleItem();
        (await bed.AdvanceAsync(TimeSpan.FromDays(1))).ShouldBe(0);
    }

    [Test]
    [Statement("8.2c")]
    [Description("X07")]
    public async Task A_skip_without_an_error_or_of_another_one_is_refused()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process
            .StartsWith(process.Activity("Ship", activity => activity.Server("Send", Throw)))));
        var id = await FailAsync(bed, fromStore: false);
        var first = (await bed.ReadAsync(id)).Error!;
        await bed.Admin().RetryAsync(id);

        // Both errors have the same text and the same instant, and are told apart by their numbers.
        (await bed.ReadAsync(id)).Error!.At.ShouldBe(first.At);
        (await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().SkipAsync(id, first).AsTask())).Statement.ShouldBe("8.2c");
        (await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().RetryAsync(id, first).AsTask())).Statement.ShouldBe("8.2c");
        await bed.Admin().SkipAsync(id);
        (await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().SkipAsync(id).AsTask())).Message.ShouldContain("Completed");
    }

    private static ActivityBuilder Ask(ActivityBuilder activity) =>
        activity.Destinations(to => to.Users("ann")).Client("Decide", task => task.Action("Approve"));

    private static void Throw(Contexts.ServerEventContext context) => throw new InvalidOperationException("no money");

    private static async Task<ProcessInstanceId> FailAsync(WorkflowTestBed bed, bool fromStore)
    {
        var id = (await bed.StartAsync("dora")).Id;
        await FailedAsync(bed, id, fromStore);
        return id;
    }

    private static async Task FailedAsync(WorkflowTestBed bed, ProcessInstanceId id, bool fromStore)
    {
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);
        if (fromStore)
        {
            await bed.RestartAsync();
        }
    }
}
