using Workflow.Core.Instances;

namespace Workflow.Core.Tests.Runtime;

/// <summary>An engine on a store that others use too is stopped: nothing keeps it, and nothing is begun any more.</summary>
[TestFixture]
internal sealed class SharedStoreStopTests : SharedStoreFixture
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    /// <summary>The clock stands still. Code that only waits for the time to pass would wait forever.</summary>
    [Test]
    [Statement("14.5")]
    public async Task A_caller_who_waits_for_an_instance_that_is_busy_elsewhere_is_told_that_the_engine_stops([Values] bool grantsTime)
    {
        var one = await OpenAsync(new SharedStore(Store));
        var starting = one.AsSystem().StartAsync("Shared").AsTask();
        var serial = await Gate.Reached;
        var other = await OpenAsync(new SharedStore(Store), options => options.StopTimeout = grantsTime ? TimeSpan.FromMinutes(1) : TimeSpan.Zero);
        var finishing = other.AsSystem().FinishAsync(serial).AsTask();

        await other.DisposeAsync().AsTask().WaitAsync(_patience);

        await Should.ThrowAsync<ObjectDisposedException>(() => finishing);
        Gate.Open();
        (await starting).Status.ShouldBe(ProcessInstanceStatus.Active);
    }

    /// <summary>Alone on its store the engine has no leases, whose end would take a stop time too.</summary>
    [Test]
    [Statement("14.5")]
    public async Task Stopping_waits_for_the_search_for_work_that_the_host_has_begun()
    {
        var door = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var view = new SharedStore(Store)
        {
            IsShared = false,
            BeforeClaim = () =>
            {
                asked.TrySetResult();
                return door.Task;
            },
        };
        var engine = await OpenAsync(view);
        var running = engine.RunAsync(CancellationToken.None);
        await asked.Task.WaitAsync(_patience);

        var stopping = engine.DisposeAsync().AsTask();
        var turns = 0;
        await UntilAsync(() => ++turns > 50, milliseconds: 0);
        stopping.IsCompleted.ShouldBeFalse();
        door.SetResult();
        await stopping.WaitAsync(_patience);

        running.IsCompletedSuccessfully.ShouldBeTrue();
    }

    /// <summary>A claim that nobody can work on any more would only use up attempts, and there are five.</summary>
    [Test]
    [Statement("14.5")]
    [Statement("14.4")]
    public async Task While_running_code_is_given_its_time_nothing_new_is_claimed()
    {
        var view = new SharedStore(Store);
        var code = new Gate();
        var engine = await OpenAsync(view, options => (options.TakesUpWork, options.StopTimeout) = (true, TimeSpan.FromMinutes(1)), code);
        var starting = engine.AsSystem().StartAsync("Shared").AsTask();
        await code.Reached;

        var stopping = engine.DisposeAsync().AsTask();
        await LeaveBehindAsync(1, TimeSpan.Zero);
        for (var renewals = 1; renewals <= 5; renewals++)
        {
            Clock.Advance(TimeSpan.FromSeconds(10));
            await UntilAsync(() => view.Renewals.Count >= renewals, milliseconds: 0);
        }

        code.Open();
        await stopping.WaitAsync(_patience);

        view.Claims.ShouldBeEmpty();
        (await starting).Status.ShouldBe(ProcessInstanceStatus.Active);
        (await Store.FindProcessesAsync(new() { IsSetAside = true }, CancellationToken.None)).ShouldBeEmpty();
    }
}
