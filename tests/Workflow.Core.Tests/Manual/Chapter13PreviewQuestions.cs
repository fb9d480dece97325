using Workflow.Core.Calendars;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;
using static Workflow.Core.Tests.Support.Orders;

namespace Workflow.Core.Tests.Manual;

/// <summary>Previews ask the resolver and the working hours of the host, and wait for nobody.</summary>
[TestFixture]
public sealed class Chapter13PreviewQuestions
{
    private static readonly Destination Managers = Destination.Role("Managers");

    /// <summary>Each of the managers gets a task of their own, so the resolver is asked for them.</summary>
    private static ProcessDefinition Managed => Define(process =>
    {
        process.StartsWith(process.Activity("Approve", Ask));
        process.Activity("Check", activity => activity
            .Destinations(to => to.Role("Managers").ResolvedToUsers())
            .PlanPerDestination()
            .Client("Look at it", task => task.Action("Done")));
    });

    [Test]
    [Statement("13.9")]
    public async Task The_resolver_is_asked_for_the_members_of_a_role_and_each_gets_a_task()
    {
        var resolver = new AskedResolver(_ => ["mia", "noa"]);
        await using var bed = await WorkflowTestBed.CreateAsync(Managed, options => options.DestinationResolver = resolver);
        var id = await bed.BeginAsync();

        var effects = await bed.Admin().Preview.GoToAsync(id, "Check");

        resolver.Questions.ShouldHaveSingleItem().ShouldBe([Managers]);
        effects.NewTasks.SelectMany(task => task.Destinations).ShouldBe([Destination.User("mia"), Destination.User("noa")]);
        (effects.Status, effects.FirstCall).ShouldBe((ProcessInstanceStatus.Active, null));
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Approve"]);
    }

    [Test]
    [Statement("13.9")]
    public async Task A_resolver_that_fails_puts_the_instance_of_the_preview_into_error()
    {
        var resolver = new AskedResolver((_, _) => throw new InvalidOperationException("no directory"));
        await using var bed = await WorkflowTestBed.CreateAsync(Managed, options => options.DestinationResolver = resolver);
        var id = await bed.BeginAsync();

        var effects = await bed.Admin().Preview.GoToAsync(id, "Check");

        effects.Status.ShouldBe(ProcessInstanceStatus.Error);
        effects.Error.ShouldNotBeNull().Message.ShouldContain("no directory");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        await bed.Admin().GoToAsync(id, "Check");
        (await bed.ReadAsync(id)).Error.ShouldBe(effects.Error);
    }

    [Test]
    [Statement("13.9")]
    [Statement("14.3")]
    public async Task A_resolver_that_acts_on_the_instance_of_the_preview_is_refused()
    {
        WorkflowTestBed? bed = null;
        var id = new ProcessInstanceId(1);
        var resolver = new AskedResolver(async (_, cancellation) =>
        {
            await bed!.Admin().StopAsync(id, cancellation: cancellation);
            throw new InvalidOperationException("It was not refused.");
        });
        await using var opened = bed = await WorkflowTestBed.CreateAsync(Managed, options => options.DestinationResolver = resolver);
        await bed.BeginAsync();

        var effects = await bed.Admin().Preview.GoToAsync(id, "Check");

        effects.Error.ShouldNotBeNull().ExceptionType.ShouldBe(nameof(WorkflowReentrancyException));
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
    }

    [Test]
    [Statement("13.9")]
    [Statement("6.7d")]
    public async Task A_retried_escalation_asks_for_managers_and_shows_who_gets_the_task()
    {
        var isBroken = true;
        var resolver = new ScriptedResolver(new StaticDestinations().Manages("mia", "ann"))
        {
            Manager = (_, _) => isBroken ? throw new InvalidOperationException("no directory") : ValueTask.FromResult<string?>("mia"),
        };
        await using var bed = await WorkflowTestBed.CreateAsync(
            Define(process => process.StartsWith(process.Activity("Approve", activity =>
                Waiting(activity).Escalation("Up", TimeSpan.FromHours(1), then => then.RedirectToManager())))),
            options => options.DestinationResolver = resolver);
        var id = await bed.BeginAsync();
        await bed.AdvanceAsync(TimeSpan.FromHours(1));
        (await bed.Admin().Preview.RetryAsync(id)).Status.ShouldBe(ProcessInstanceStatus.Error);

        isBroken = false;
        var effects = await bed.Admin().Preview.RetryAsync(id);

        effects.MovedTasks.ShouldHaveSingleItem().Destinations.ShouldBe([Destination.User("mia")]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);
    }

