using Workflow.Core.Client;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Runtime.OneThread;

/// <summary>Commands that wait while code runs: they come between two calls, or after all of them.</summary>
[TestFixture]
internal sealed class BetweenCallsTests
{
    private static readonly ProcessInstanceId _id = new(1);

    private readonly List<string> _ran = [];
    private SynchronizationContext? _context;
    private ManualClock _clock = null!;
    private QueueExecutor _executor = null!;
    private InMemoryProcessStore _store = null!;
    private TaskCompletionSource _door = null!;

    [SetUp]
    public void Begin()
    {
        _context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        _ran.Clear();
        (_clock, _door) = (new ManualClock(), new TaskCompletionSource());
        (_executor, _store) = (new QueueExecutor(_clock), new InMemoryProcessStore(_clock));
    }

    [TearDown]
    public void End() => SynchronizationContext.SetSynchronizationContext(_context);

    [Test]
    [Statement("8.6")]
    [Description("X2-15")]
    public void Code_that_runs_is_not_cut_short_and_the_code_behind_it_is_not_called_before_the_instance_is_resumed(
        [Values] bool takesUpWork, [Values] bool isShared)
    {
        using var engine = Open(Ship, takesUpWork, isShared);
        var starting = Begin(engine.As("dora").StartAsync("Order").AsTask());

        var stopping = Begin(AdminOf(engine).StopAsync(_id).AsTask());
        stopping.IsCompleted.ShouldBeFalse("the code still runs");
        _door.SetResult();
        _executor.End(stopping);

        _executor.Get(starting).Status.ShouldBe(ProcessInstanceStatus.Running);
        Status(engine).ShouldBe(ProcessInstanceStatus.Stopped);
        _ran.ShouldBe(["Pack"]);
        History(engine).Count(entry => entry.Kind is JournalKind.EventCompleted).ShouldBe(1, "its result is stored");
        _clock.Advance(TimeSpan.FromMinutes(10));
        _executor.End(engine.RecoverAsync().AsTask());
        _ran.ShouldBe(["Pack"], "no engine continues a stopped instance");

        _executor.End(AdminOf(engine).ResumeAsync(_id).AsTask());

        _ran.ShouldBe(["Pack", "Send", "Bill"]);
        Status(engine).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("8.6")]
    [Statement("8.9")]
    public void A_goto_comes_between_two_calls_and_the_code_of_what_expires_is_not_called()
    {
        using var engine = Open(Ship);
        var starting = Begin(engine.As("dora").StartAsync("Order").AsTask());

        var going = Begin(AdminOf(engine).GoToAsync(_id, "Ask").AsTask());
        _door.SetResult();
        _executor.End(going);

        _executor.End(starting);
        _ran.ShouldBe(["Pack"]);
        Status(engine).ShouldBe(ProcessInstanceStatus.Active);
        _executor.Get(engine.As("ann").Worklist.ListAsync()).ShouldHaveSingleItem().Activity.ShouldBe("Ask");
    }

    [Test]
    [Statement("8.6")]
    [Statement("8.6b")]
    public void A_deletion_comes_between_two_calls([Values] bool hasFired)
    {
        using var engine = Open(ShipLate, takesUpWork: false);
        var starting = Begin(engine.As("dora").StartAsync("Order").AsTask());
        _clock.Advance(TimeSpan.FromSeconds(hasFired ? 5 : 1));
        var firing = Begin(engine.RunDueTimersAsync().AsTask());

        var deleting = Begin(AdminOf(engine).DeleteAsync(_id).AsTask());
        _door.SetResult();
        _executor.End(deleting);

        _executor.End(starting);
        _executor.End(firing);
        _ran.ShouldBe(["Pack"]);
        Status(engine).ShouldBe(ProcessInstanceStatus.Deleted);
    }

    /// <summary>The command has come between two calls, and those behind it are made all the same. The engine takes up no work, so nobody else makes
    /// them.</summary>
    [Test]
    [Statement("8.6")]
    public void A_command_that_is_refused_between_two_calls_keeps_none_of_them_from_being_made([Values] bool isShared)
    {
        using var engine = Open(Ship, takesUpWork: false, isShared);
        var starting = Begin(engine.As("dora").StartAsync("Order").AsTask());

        var refused = Begin(engine.As("boss").Once("one").ManageProcesses().ResumeAsync(_id).AsTask());
        _door.SetResult();
        _executor.Drain();

        refused.Exception.ShouldNotBeNull().InnerException.ShouldBeOfType<ProcessInstanceRefusedException>();
        _executor.Get(starting).Status.ShouldBe(ProcessInstanceStatus.Running, "the start has returned when somebody came in between");
        _ran.ShouldBe(["Pack", "Send", "Bill"]);
        Status(engine).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("8.6")]
    [Statement("9.1")]
    public void Nobody_without_the_right_comes_between_two_calls([Values] bool resolverFails)
    {
        var resolver = Bosses();
        using var engine = Open(Ship, takesUpWork: false, resolver: resolver, isForRole: true);
        var starting = Begin(engine.As("dora").StartAsync("Order").AsTask());
        resolver.Memberships = resolverFails ? (_, _) => throw new InvalidOperationException("The directory is down.") : null;

        var refused = Begin(engine.As("dora").ManageProcesses().StopAsync(_id).AsTask());
        refused.Exception.ShouldNotBeNull();
        _door.SetResult();

        _executor.Get(starting).Status.ShouldBe(ProcessInstanceStatus.Completed);
        _ran.ShouldBe(["Pack", "Send", "Bill"]);
    }

