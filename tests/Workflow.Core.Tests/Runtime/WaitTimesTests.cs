using Workflow.Core.Client;
using Workflow.Core.Runtime;
using Workflow.Core.Runtime.Execution;

namespace Workflow.Core.Tests.Runtime;

/// <summary>A store that is slow, callers who give up, and an engine that is stopped meanwhile.</summary>
[TestFixture]
internal sealed class WaitTimesTests
{
    private TaskCompletionSource _door = null!;

    [SetUp]
    public void Close() => _door = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    [Test]
    [Statement("2.11")]
    public async Task A_caller_who_gives_up_while_their_finish_is_being_stored_finds_it_done_later()
    {
        using var patience = new CancellationTokenSource();
        await using var journey = await Journey.OpenAsync();
        var id = await journey.StartAsync();
        var item = (await journey.NextItemAsync(id)).ShouldNotBeNull().Serial;
        var asked = HoldCommits(journey.Store);
        var finishing = journey.Client.FinishAsync(item, cancellation: patience.Token).AsTask();
        await asked;

        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => finishing);
        _door.SetResult();

        await Should.ThrowAsync<ServerItemFinishedException>(() => journey.Client.FinishAsync(item).AsTask());
        (await journey.NextItemAsync(id)).ShouldNotBeNull();
    }

    [Test]
    [Statement("2.11")]
    public async Task A_caller_who_gives_up_before_their_turn_has_done_nothing()
    {
        using var patience = new CancellationTokenSource();
        await using var journey = await Journey.OpenAsync();
        var id = await journey.StartAsync();
        var item = (await journey.NextItemAsync(id)).ShouldNotBeNull().Serial;
        await journey.Client.FinishAsync(item);
        var (first, second) = (new SerialNumber(id, 2), new SerialNumber(id, 3));
        var asked = HoldCommits(journey.Store);
        var holding = journey.Client.FinishAsync(first).AsTask();
        await asked;
        var waiting = journey.Client.FinishAsync(second, cancellation: patience.Token).AsTask();

        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        _door.SetResult();
        (await holding).ShouldBe(FinishReceipt.Applied);

        (await journey.NextItemAsync(id)).ShouldNotBeNull().Serial.ShouldBe(second);
        (await journey.Client.FinishAsync(second)).ShouldBe(FinishReceipt.Applied);
    }

    [Test]
    [Statement("2.11")]
    public async Task A_start_that_is_given_up_while_it_is_stored_goes_on()
    {
        using var patience = new CancellationTokenSource();
        var journey = await Journey.OpenAsync();
        var asked = HoldCommits(journey.Store);
        var starting = journey.Client.StartAsync("Journey", cancellation: patience.Token).AsTask();
        await asked;

        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => starting);
        _door.SetResult();
        await journey.DisposeAsync();

        journey.Store.Count.ShouldBeGreaterThan(0);
        await using var next = await Journey.OpenAsync(journey.Store);
        await next.Engine.RecoverAsync();
        (await next.NextItemAsync(new ProcessInstanceId(1))).ShouldNotBeNull();
    }

    [Test]
    public async Task A_start_that_is_given_up_before_it_has_a_number_starts_nothing()
    {
        using var patience = new CancellationTokenSource();
        var journey = await Journey.OpenAsync();
        journey.Store.BeforeReserve = () => _door.Task;
        var starting = journey.Client.StartAsync("Journey", cancellation: patience.Token).AsTask();

        await patience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => starting);
        journey.Store.Count.ShouldBe(0);
        await journey.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Test]
    [Statement("14.5")]
    public async Task Stopping_waits_until_everything_admitted_is_stored_and_takes_nothing_new()
    {
        var journey = await Journey.OpenAsync();
        var asked = HoldCommits(journey.Store);
        var starting = journey.StartAsync();
        await asked;

        var stopping = journey.DisposeAsync().AsTask();
        await Should.ThrowAsync<ObjectDisposedException>(() => journey.StartAsync());
        stopping.IsCompleted.ShouldBeFalse();
        _door.SetResult();

        await stopping;
        await starting;
        await using var next = await Journey.OpenAsync(journey.Store);
        (await next.Client.ReadAsync(await starting)).Version.ShouldBe(journey.Store.Count);
    }

    /// <summary>The time that the host grants may be weeks.</summary>
    [Test]
    [Statement("14.5")]
    public async Task A_caller_who_has_waited_for_the_end_leaves_no_timer_behind()
    {
        var clock = new ManualClock();
        var ended = new TaskCompletionSource();
        var waiting = WaitTimes.WaitAsync(ended.Task, TimeSpan.FromDays(30), new ThreadExecutor(clock));
        clock.TimerCount.ShouldBe(1);

        ended.SetException(new IOException("The disk does not answer."));
        await waiting;

        clock.TimerCount.ShouldBe(0);
    }

    [Test]
    [Statement("14.5")]
    public async Task An_engine_may_be_stopped_twice()
    {
        var journey = await Journey.OpenAsync();
        await journey.StartAsync();

        await journey.DisposeAsync();
        await journey.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(() => journey.StartAsync());
    }

    [Test]
    [Statement("14.5")]
    public async Task An_engine_may_be_stopped_by_two_at_once()
    {
        var journey = await Journey.OpenAsync();
        var asked = HoldCommits(journey.Store);
        var starting = journey.StartAsync();
        await asked;

        var (one, other) = (journey.DisposeAsync().AsTask(), journey.DisposeAsync().AsTask());
        _door.SetResult();

        await Task.WhenAll(one, other, starting);
    }

    /// <summary>Lets no commit through until the door opens.</summary>
    /// <returns>Ends when the first one is at the door.</returns>
    private Task HoldCommits(WatchedStore store)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        store.BeforeCommit = (_, _) =>
        {
            asked.TrySetResult();
            return _door.Task;
        };
        return asked.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }
}
