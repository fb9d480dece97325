using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Rules;
using Workflow.Core.Testing;
using static Workflow.Core.Tests.Support.Orders;

namespace Workflow.Core.Tests.Manual;

/// <summary>Administrators retry what has failed.</summary>
[TestFixture]
public sealed class Chapter08Retry
{
    private readonly List<string> _ran = [];
    private readonly HashSet<string> _broken = [];
    private readonly List<string> _keys = [];

    [SetUp]
    public void Mend()
    {
        _ran.Clear();
        _broken.Clear();
        _keys.Clear();
    }

    [Test]
    [Statement("8.2")]
    [Description("X01")]
    public async Task A_retry_calls_exactly_the_code_that_failed_and_both_branches_continue()
    {
        _broken.Add("Pay");
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process
            .StartsWith(process.Activity("Approve", Task))
            .StartsWith(process.Activity("Payment", activity => Event(Event(Event(activity, "Check"), "Pay"), "Tell")))));
        var id = await bed.BeginAsync();
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);
        (await bed.WorklistAsync("ann")).ShouldBeEmpty();

        _broken.Clear();
        await bed.Admin().RetryAsync(id, reason: "The bank answers again.");

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        (await bed.ReadAsync(id)).Error.ShouldBeNull();
        _ran.ShouldBe(["Check 1", "Pay 2", "Tell 1"]);
        _keys.Distinct().Count().ShouldBe(3, "the event keeps its idempotency key");
        await bed.ActAsync("ann", "Approve");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        var fact = (await bed.HistoryAsync(id)).Single(entry => entry.Kind is JournalKind.Retried);
        (fact.Name, fact.Detail, fact.User).ShouldBe(("server event 'Pay' of 'Payment'", "The bank answers again.", Boss));
    }

    [Test]
    [Statement("8.2")]
    [Description("X2-01")]
    public async Task Code_that_failed_is_called_before_what_was_planned_behind_it([Values] bool fromStore)
    {
        _broken.Add("Mail 2");
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process
            .StartsWith(process.Activity("Ask", activity => activity
                .Destinations(to => to.Users("A", "B", "C"))
                .PlanPerDestination()
                .Server("Mail", context => Run($"Mail {context.Serial.Destination.Invariant()}", context.Attempt))
                .Client("Answer", task => task.Action("Approve"))))));
        var id = await bed.BeginAsync();
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);
        if (fromStore)
        {
            await bed.RestartAsync();
        }

        _broken.Clear();
        await bed.Admin().RetryAsync(id);

        _ran.ShouldBe(["Mail 1 1", "Mail 2 2", "Mail 3 1"]);
        foreach (var user in (string[])["A", "B", "C"])
        {
            (await bed.WorklistAsync(user)).Count.ShouldBe(1, user);
        }
    }

    [Test]
    [Statement("8.2")]
    [Description("X2-02")]
    public async Task A_line_that_failed_is_asked_again_and_none_before_it()
    {
        var asked = new List<string>();
        Rule Asking(string name) => Rule.Named(name, _ =>
        {
            asked.Add(name);
            return _broken.Contains(name) ? throw new InvalidOperationException("no rate") : true;
        });
        _broken.Add("second");
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            var first = process.Activity("First", Task);
            process.StartsWith(first);
            first.To(process.Activity("P", Task), Asking("first"));
            first.To(process.Activity("R", Task), Asking("second"));
            first.To(process.Activity("Q", Task), Asking("third"));
        }));
        var id = await bed.BeginAsync();
        await bed.ActAsync("ann", "Approve");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);
        (await bed.OpenActivitiesAsync(id)).ShouldNotContain("Q");

        _broken.Clear();
        await bed.Admin().RetryAsync(id);

        asked.ShouldBe(["first", "second", "second", "third"]);
        (await bed.OpenActivitiesAsync(id)).Order().ShouldBe(["P", "Q", "R"]);
    }

    [Test]
    [Statement("8.2")]
    [Description("X2-03")]
    public async Task A_succeeding_rule_that_failed_is_asked_again_and_the_answers_stay()
    {
        _broken.Add("rule");
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process.StartsWith(process.Activity("Ask", activity => activity
            .Destinations(to => to.Users("A", "B"))
            .PlanJustOnce(Slots.Number(2))
            .Client("Answer", task => task.Action("Approve"))
            .SucceedingRule(Answers.AllGiven & Rule.Named("rule", _ => !_broken.Contains("rule") ? true : throw new InvalidOperationException("no rate")))))));
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", "Approve");
        await bed.ActAsync("B", "Approve");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);

        _broken.Clear();
        await bed.Admin().RetryAsync(id);

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.HistoryAsync(id)).Count(entry => entry.Kind is JournalKind.SlotCompleted).ShouldBe(2);
    }

    [Test]
    [Statement("8.2c")]
    [Description("X2-07")]
    public async Task A_retry_that_names_an_earlier_error_is_refused_and_runs_nothing()
    {
        _broken.Add("Pay");
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process
            .StartsWith(process.Activity("Payment", activity => Event(activity, "Pay")))));
        var id = await bed.BeginAsync();
        var first = (await bed.ReadAsync(id)).Error.ShouldNotBeNull();
        await bed.AdvanceAsync(TimeSpan.FromMinutes(1));
        await bed.Admin().RetryAsync(id, first);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error, "it fails again");
        _broken.Clear();

        var refusal = await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().RetryAsync(id, first).AsTask());

        (refusal.Statement, refusal.ProcessInstance).ShouldBe(("8.2c", id));
        _ran.ShouldBeEmpty();
        await bed.Admin().RetryAsync(id, (await bed.ReadAsync(id)).Error);
        _ran.ShouldBe(["Pay 3"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("8.6")]
    [Description("X07")]
    public async Task A_retry_without_an_error_is_refused_with_the_status()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process.StartsWith(process.Activity("Approve", Task))));
        var id = await bed.BeginAsync();

        var refusal = await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().RetryAsync(id).AsTask());

        refusal.Message.ShouldContain("Active and not in Error");
        await bed.ActAsync("ann", "Approve");
        (await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().RetryAsync(id).AsTask())).Message.ShouldContain("Completed");
    }

    [Test]
    [Statement("8.2")]
    [Statement("6.11b")]
    [Description("E2-15")]
    public async Task A_firing_whose_code_failed_runs_again_and_is_one_firing()
    {
        _broken.Add("Remind");
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process.StartsWith(process.Activity("Approve", activity => activity
            .Destinations(to => to.Users("ann"))
            .Client("Decide", task => task
                .Action("Approve")
                .Escalation("Remind", TimeSpan.FromDays(7), then => then.Run("Remind", context => Run("Remind", context.Attempt)), repeat: 2))))));
        var id = await bed.BeginAsync();
        await bed.AdvanceAsync(TimeSpan.FromDays(7));
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);
        await bed.AdvanceAsync(TimeSpan.FromDays(1));

        _broken.Clear();
        await bed.Admin().RetryAsync(id);
        _ran.ShouldBe(["Remind 2"]);
        await bed.AdvanceAsync(TimeSpan.FromDays(13));

        _ran.ShouldBe(["Remind 2", "Remind 1", "Remind 1"]);
        (await bed.HistoryAsync(id)).Count(entry => entry.Kind is JournalKind.EscalationFired).ShouldBe(3);
    }

    [Test]
    [Statement("6.6b")]
    [Statement("8.2")]
    [Description("E2-18, E2-19")]
    public async Task An_escalation_that_came_due_in_error_fires_after_the_retried_code_if_its_element_is_still_there([Values] bool hasTask)
    {
        _broken.Add("Prepare");
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            var work = process.Activity("Work", activity =>
            {
                Event(activity.Destinations(to => to.Users("ann")), "Prepare").Escalation("Give up", TimeSpan.FromHours(1), then => then.ExpireActivity());
                _ = hasTask ? activity.Client("Decide", task => task.Action("Approve")) : activity;
            });
            process.StartsWith(work);
            work.To(process.Activity("After", Task));
        }));
        var id = await bed.BeginAsync();
        await bed.AdvanceAsync(TimeSpan.FromHours(2));
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);

        _broken.Clear();
        await bed.Admin().RetryAsync(id);
        await bed.AdvanceAsync(TimeSpan.FromSeconds(1));

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["After"]);
        var history = await bed.HistoryAsync(id);
        history.Count(entry => entry.Kind is JournalKind.EscalationFired).ShouldBe(hasTask ? 1 : 0);
        history.Count(entry => entry.Kind is JournalKind.ActivityStarted && entry.Name == "After").ShouldBe(1);
    }

    [Test]
    [Statement("14.7")]
    public async Task A_retry_needs_the_admin_right()
    {
        _broken.Add("Pay");
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Guarded", process => process
            .Rights(rights => rights.Everyone(ProcessRight.Start).Everyone(ProcessRight.View))
            .StartsWith(process.Activity("Payment", activity => Event(activity, "Pay")))));
        var id = await bed.BeginAsync();
        _broken.Clear();

        var denial = await Should.ThrowAsync<WorkflowAccessDeniedException>(() => bed.Admin().RetryAsync(id).AsTask());

        denial.Message.ShouldContain("Admin");
        _ran.ShouldBeEmpty();
    }

    [Test]
    [Statement("13.7")]
    public async Task A_retry_is_carried_out_once_under_one_key()
    {
        _broken.Add("Pay");
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process
            .StartsWith(process.Activity("Payment", activity => Event(activity, "Pay")))
            .StartsWith(process.Activity("Approve", Task))));
        var id = await bed.BeginAsync();
        _broken.Clear();

        await bed.Engine.As(Boss).Once("retry-1").ManageProcesses().RetryAsync(id);
        await bed.Engine.As(Boss).Once("retry-1").ManageProcesses().RetryAsync(id);

        _ran.ShouldBe(["Pay 2"]);
    }

    private static void Task(ActivityBuilder activity) =>
        activity.Destinations(to => to.Users("ann")).Client("Decide", task => task.Action("Approve"));

    private ActivityBuilder Event(ActivityBuilder activity, string name) => activity.Server(name, context =>
    {
        _keys.Add(context.IdempotencyKey);
        Run(name, context.Attempt);
    });

    private void Run(string name, int attempt)
    {
        if (_broken.Contains(name))
        {
            throw new InvalidOperationException("the bank does not answer");
        }

        _ran.Add($"{name} {attempt.Invariant()}");
    }
}