    [Test]
    [Statement("13.9")]
    [Statement("5.5e")]
    public async Task Working_hours_are_asked_for_before_a_preview()
    {
        var asked = 0;
        await using var bed = await WorkflowTestBed.CreateAsync(
            Define(process =>
            {
                process.StartsWith(process.Activity("Approve", Ask));
                process.Activity("Prepare", activity => Waiting(activity.StartRule(DueTime.After(Delay.WorkingDays(2)).In("Office"))));
            }),
            options => options.WorkingHoursSource = (name, _) =>
            {
                asked++;
                return ValueTask.FromResult<WorkingHours?>(
                    WorkingHours.Define(name, "UTC", hours => hours.On(DayOfWeek.Monday, DayOfWeek.Friday, "09:00-17:00")));
            });
        var id = await bed.BeginAsync();
        await bed.AdvanceAsync(TimeSpan.FromDays(30));
        var before = asked;

        var effects = await bed.Admin().Preview.GoToAsync(id, "Prepare");

        asked.ShouldBe(before + 1);
        effects.ArmedTimers.ShouldHaveSingleItem().Kind.ShouldBe(ProcessTimerKind.Start);
    }

    [Test]
    [Statement("13.9")]
    public async Task A_preview_does_not_wait_for_code_that_runs_and_names_it()
    {
        var gate = new Support.Gate();
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            process.StartsWith(process.Activity("Pay", activity => activity
                .Server("Order", (context, cancellation) => gate.PassAsync(context.Serial, cancellation))));
            process.Activity("Rework", Ask);
        }));
        var starting = bed.StartAsync("dora");
        var id = (await gate.Reached).ProcessInstance;

        var effects = await bed.Admin().Preview.GoToAsync(id, "Rework");

        effects.RunningCall.ShouldBe(new PreviewedCall(CodeKind.ServerEvent, "Order", "Pay", 1));
        (effects.FirstCall, effects.ExpiredActivities[0], effects.StartedActivities[0]).ShouldBe((null, "Pay", "Rework"));
        starting.IsCompleted.ShouldBeFalse();
        gate.Open();
        (await starting).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("13.9")]
    [Statement("14.3")]
    public async Task Code_cannot_preview_its_own_instance()
    {
        WorkflowTestBed? bed = null;
        await using var opened = bed = await WorkflowTestBed.CreateAsync(Define(process => process.StartsWith(process.Activity("Pay", activity => activity
            .Server("Order", async (context, cancellation) => await bed!.Admin().Preview.StopAsync(context.ProcessInstance, cancellation: cancellation))))));

        var id = await bed.BeginAsync();

        (await bed.ReadAsync(id)).Error.ShouldNotBeNull().ExceptionType.ShouldBe(nameof(WorkflowReentrancyException));
    }

    /// <summary>The host ends while the code of an escalation runs. The next host does it before a redirect.</summary>
    [Test]
    [Statement("13.9")]
    [Statement("6.6b")]
    public async Task A_preview_of_a_redirect_ends_at_the_code_of_an_escalation_that_has_fired_before()
    {
        var gate = new Support.Gate();
        var clock = new ManualTimeProvider(WorkflowTestBed.Beginning);
        var store = new InMemoryProcessStore(clock);
        var definition = Define(process => process.StartsWith(process.Activity("Approve", activity => Waiting(activity).Escalation(
            "Remind", TimeSpan.FromHours(1), then => then.Run("Remind", (context, cancellation) => gate.PassAsync(default, cancellation))))));
        await using var engine = Open(store, clock);
        await engine.DeployAsync(definition);
        var id = (await engine.As("dora").StartAsync("Order")).Id;
        clock.Advance(TimeSpan.FromHours(1));
        var firing = engine.RunDueTimersAsync().AsTask();
        await gate.Reached;
        await engine.DisposeAsync();
        await firing;
        await using var next = Open(store, clock);
        await next.DeployAsync(definition);

        var effects = await next.As(Boss).ManageWorklists().Preview.RedirectAsync(id.Task(1), Destination.User("ann"), "bob");

        effects.FirstCall.ShouldBe(new PreviewedCall(CodeKind.Escalation, "Remind", "Approve", 1));
        (effects.MovedTasks.Count, effects.Facts.Count).ShouldBe((0, 0));
        (await next.As(Boss).ManageProcesses().Preview.GoToAsync(id, "Approve")).StartedActivities.ShouldBe(["Approve"], "that comes between two calls");
    }

    private static WorkflowEngine Open(IProcessStore store, TimeProvider clock) => WorkflowEngine.Create(options =>
    {
        (options.Store, options.Clock, options.TakesUpWork) = (store, clock, false);
        options.StopTimeout = TimeSpan.Zero;
    });

    private static void Ask(ActivityBuilder activity) => Waiting(activity);

    private static ActivityBuilder Waiting(ActivityBuilder activity) =>
        activity.Destinations(to => to.Users("ann")).Client("Decide", task => task.Action("Approve"));
}
