using Workflow.Core.Client;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;

namespace Workflow.Core.Tests.Runtime;

/// <summary>Conflicts on a store that several engines use: the slower one waits a little, and longer each time.</summary>
[TestFixture]
internal sealed class SharedConflictTests : SharedStoreFixture
{
    private readonly List<TimeSpan> _commits = [];

    [SetUp]
    public void Forget() => _commits.Clear();

    [Test]
    [Statement("14.3")]
    public async Task Each_repetition_comes_after_a_longer_pause_than_the_one_before()
    {
        var finishing = await FinishAsync(conflicts: 9, TimeSpan.FromMinutes(1));

        await UntilAsync(() => finishing.IsCompleted, milliseconds: 5);

        (await finishing).ShouldBe(FinishReceipt.Applied);
        var pauses = _commits.Skip(1).Zip(_commits, (later, earlier) => later - earlier).ToList();
        pauses.Count.ShouldBe(9);
        pauses.Select((pause, index) => pause >= WaitTimes.PauseAfter(index + 1, TimeSpan.FromMinutes(1))).ShouldAllBe(isLongEnough => isLongEnough);
    }

    [Test]
    [Statement("14.3")]
    public void A_pause_is_twice_as_long_as_the_one_before_until_all_together_have_taken_long_enough() =>
        Enumerable.Range(1, 9).Select(failures => WaitTimes.PauseAfter(failures, TimeSpan.FromMilliseconds(100)).TotalMilliseconds)
            .ShouldBe([10, 20, 40, 30, 0, 0, 0, 0, 0]);

    /// <summary>The clock stands still, so a pause would never end.</summary>
    [Test]
    [Statement("14.3")]
    public async Task Where_a_command_may_not_wait_it_is_repeated_at_once()
    {
        var finishing = await FinishAsync(conflicts: int.MaxValue, TimeSpan.Zero);

        await Should.ThrowAsync<ConcurrencyException>(() => finishing.WaitAsync(TimeSpan.FromMinutes(1)));

        _commits.Count.ShouldBe(10);
    }

    /// <summary>The clock stands still, so a pause would never end.</summary>
    [Test]
    [Statement("14.3")]
    [Statement("14.5")]
    public async Task An_engine_that_stops_pauses_no_longer()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var view = new SharedStore(Store);
        var engine = await OpenAsync(view);
        var serial = await WaitingAsync(engine);
        var refused = 0;
        view.BeforeCommit = commit =>
        {
            asked.TrySetResult();
            return ++refused > 1 ? Task.CompletedTask : throw new ConcurrencyException(commit.ProcessInstance, commit.ExpectedVersion, actual: 77);
        };
        var finishing = engine.AsSystem().FinishAsync(serial).AsTask();
        await asked.Task;

        await engine.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));

        (await finishing).ShouldBe(FinishReceipt.Applied);
    }

    private async Task<SerialNumber> WaitingAsync(WorkflowEngine engine)
    {
        Gate.Open();
        await engine.AsSystem().StartAsync("Shared");
        return await Gate.Reached;
    }

    /// <summary>Finishes an item while the store says for some commits that another engine was faster.</summary>
    private async Task<Task<FinishReceipt>> FinishAsync(int conflicts, TimeSpan busyTimeout)
    {
        var view = new SharedStore(Store);
        var engine = await OpenAsync(view, options => options.BusyTimeout = busyTimeout);
        var serial = await WaitingAsync(engine);
        view.BeforeCommit = commit =>
        {
            _commits.Add(Clock.GetUtcNow().TimeOfDay);
            return _commits.Count > conflicts ? Task.CompletedTask : throw new ConcurrencyException(commit.ProcessInstance, commit.ExpectedVersion, actual: 77);
        };
        return engine.AsSystem().FinishAsync(serial).AsTask();
    }
}
