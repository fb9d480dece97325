using Workflow.Core.Client;
using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Runtime;

/// <summary>Conflicts on a store that several engines use: whoever was slower waits a little, and longer each time.</summary>
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
        var pauses = Pauses();
        pauses.Count.ShouldBe(9);
        pauses[0].ShouldBeGreaterThan(TimeSpan.Zero);
        pauses.Zip(pauses.Skip(1), (earlier, later) => later > earlier).ShouldAllBe(isLonger => isLonger);
    }

    [Test]
    [Statement("14.3")]
    public async Task All_pauses_together_take_no_longer_than_a_command_may_wait_for_another_engine()
    {
        var finishing = await FinishAsync(conflicts: int.MaxValue, TimeSpan.FromMilliseconds(100));

        await UntilAsync(() => finishing.IsCompleted, milliseconds: 5);

        await Should.ThrowAsync<ConcurrencyException>(() => finishing);
        Pauses().Aggregate((sum, pause) => sum + pause).ShouldBeInRange(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200));
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

    private List<TimeSpan> Pauses() => [.. _commits.Skip(1).Zip(_commits, (later, earlier) => later - earlier)];
}