    /// <summary>The resolver is asked before anybody is interrupted, so the code behind is not called while it is.</summary>
    [Test]
    [Statement("8.6")]
    [Statement("9.1")]
    public void An_administrator_through_a_role_stops_between_two_calls_too()
    {
        using var engine = Open(Ship, resolver: Bosses(), isForRole: true);
        var starting = Begin(engine.As("dora").StartAsync("Order").AsTask());

        var stopping = Begin(AdminOf(engine).StopAsync(_id).AsTask());
        _door.SetResult();
        _executor.End(stopping);

        _executor.End(starting);
        _ran.ShouldBe(["Pack"]);
        Status(engine).ShouldBe(ProcessInstanceStatus.Stopped);
    }

    /// <summary>A stop leaves a firing that is stored to the resume, with the calls that come before it.</summary>
    [Test]
    [Statement("8.6")]
    [Statement("6.6b")]
    public void An_escalation_that_has_fired_between_two_calls_has_its_code_called_after_the_resume_in_the_order_of_planning()
    {
        using var engine = Open(ShipLate, takesUpWork: false);
        var starting = Begin(engine.As("dora").StartAsync("Order").AsTask());
        _clock.Advance(TimeSpan.FromSeconds(5));
        var firing = Begin(engine.RunDueTimersAsync().AsTask());

        var stopping = Begin(AdminOf(engine).StopAsync(_id).AsTask());
        _door.SetResult();
        _executor.End(stopping);

        _executor.End(starting);
        _executor.End(firing);
        _ran.ShouldBe(["Pack"]);
        Status(engine).ShouldBe(ProcessInstanceStatus.Stopped);
        _executor.End(AdminOf(engine).ResumeAsync(_id).AsTask());
        _executor.End(engine.RunDueTimersAsync().AsTask());
        _ran.ShouldBe(["Pack", "Send", "Late", "Bill"]);
        Status(engine).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("8.6b")]
    public void A_deletion_with_the_history_is_carried_out_whole_although_its_caller_no_longer_waits()
    {
        using var engine = Open(Ship);
        var starting = Begin(engine.As("dora").StartAsync("Order").AsTask());
        using var cancelling = new CancellationTokenSource();
        var deleting = Begin(AdminOf(engine).DeleteWithHistoryAsync(_id, cancelling.Token).AsTask());

        cancelling.Cancel();
        _executor.Drain();
        deleting.IsCanceled.ShouldBeTrue();
        _door.SetResult();
        _executor.End(starting);

        _ran.ShouldBe(["Pack"]);
        _executor.Get(engine.AsSystem().FindProcessesAsync()).ShouldBeEmpty();
        _executor.Get(engine.RecoverAsync()).ShouldBe(0);
    }

    /// <summary>The caller gives up in the very commit in which the turn leaves its calls.</summary>
    [Test]
    [Statement("8.6")]
    public void A_command_whose_caller_gives_up_keeps_no_call_from_being_made()
    {
        using var cancelling = new CancellationTokenSource();
        using var engine = Open(Ship, takesUpWork: false, beforeCommit: () =>
        {
            if (_ran.Count == 1)
            {
                cancelling.Cancel();
            }
        });
        var starting = Begin(engine.As("dora").StartAsync("Order").AsTask());
        var stopping = Begin(AdminOf(engine).StopAsync(_id, cancellation: cancelling.Token).AsTask());

        _door.SetResult();
        _executor.Drain();

        stopping.IsCanceled.ShouldBeTrue();
        _executor.End(starting);
        _ran.ShouldBe(["Pack", "Send", "Bill"]);
        Status(engine).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("8.6")]
    public void A_command_of_a_user_waits_for_all_calls()
    {
        using var engine = Open(process =>
        {
            Ship(process);
            process.StartsWith(process.Activity("Approve", Ask));
        });
        var starting = Begin(engine.As("dora").StartAsync("Order").AsTask());

        var listing = _executor.Get(engine.As("ann").Worklist.ListAsync());
        var answering = Begin(listing.Single().ExecuteAsync("Approve").AsTask());
        _door.SetResult();
        _executor.End(answering);

        _executor.End(starting);
        History(engine).Select(entry => (entry.Kind, entry.Name))
            .Where(fact => fact is (JournalKind.EventCompleted, "Bill") or (JournalKind.SlotCompleted, _))
            .ShouldBe([(JournalKind.EventCompleted, "Bill"), (JournalKind.SlotCompleted, "Approve")]);
    }

