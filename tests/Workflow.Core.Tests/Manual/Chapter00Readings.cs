using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter00Readings
{
    private static readonly DestinationField<int> Score = new("Score", initial: 0);
    private static readonly ProcessField<bool> MayPass = new("May pass", initial: false);

    /// <code>
    /// ► Ask (count slots, each waits; done when the rule is true) ──► After ──►
    /// </code>
    private static ProcessDefinition Asking(int count, Rule? rule, WhenUnresolved? policy = null) => ProcessDefinition.Define("Asking", process =>
    {
        process.OpenToAll();
        var ask = process.Activity("Ask", activity =>
        {
            activity.Fields(Score).PlanPerSlot(Slots.Number(count)).Waits();
            if (rule is not null)
            {
                activity.SucceedingRule(rule);
            }

            if (policy is { } chosen)
            {
                activity.WhenUnresolved(chosen);
            }
        });
        process.StartsWith(ask);
        ask.To(process.Activity("After"));
    });

    /// <code>
    /// ► Check (its event is done only if May pass) ──► After ──►
    /// </code>
    private static ProcessDefinition Checking(WhenUnresolved? policy, bool asynchronous) => ProcessDefinition.Define("Checking", process =>
    {
        process.OpenToAll().Fields(MayPass);
        var check = process.Activity("Check", activity =>
        {
            activity.Server(
                "Check",
                context =>
                {
                    if (asynchronous)
                    {
                        context.WaitUntilFinished();
                    }
                },
                succeedingRule: MayPass == true);
            if (policy is { } chosen)
            {
                activity.WhenUnresolved(chosen);
            }
        });
        process.StartsWith(check);
        check.To(process.Activity("After"));
    });

    private static async Task<ProcessInstanceId> FinishAllAsync(WorkflowTestBed bed)
    {
        var id = await bed.BeginAsync();
        foreach (var serial in await bed.ServerItemsAsync(id))
        {
            await bed.FinishAsync(serial);
        }

        return id;
    }

    [Test]
    [Statement("0.1")]
    public async Task All_counts_destinations_that_have_not_completed_by_their_own_values()
    {
        var definition = ProcessDefinition.Define("Everybody", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Ask", activity => activity
                .Fields(Score)
                .PlanPerSlot(Slots.Number(3))
                .Server("Fill in", context => context.Set(Score, 9))
                .Waits()
                .SucceedingRule(Answers.All.Satisfy(Score >= 5))
                .WhenUnresolved(WhenUnresolved.Fail)));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        var id = await bed.BeginAsync();

        await bed.FinishAsync((await bed.ServerItemsAsync(id))[1]);

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed, "all three hold 9, though only one has completed");
    }

    [Test]
    [Statement("0.2")]
    [Statement("3.3")]
    public async Task Without_a_rule_an_activity_of_n_slots_ends_at_the_first_completed_one([Values(1, 2, 5)] int count)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(count, rule: null));
        var id = await bed.BeginAsync();

        await bed.FinishAsync((await bed.ServerItemsAsync(id))[^1]);

        (await bed.CompletedAsync(id)).ShouldBe(["Ask", "After"]);
        (await bed.CountAsync(id, JournalKind.DestinationCompleted)).ShouldBe(2, "one of Ask, one of After");
        (await bed.CountAsync(id, JournalKind.DestinationExpired)).ShouldBe(count - 1);
    }

    [Test]
    [Statement("0.3")]
    public async Task When_the_last_has_completed_and_the_rule_is_false_the_activity_completes_all_the_same(
        [Values(null, WhenUnresolved.ByPlan, WhenUnresolved.Complete)] WhenUnresolved? policy, [Values(1, 3)] int count)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(count, Answers.AtLeast(1).Satisfy(Score >= 5), policy));

        var id = await FinishAllAsync(bed);

        (await bed.CompletedAsync(id)).ShouldBe(["Ask", "After"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("0.3")]
    public async Task The_policy_wait_leaves_the_activity_waiting_and_tells_it([Values(1, 3)] int count)
    {
        using var log = new WarningLog();
        await using var bed = await WorkflowTestBed.CreateAsync(
            Asking(count, Answers.AtLeast(1).Satisfy(Score >= 5), WhenUnresolved.Wait), options => options.LoggerFactory = log);

        var id = await FinishAllAsync(bed);

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Ask"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        (await bed.NamesAsync(id, JournalKind.ActivityStalled)).ShouldBe(["Ask"]);
        log.Warnings.ShouldHaveSingleItem().ShouldContain("Ask");
    }

    [Test]
    [Statement("0.3")]
    public async Task The_policy_expire_expires_the_activity_and_evaluates_its_lines([Values(1, 3)] int count)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(count, Answers.AtLeast(1).Satisfy(Score >= 5), WhenUnresolved.Expire));

        var id = await FinishAllAsync(bed);

        (await bed.ExpiredAsync(id)).ShouldBe(["Ask"]);
        (await bed.CompletedAsync(id)).ShouldBe(["After"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("0.3")]
    public async Task The_policy_fail_puts_the_process_into_error_with_a_clear_message([Values(1, 3)] int count)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(count, Answers.AtLeast(1).Satisfy(Score >= 5), WhenUnresolved.Fail));

        var id = await FinishAllAsync(bed);

        var process = await bed.ReadAsync(id);
        process.Status.ShouldBe(ProcessInstanceStatus.Error);
        process.Error.ShouldNotBeNull().Element.ShouldContain("Ask");
        process.Error.Message.ShouldStartWith("Its succeeding rule is false and no answer is left");
        (await bed.StartedAsync(id)).ShouldBe(["Ask"]);
    }

    [Test]
    [Statement("0.3")]
    public async Task The_policy_is_not_asked_as_long_as_somebody_is_left([Values] WhenUnresolved policy)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(3, Answers.AtLeast(1).Satisfy(Score >= 5), policy));
        var id = await bed.BeginAsync();
        var serials = await bed.ServerItemsAsync(id);

        await bed.FinishAsync(serials[0]);
        await bed.FinishAsync(serials[1]);

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Ask"]);
        (await bed.CountAsync(id, JournalKind.ActivityStalled)).ShouldBe(0);
        await bed.FinishAsync(serials[2], finish => finish.Set(Score, 5));
        (await bed.CompletedAsync(id)).ShouldBe(["Ask", "After"]);
    }

    [Test]
    [Statement("7.3")]
    public async Task An_event_rule_that_is_false_is_a_stall_that_is_told(
        [Values(null, WhenUnresolved.ByPlan, WhenUnresolved.Wait)] WhenUnresolved? policy, [Values] bool asynchronous)
    {
        using var log = new WarningLog();
        await using var bed = await WorkflowTestBed.CreateAsync(Checking(policy, asynchronous), options => options.LoggerFactory = log);

        var id = await FinishAllAsync(bed);

        var check = (await bed.ReadAsync(id)).Activities.ShouldHaveSingleItem();
        check.Status.ShouldBe(ActivityInstanceStatus.Active);
        check.Destinations.ShouldHaveSingleItem().Event.ShouldNotBeNull().Status.ShouldBe(EventInstanceStatus.Stalled);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        (await bed.CountAsync(id, JournalKind.ActivityStalled)).ShouldBe(1);
        log.Warnings.ShouldHaveSingleItem();
    }

    [Statement("0.3")]
    [TestCase(WhenUnresolved.Complete, new[] { "Check", "After" }, new string[0], ProcessInstanceStatus.Completed)]
    [TestCase(WhenUnresolved.Expire, new[] { "After" }, new[] { "Check" }, ProcessInstanceStatus.Completed)]
    [TestCase(WhenUnresolved.Fail, new string[0], new string[0], ProcessInstanceStatus.Error)]
    public async Task The_policy_decides_about_a_stalled_event_too(
        WhenUnresolved policy, string[] completed, string[] expired, ProcessInstanceStatus status)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Checking(policy, asynchronous: true));

        var id = await FinishAllAsync(bed);

        (await bed.CompletedAsync(id)).ShouldBe(completed);
        (await bed.ExpiredAsync(id)).ShouldBe(expired);
        (await bed.StatusAsync(id)).ShouldBe(status);
    }

    [Test]
    [Statement("0.4")]
    public async Task A_false_preceding_rule_leaves_an_expired_record_and_nothing_else()
    {
        var called = new List<string>();
        var definition = ProcessDefinition.Define("Barred", process =>
        {
            process.OpenToAll().Fields(MayPass);
            var barred = process.Activity("Barred", activity => activity.PrecedingRule(MayPass == true).Logs("Work", called));
            process.StartsWith(barred);
            barred.To(process.Activity("After"));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);

        var id = await bed.BeginAsync();

        called.ShouldBeEmpty();
        (await bed.HistoryAsync(id)).Select(entry => entry.Kind).ShouldBe(
        [
            JournalKind.ProcessStarted, JournalKind.LineEvaluated, JournalKind.ActivityStarted, JournalKind.ActivityExpired, JournalKind.ProcessCompleted,
        ]);
    }
}
