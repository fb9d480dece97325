using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>The things that an instance waits for when its version changes.</summary>
[TestFixture]
public sealed class Chapter08MigrationWaits
{
    private readonly List<string> _ran = [];
    private bool _fails;

    [SetUp]
    public void Begin()
    {
        _ran.Clear();
        _fails = true;
    }

    [Test]
    [Statement("8.8")]
    [Statement("8.2")]
    public async Task A_line_that_failed_is_asked_again_under_its_new_name([Values] bool isSkipped, [Values] bool isRestart)
    {
        await using var bed = await Migrations.BedAsync(Failing("Ask", "After"), Failing("Question", "Next"));
        var id = await bed.BeginAsync();
        (await bed.ReadAsync(id)).Error!.Element.ShouldBe("line rule of 'Ask to After'");

        await bed.MigrateAsync(id, Renames.None.Activity("Ask", "Question").Activity("After", "Next"));
        if (isRestart)
        {
            await bed.RestartAsync();
        }

        (await bed.ReadAsync(id)).Error!.Element.ShouldBe("line rule of 'Question to Next'");
        _fails = false;
        await (isSkipped ? bed.Admin().SkipAsync(id) : bed.Admin().RetryAsync(id));

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.StartedAsync(id)).ShouldBe(isSkipped ? ["Ask"] : ["Ask", "Next"]);

