using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;

namespace Workflow.Core.Tests.Runtime;

/// <summary>News never holds up a command, and what is lost of it is told.</summary>
[TestFixture]
[Statement("13.12")]
internal sealed class NewsTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private static readonly ProcessDefinition _asking = ProcessDefinition.Define("Asking", process => process.OpenToAll()
        .StartsWith(process.Activity("Ask", activity => activity.Destinations(to => to.Users("ann")).Client("Ask her", task => task.Action("Yes")))));

    private static async Task<WorkflowEngine> EngineAsync(Action<WorkflowOptions>? configure = null)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            options.TakesUpWork = false;
            configure?.Invoke(options);
        });
        await engine.DeployAsync(_asking);
        return engine;
    }

    private static async Task StartAsync(WorkflowEngine engine, int count)
    {
        for (var number = 0; number < count; number++)
        {
            await engine.As("dora").StartAsync("Asking");
        }
    }

    [Test]
    public async Task A_watcher_who_is_too_slow_is_told_to_look_anew_and_hears_what_comes_after()
    {
        await using var engine = await EngineAsync(options => options.NewsLimit = 2);
        await using var slow = await NewsWatcher.BeginAsync(engine);
        await using var fast = await NewsWatcher.BeginAsync(engine);

        for (var number = 1; number <= 4; number++)
        {
            await StartAsync(engine, 1);
            (await fast.TakeAsync()).ShouldStartWith($"{number.Invariant()}#1 ");
        }

        (await slow.TakeAsync()).ShouldStartWith("1#1 ");
        (await slow.TakeAsync()).ShouldStartWith("2#1 ");
        await StartAsync(engine, 1);
        (await slow.TakeAsync()).ShouldBe("look anew: TooSlow");
        await StartAsync(engine, 1);
        (await slow.TakeAsync()).ShouldStartWith("6#1 ");
    }

    [Test]
    public async Task A_watcher_who_hangs_or_throws_holds_up_no_command()
    {
        await using var engine = await EngineAsync();
        var gate = new Gate();
        await using var other = await NewsWatcher.BeginAsync(engine);
        var hanging = Task.Run(async () =>
        {
            await foreach (var news in engine.WatchAsync())
            {
                await gate.PassAsync(new SerialNumber(new ProcessInstanceId(1), 1));
                throw new InvalidOperationException(news.ToString());
            }
        });
        await gate.Reached.WaitAsync(_patience);

        await StartAsync(engine, 3).WaitAsync(_patience);
        gate.Open();
        (await Should.ThrowAsync<InvalidOperationException>(() => hanging.WaitAsync(_patience))).Message.ShouldContain("Began");
        await StartAsync(engine, 1).WaitAsync(_patience);

        for (var number = 1; number <= 4; number++)
        {
            (await other.TakeAsync()).ShouldStartWith($"{number.Invariant()}#1 ");
        }
    }

    [Test]
    public async Task A_commit_that_fails_is_no_news_and_one_of_which_nothing_is_known_is_to_look_anew()
    {
        var store = new WatchedStore();
        await using var engine = await EngineAsync(options => options.Store = store);
        await using var watcher = await NewsWatcher.BeginAsync(engine);

        store.FailAt(1, _ => new IOException("The disk is full."));
        await Should.ThrowAsync<IOException>(() => engine.As("dora").StartAsync("Asking").AsTask());
        store.FailAt(1, commit => new CommitOutcomeUnknownException(commit.ProcessInstance, new IOException("The line is dead.")));
        await Should.ThrowAsync<CommitOutcomeUnknownException>(() => engine.As("dora").StartAsync("Asking").AsTask());
        await StartAsync(engine, 1);

        (await watcher.TakeAsync()).ShouldBe("look anew: Unknown");
        (await watcher.TakeAsync()).ShouldStartWith("3#1 ");
    }

    [Test]
    public async Task A_command_that_is_repeated_after_a_conflict_is_told_once()
    {
        var store = new WatchedStore();
        await using var engine = await EngineAsync(options => options.Store = store);
        await StartAsync(engine, 1);
        await using var watcher = await NewsWatcher.BeginAsync(engine);

        store.FailAt(1, commit => new ConcurrencyException(commit.ProcessInstance, commit.ExpectedVersion, commit.ExpectedVersion));
        await engine.As("ann").Worklist.ExecuteAsync(new SerialNumber(new ProcessInstanceId(1), 1), "Yes");
        await engine.DisposeAsync();

        (await watcher.RestAsync()).ShouldBe(["1#2 Active to Completed | Completed 1_1 Ask for ann"]);
    }

    [Test]
    public async Task News_ends_when_the_engine_has_stopped_and_all_of_it_is_taken()
    {
        var engine = await EngineAsync();
        await using var waiting = await NewsWatcher.BeginAsync(engine);
        await using var late = await NewsWatcher.BeginAsync(engine);
        var begun = engine.WatchAsync();
        var rest = waiting.RestAsync();

        await StartAsync(engine, 1);
        await engine.DisposeAsync();

        (await rest).Count.ShouldBe(1);
        (await late.RestAsync()).Count.ShouldBe(1);
        Should.Throw<ObjectDisposedException>(() => engine.WatchAsync());
        await Should.ThrowAsync<ObjectDisposedException>(async () => await begun.GetAsyncEnumerator().MoveNextAsync());
    }

    [Test]
    public async Task A_watcher_who_gives_up_is_told_so_while_they_wait_and_while_news_waits()
    {
        await using var engine = await EngineAsync();
        using var cancellation = new CancellationTokenSource();
        await using var news = engine.WatchAsync(cancellation.Token).GetAsyncEnumerator(CancellationToken.None);
        (await news.MoveNextAsync()).ShouldBeTrue();
        var waiting = news.MoveNextAsync().AsTask();

        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting.WaitAsync(_patience));

        await using var other = engine.WatchAsync(cancellation.Token).GetAsyncEnumerator(CancellationToken.None);
        await Should.ThrowAsync<OperationCanceledException>(async () => await other.MoveNextAsync());
        await StartAsync(engine, 1);
    }

    [Test]
    public void A_limit_that_holds_no_news_is_refused() =>
        Should.Throw<ArgumentException>(() => WorkflowEngine.Create(options => options.NewsLimit = 0)).Message.ShouldContain("NewsLimit");

    /// <summary>Nobody works out what nobody hears.</summary>
    [Test]
    public async Task A_command_costs_no_byte_more_after_the_watchers_have_left()
    {
        await using var engine = await EngineAsync();
        await StartAsync(engine, 200);
        var before = await Task.Run(() => Allocated(engine));
        await using (await NewsWatcher.BeginAsync(engine))
        {
            (await Task.Run(() => Allocated(engine))).ShouldBeGreaterThan(before);
        }

        (await Task.Run(() => Allocated(engine))).ShouldBe(before);
    }

    /// <summary>The bytes of a start, which comes to its end on the thread of the caller. Now and then a list of the store grows.</summary>
    private static long Allocated(WorkflowEngine engine)
    {
        var least = long.MaxValue;
        for (var time = 0; time < 100; time++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = engine.As("dora").StartAsync("Asking");
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            started.IsCompletedSuccessfully.ShouldBeTrue();
        }

        return least;
    }
}
