using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Runtime;

/// <summary>An engine that cannot renew its leases stops in time what it does under them.</summary>
[TestFixture]
internal sealed class LeaseTests : SharedStoreFixture
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    /// <summary>Holds threads until the test has ended.</summary>
    private TaskCompletionSource _held = null!;

    [SetUp]
    public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    [TearDown]
    public void LetGo() => _held.SetResult();

    /// <summary>A pool that is kept busy by the host would come to the renewal too late.</summary>
    [Test]
    [Statement("14.3")]
    public async Task Leases_are_renewed_on_a_thread_of_their_own()
    {
        var view = new SharedStore(Store);
        var engine = await OpenAsync(view);
        var starting = engine.AsSystem().StartAsync("Shared").AsTask();
        await Gate.Reached;

        await UntilAsync(() => view.Renewals.Count > 0);

        view.Renewals.Take().ShouldBeFalse("it was a thread of the pool");
        Gate.Open();
        await starting;
    }

    [Test]
    [Statement("14.3")]
    public async Task Code_is_cancelled_before_its_lease_runs_out_when_renewing_fails(
        [Values("at once", "never ends", "never returns", "does not let itself be cancelled")] string how)
    {
        var view = new SharedStore(Store) { BeforeRenew = token => FailAsync(how, token) };
        var engine = await OpenAsync(view);
        var starting = engine.AsSystem().StartAsync("Shared").AsTask();
        await Gate.Reached;

        for (var renewals = 1; renewals <= 2; renewals++)
        {
            Clock.Advance(TimeSpan.FromSeconds(10));
            await UntilAsync(() => view.Renewals.Count == renewals, milliseconds: 0);
            starting.IsCompleted.ShouldBeFalse();
        }

        // The lease lasts for five seconds more.
        Clock.Advance(TimeSpan.FromSeconds(5));
        await UntilAsync(() => starting.IsCompleted, milliseconds: 0);
        (await starting).Status.ShouldBe(ProcessInstanceStatus.Running);

        // A call that holds the store does not hold the caller that stops the engine.
        await engine.DisposeAsync().AsTask().WaitAsync(_patience);
    }

    /// <summary>The store renews what it still can, and does not say what another engine was given meanwhile.</summary>
    [Test]
    [Statement("14.3")]
    public async Task A_host_that_stood_still_for_as_long_as_the_lease_cancels_the_code_although_it_can_renew_again()
    {
        var engine = await OpenAsync(new SharedStore(Store));
        var starting = engine.AsSystem().StartAsync("Shared").AsTask();
        await Gate.Reached;

        Clock.Advance(TimeSpan.FromSeconds(26));
        await UntilAsync(() => starting.IsCompleted, milliseconds: 0);

        (await starting).Status.ShouldBe(ProcessInstanceStatus.Running);
    }

    [Test]
    [Statement("14.3")]
    public async Task A_host_that_stood_still_for_less_than_the_lease_goes_on()
    {
        var view = new SharedStore(Store);
        var engine = await OpenAsync(view);
        var starting = engine.AsSystem().StartAsync("Shared").AsTask();
        await Gate.Reached;

        Clock.Advance(TimeSpan.FromSeconds(24));
        await UntilAsync(() => view.Renewals.Count == 1, milliseconds: 0);
        Gate.Open();

        (await starting).Status.ShouldBe(ProcessInstanceStatus.Active);
    }

    /// <summary>Nobody catches what is thrown on a thread of its own, and the host would end.</summary>
    [Test]
    [Statement("14.5")]
    public async Task A_clock_whose_timers_cannot_be_ended_keeps_nobody_from_stopping()
    {
        var engine = await OpenAsync(new SharedStore(Store), options => options.Clock = new EndlessClock(Clock));

        await engine.DisposeAsync().AsTask().WaitAsync(_patience);
    }

    [Test]
    [Statement("14.3")]
    [Statement("14.4")]
    public async Task A_call_that_was_cancelled_so_is_made_again_when_the_store_answers_again()
    {
        var view = new SharedStore(Store) { BeforeRenew = _ => throw new ProcessStoreException("The connection is cut.") };
        var engine = await OpenAsync(view, options => options.TakesUpWork = true);
        var starting = engine.AsSystem().StartAsync("Shared").AsTask();
        await Gate.Reached;
        await UntilAsync(() => starting.IsCompleted);

        view.BeforeRenew = null;
        Gate.Open();
        await UntilAsync(async () => await StatusAsync(engine) is ProcessInstanceStatus.Active);

        Calls.Distinct().ShouldBe(["1-1 1"]);
        Calls.Count.ShouldBeGreaterThan(1);
    }

    /// <summary>The store has taken the commit at once, and its answer comes when the lease may have run out.</summary>
    [Test]
    [Statement("14.3")]
    public async Task Code_is_not_called_when_it_took_too_long_to_hear_of_its_lease()
    {
        var view = new SharedStore(Store);
        var engine = await OpenAsync(view);
        var asked = 0;
        view.BeforeCommit = _ =>
        {
            Clock.Advance(TimeSpan.FromSeconds(++asked == 1 ? 26 : 0));
            return Task.CompletedTask;
        };

        var started = await engine.AsSystem().StartAsync("Shared").AsTask().WaitAsync(_patience);

        started.Status.ShouldBe(ProcessInstanceStatus.Running);
        Calls.ShouldBeEmpty();
        Gate.Open();

        // The engine notices in its own time that its leases ran out, and gives up a call that it finds then.
        await UntilAsync(async () => await engine.RecoverAsync() == 1 && !Calls.IsEmpty);
        Calls.ShouldBe(["1-1 1"]);
    }

    /// <summary>An engine that has something to do all the time renews all its leases all the time, also those of what it has given up.</summary>
    [Test]
    [Statement("14.4")]
    public async Task A_busy_engine_gives_back_later_what_it_could_not_give_back()
    {
        await LeaveBehindAsync(1);
        var view = new SharedStore(Store);
        var tries = 0;
        view.Damage = (new ProcessInstanceId(1), stored => ++tries == 1 ? throw new IOException("The disk does not answer.") : stored);
        var releases = 0;
        view.BeforeRelease = _ => ++releases == 1 ? throw new ProcessStoreException("The connection is cut.") : Task.CompletedTask;
        Gate.Open();
        var engine = await OpenAsync(view, options => options.TakesUpWork = true);
        await using var busy = await BusyAsync(engine);
        var observer = await OpenAsync(new SharedStore(Store));

        for (var renewals = 1; renewals <= 30 && tries < 2; renewals++)
        {
            Clock.Advance(TimeSpan.FromSeconds(10));
            var turns = 0;
            await UntilAsync(() => view.Renewals.Count >= renewals && ++turns > 20, milliseconds: 0);
        }

        tries.ShouldBe(2);
        await UntilAsync(async () => await StatusAsync(observer) is ProcessInstanceStatus.Active, milliseconds: 0);
    }

    private void Stay() => _held.Task.GetAwaiter().GetResult();

    private Task FailAsync(string how, CancellationToken cancellation)
    {
        switch (how)
        {
            case "at once":
                throw new ProcessStoreException("The connection is cut.");
            case "never returns":
                Stay();
                break;
            case "does not let itself be cancelled":
                cancellation.Register(Stay);
                break;
        }

        return Task.Delay(Timeout.Infinite, cancellation);
    }

    /// <summary>A command that waits for another instance is under way too, and so keeps the engine renewing.</summary>
    private static async Task<Occupied> BusyAsync(Core.Client.WorkflowEngine engine)
    {
        var gate = new Gate();
        await engine.DeployAsync(Definitions.ProcessDefinition.Define("Busy", process => process.StartsWith(
            process.Activity("Call", activity => activity.Server("Outside", (context, cancellation) => gate.PassAsync(context.Serial, cancellation))))));
        var starting = engine.AsSystem().StartAsync("Busy").AsTask();
        await gate.Reached;
        return new Occupied(gate, starting);
    }

    private sealed class EndlessClock(TimeProvider clock) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new EndlessTimer(clock.CreateTimer(callback, state, dueTime, period));
    }

    private sealed class EndlessTimer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose() => throw new InvalidOperationException("The timer does not end.");

        public ValueTask DisposeAsync() => throw new InvalidOperationException("The timer does not end.");
    }

    private sealed class Occupied(Gate gate, Task starting) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            gate.Open();
            await starting;
        }
    }
}