        Action<ProcessBuilder> Failing(string ask, string after) => process =>
        {
            var activity = process.Activity(ask);
            process.StartsWith(activity);
            activity.To(process.Activity(after), Rule.Named("Broken", _ => _fails ? throw new InvalidOperationException("broken") : true));
        };
    }

    [Test]
    [Statement("8.8")]
    [Statement("8.2b")]
    public async Task A_renamed_event_or_escalation_that_failed_is_retried_and_skipped([Values] bool isEscalation, [Values] bool isSkipped)
    {
        await using var bed = await Migrations.BedAsync(Failing(""), Failing("New "));
        var id = await bed.BeginAsync();
        await bed.AdvanceAsync(TimeSpan.FromHours(1));
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);

        await bed.MigrateAsync(id, isEscalation
            ? Renames.None.Activity("Ask", "New Ask").Event("Ask", "Wait", "New Wait").Escalation("Ask", "Wait", "Remind", "New Remind")
            : Renames.None.Activity("Ask", "New Ask").Event("Ask", "Wait", "New Wait"));
        _fails = false;
        var error = (await bed.ReadAsync(id)).Error.ShouldNotBeNull();
        error.Element.ShouldBe(isEscalation ? "escalation 'New Remind' of event 'New Wait' of 'New Ask'" : "server event 'New Wait' of 'New Ask'");
        await (isSkipped ? bed.Admin().SkipAsync(id, error) : bed.Admin().RetryAsync(id, error));

        (await bed.StatusAsync(id)).ShouldBe(isEscalation ? ProcessInstanceStatus.Active : ProcessInstanceStatus.Completed);
        _ran.ShouldBe(isSkipped ? [] : [isEscalation ? "New Remind" : "New Wait"]);

        Action<ProcessBuilder> Failing(string prefix) => process =>
        {
            process.StartsWith(process.Activity($"{prefix}Ask", activity => _ = isEscalation
                ? activity.Once(1, 1).Client($"{prefix}Wait", task => task
                    .Action("Yes").Escalation($"{prefix}Remind", TimeSpan.FromHours(1), then => then.Run("Mail", _ => Run($"{prefix}Remind"))))
                : activity.Server($"{prefix}Wait", _ => Run($"{prefix}Wait"))));
        };
    }

    [Test]
    [Statement("8.8")]
    [Statement("8.6")]
    public async Task Steps_of_a_stopped_instance_are_taken_in_the_new_version()
    {
        await using var bed = await Migrations.BedAsync(With("Target", "Target"), With("New", "New target"));
        var id = await bed.BeginAsync();
        await bed.Admin().StopAsync(id);
        await bed.Admin().GoToAsync(id, "Target");

        await bed.MigrateAsync(id, Renames.None.Activity("Target", "New"));
        await bed.Admin().ResumeAsync(id);

        _ran.ShouldBe(["New target"]);

        Action<ProcessBuilder> With(string target, string code) => process =>
        {
            process.StartsWith(process.Activity("Ask", activity => activity.Once(1, 1).Chooses()));
            process.Activity(target, activity => activity.Server("Run", _ => _ran.Add(code)));
        };
    }

    [Test]
    [Statement("8.8")]
    [Statement("7.7")]
    public async Task A_renamed_event_that_waits_for_a_sub_process_goes_on_with_it_and_gets_no_server_item()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            [Orders.Define(process => Calling("Call 2")(process.Version(2))), Orders.Define(Calling("Call")), Families.ChildWithTask]);
        var id = await bed.BeginAsync();

        await bed.MigrateAsync(id, Renames.None.Event("Ask", "Call", "Call 2").Field("Y", "Z"));

        (await bed.ServerItemsAsync(id)).ShouldBeEmpty();
        await bed.DoAsync(await bed.ChildAsync(id), 5);
        var process = await bed.ReadAsync(id);
        process.Status.ShouldBe(ProcessInstanceStatus.Completed);
        process.Fields.Get<int>("Z").ShouldBe(5);

        static Action<ProcessBuilder> Calling(string name) => process =>
        {
            var back = new ProcessField<int>(name == "Call" ? "Y" : "Z", 0);
            process.Fields(back);
            Migrations.Asking(activity => activity.StartsProcess(name, "Child", child => child.Receive(Families.Out, back)))(process);
        };
    }

    [Test]
    [Statement("8.8")]
    [Statement("7.1")]
    public async Task A_finish_that_is_kept_for_its_event_follows_a_renamed_field()
    {
        var (one, two) = (new ProcessField<string>("Result"), new ProcessField<string>("New Result"));
        var door = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var bed = await Migrations.BedAsync(
            Waiting(one, async (_, _) =>
            {
                reached.SetResult();
                await door.Task;
                throw new InvalidOperationException("broken");
            }),
            Waiting(two, (context, _) =>
            {
                context.WaitUntilFinished();
                return ValueTask.CompletedTask;
            }));
        var starting = bed.Engine.As("dora").StartAsync("Order").AsTask();
        await reached.Task.WaitAsync(TimeSpan.FromMinutes(1));
        var id = new ProcessInstanceId(1);
        (await bed.Engine.As("bank").FinishAsync(new SerialNumber(id, 1), finish => finish.Set(one, "paid"))).ShouldBe(FinishReceipt.Stored);
        door.SetResult();
        await starting.WaitAsync(TimeSpan.FromMinutes(1));

        await bed.MigrateAsync(id, Renames.None.Field("Result", "New Result"));
        await bed.Admin().RetryAsync(id);

        var process = await bed.ReadAsync(id);
        process.Status.ShouldBe(ProcessInstanceStatus.Completed);
        process.Fields.Get<string>("New Result").ShouldBe("paid");

        static Action<ProcessBuilder> Waiting(ProcessField<string> field, Func<Contexts.ServerEventContext, CancellationToken, ValueTask> code) => process =>
        {
            process.Rights(rights => rights.ServerEvent("bank")).Fields(field);
            Migrations.Asking(activity => activity.Server("Order", code))(process);
        };
    }

    [Test]
    [Statement("8.8")]
    [Statement("4.8")]
    public async Task A_question_to_the_resolver_that_is_open_is_asked_again_for_the_new_destination_rule()
    {
        var asked = new List<string>();
        var fails = true;
        var resolver = new AskedResolver((roles, _) =>
        {
            asked.AddRange(roles.Select(role => role.Name));
            return fails ? throw new InvalidOperationException("down") : ValueTask.FromResult(AskedResolver.Answers(roles, role => [$"{role.Name} member"]));
        });
        await using var bed = await Migrations.BedAsync(For("One"), For("Two"), options => options.DestinationResolver = resolver);
        var id = await bed.BeginAsync();
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);

        await bed.MigrateAsync(id);
        fails = false;
        await bed.Admin().RetryAsync(id);

        asked.Distinct().ShouldBe(["One", "Two"]);
        (await bed.WorklistAsync("Two member")).Count.ShouldBe(1);

        static Action<ProcessBuilder> For(string role) => Migrations.Asking(activity => activity
            .Destinations(to => to.Role(role).ResolvedToUsers()).PlanPerDestination().Chooses());
    }

    [Test]
    [Statement("8.8b")]
    [Statement("6.4")]
    public async Task An_escalation_that_is_held_fires_after_the_resume_and_keeps_its_repeats()
    {
        await using var bed = await Migrations.BedAsync(Reminding("Remind", 2), Reminding("Nudge", 0));
        var id = await bed.BeginAsync();
        await bed.Admin().StopAsync(id);
        await bed.AdvanceAsync(TimeSpan.FromDays(1));

        await bed.MigrateAsync(id, Renames.None.Escalation("Ask", "Remind", "Nudge"));
        await bed.RestartAsync();
        await bed.Admin().ResumeAsync(id);
        await bed.AdvanceAsync(TimeSpan.FromDays(9));

        (await bed.FiringsAsync(id)).ShouldBe(["Nudge 01-06 08:00", "Nudge 01-07 08:00", "Nudge 01-08 08:00"]);

        static Action<ProcessBuilder> Reminding(string name, int repeats) => Migrations.Asking(activity => activity.Once(1, 1).Chooses()
            .Escalation(name, TimeSpan.FromDays(1), then => then.Mails(), repeats));
    }

    [Test]
    [Statement("8.8b")]
    public async Task An_escalation_whose_code_was_cut_short_does_what_the_new_version_says()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (clock, store) = (new ManualTimeProvider(WorkflowTestBed.Beginning), new InMemoryProcessStore());
        var first = await OpenAsync();
        var id = (await first.As("dora").StartAsync("Order")).Id;
        clock.Advance(TimeSpan.FromHours(1));
        var firing = first.RunDueTimersAsync().AsTask();
        await reached.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await first.DisposeAsync();
        await firing.ContinueWith(_ => { }, TaskScheduler.Default);

        await using var second = await OpenAsync();
        await second.As(Orders.Boss).ManageProcesses().MigrateAsync(id, toVersion: 2);

        (await second.As("B").Worklist.ListAsync()).ShouldHaveSingleItem();
        (await second.As("A").Worklist.ListAsync()).ShouldBeEmpty();

        async Task<WorkflowEngine> OpenAsync()
        {
            var engine = WorkflowEngine.Create(options =>
            {
                (options.Store, options.Clock, options.TakesUpWork, options.SilencedFindings) = (store, clock, false, FindingIds.All);
            });
            await engine.DeployAsync([Of(2), Of(1)]);
            return engine;
        }

        ProcessDefinition Of(int version) => Orders.Define(process => Migrations.Asking(activity => activity.Once(1, 1).Chooses(more: task =>
            task.Escalation("Nudge", TimeSpan.FromHours(1), then =>
            {
                if (version == 2)
                {
                    then.RedirectTo("B");
                    return;
                }

                then.Run("Hang", async (_, cancellation) =>
                {
                    reached.TrySetResult();
                    await new TaskCompletionSource().Task.WaitAsync(cancellation);
                });
            })))(process.Version(version)));
    }

    private void Run(string name)
    {
        if (_fails)
        {
            throw new InvalidOperationException("broken");
        }

        _ran.Add(name);
    }
}