    /// <summary>The firing is stored, so it comes before the answer. The engine that stops cannot do it any more, and so takes no answer either.</summary>
    [Test]
    [Statement("6.6b")]
    [Statement("14.5")]
    public void An_answer_that_waits_behind_a_firing_is_refused_when_the_engine_stops_and_the_code_is_not_lost()
    {
        var engine = Open(Chase);
        _executor.End(engine.As("dora").StartAsync("Order").AsTask());
        var task = _executor.Get(engine.As("ann").Worklist.ListAsync()).Single();
        _clock.Advance(TimeSpan.FromHours(1));
        _executor.Drain();
        var answering = Begin(task.ExecuteAsync("Approve").AsTask());
        answering.IsCompleted.ShouldBeFalse("it waits behind the code");

        _executor.End(engine.DisposeAsync().AsTask());

        answering.Exception.ShouldNotBeNull().InnerException.ShouldBeOfType<ObjectDisposedException>();
        _ran.ShouldBeEmpty();
        _door.SetResult();
        using var second = Open(Chase);
        _executor.End(_executor.Get(second.As("ann").Worklist.ListAsync()).Single().ExecuteAsync("Approve").AsTask());
        _ran.ShouldBe(["Remind"]);
        Status(second).ShouldBe(ProcessInstanceStatus.Completed);
        History(second).ShouldNotContain(entry => entry.Kind == JournalKind.EscalationDropped);
    }

    private static ProcessManagement AdminOf(WorkflowEngine engine) => engine.As("boss").ManageProcesses();

    private static ScriptedResolver Bosses() => new(new StaticDestinations { { Destination.Role("Bosses"), "boss" } });

    private static void Ask(ActivityBuilder activity) =>
        activity.Destinations(to => to.Users("ann")).Client("Ask", task => task.Action("Approve"));

    /// <code>
    /// ►──► Ship: Pack (waits for the door), Send, Bill ──►      Ask (ann)
    /// </code>
    private void Ship(ProcessBuilder process)
    {
        process.StartsWith(process.Activity("Ship", activity => activity
            .Server("Pack", RunAsync("Pack"))
            .Server("Send", _ => _ran.Add("Send"))
            .Server("Bill", _ => _ran.Add("Bill"))));
        process.Activity("Ask", Ask);
    }

    /// <summary>As <see cref="Ship"/>, with an escalation of the process after five seconds.</summary>
    private void ShipLate(ProcessBuilder process)
    {
        Ship(process);
        process.Escalation("Late", TimeSpan.FromSeconds(5), then => then.Run("Late", _ => _ran.Add("Late")));
    }

    /// <code>
    /// ►──► Approve (ann; after an hour Remind, which waits for the door) ──►
    /// </code>
    private void Chase(ProcessBuilder process) => process.StartsWith(process.Activity("Approve", activity => activity
        .Destinations(to => to.Users("ann"))
        .Client("Approve", task => task.Action("Approve").Escalation("Remind", TimeSpan.FromHours(1), then => then.Run("Remind", async (_, cancellation) =>
        {
            await _door.Task.WaitAsync(cancellation);
            _ran.Add("Remind");
        })))));

    private Func<ServerEventContext, CancellationToken, ValueTask> RunAsync(string name) => async (_, cancellation) =>
    {
        await _door.Task.WaitAsync(cancellation);
        _ran.Add(name);
    };

    private WorkflowEngine Open(
        Action<ProcessBuilder> build,
        bool takesUpWork = true,
        bool isShared = false,
        ScriptedResolver? resolver = null,
        bool isForRole = false,
        Action? beforeCommit = null)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            options.Store = new SharedStore(_store)
            {
                IsShared = isShared,
                BeforeCommit = _ =>
                {
                    beforeCommit?.Invoke();
                    return Task.CompletedTask;
                },
            };
            (options.Clock, options.Executor, options.TakesUpWork) = (_clock, _executor, takesUpWork);
            options.DestinationResolver = resolver ?? options.DestinationResolver;
        });
        _executor.End(engine.DeployAsync(ProcessDefinition.Define("Order", process =>
        {
            process.Rights(rights => rights.Everyone(ProcessRight.Start | ProcessRight.View));
            process.Rights(rights => _ = isForRole ? rights.Admin(Destination.Role("Bosses")) : rights.Admin("boss"));
            build(process);
        })).AsTask());
        return engine;
    }

    /// <summary>Begins something, and does all that can be done until it has to wait.</summary>
    private T Begin<T>(T task)
        where T : Task
    {
        _executor.Drain();
        return task;
    }

    private ProcessInstanceStatus Status(WorkflowEngine engine) => _executor.Get(engine.AsSystem().ReadAsync(_id)).Status;

    private IReadOnlyList<JournalEntry> History(WorkflowEngine engine) => _executor.Get(engine.AsSystem().ReadHistoryAsync(_id));
}
