using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Tests.Scenarios;

namespace Workflow.Core.Tests.Runtime;

/// <summary>An engine that cannot renew its leases stops in time what it does under them.</summary>
[TestFixture]
internal sealed class LeaseTests : SharedStoreFixture
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

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
    public async Task Code_is_cancelled_before_its_lease_runs_out_when_renewing_fails([Values] bool hangs)
    {
        var view = new SharedStore(Store)
        {
            BeforeRenew = token => hangs ? Task.Delay(Timeout.Infinite, token) : throw new ProcessStoreException("The connection is cut."),
        };
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
        (await engine.RecoverAsync()).ShouldBe(1);
        Calls.ShouldBe(["1-1 1"]);
    }

    /// <summary>An engine that has something to do all the time renews all its leases all the time, also those of what it has given up.</summary>
    [Test]
    [Statement("14.4")]
    public async Task What_a_busy_engine_could_not_give_back_it_gives_back_later()
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

    /// <summary>Who waits for another instance is under way too, and so keeps the engine renewing.</summary>
    private static async Task<Occupied> BusyAsync(Core.Client.WorkflowEngine engine)
    {
        var gate = new Gate();
        await engine.DeployAsync(Definitions.ProcessDefinition.Define("Busy", process => process.StartsWith(
            process.Activity("Call", activity => activity.Server("Outside", (context, cancellation) => gate.PassAsync(context.Serial, cancellation))))));
        var starting = engine.AsSystem().StartAsync("Busy").AsTask();
        await gate.Reached;
        return new Occupied(gate, starting);
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
