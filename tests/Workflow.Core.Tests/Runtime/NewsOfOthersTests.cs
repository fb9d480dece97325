using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Runtime;

/// <summary>News of other engines on one store comes with the next look of an engine.</summary>
[TestFixture]
[Statement("13.12")]
internal sealed class NewsOfOthersTests
{
    private static readonly ProcessDefinition _asking = ProcessDefinition.Define("Asking", process => process.OpenToAll()
        .StartsWith(process.Activity("Ask", activity => activity.Destinations(to => to.Users("ann")).Client("Ask her", task => task.Action("Yes")))));

    private readonly List<WorkflowEngine> _engines = [];
    private ManualClock _clock = null!;
    private ManualClock _clockOfStore = null!;
    private InMemoryProcessStore _store = null!;

    [SetUp]
    public void Begin()
    {
        (_clock, _clockOfStore) = (new ManualClock(), new ManualClock());
        _store = new InMemoryProcessStore(_clockOfStore);
    }

    [TearDown]
    public async Task EndAsync()
    {
        foreach (var engine in _engines)
        {
            await engine.DisposeAsync();
        }

        _engines.Clear();
    }

    private async Task<WorkflowEngine> OpenAsync(IProcessStore? store = null, bool tells = true)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            options.Store = store ?? new SharedStore(_store);
            options.Clock = _clock;
            options.TakesUpWork = false;
            options.TellsOtherHosts = tells;
            options.NewsLimit = 2_000;
        });
        _engines.Add(engine);
        await engine.DeployAsync(_asking);
        return engine;
    }

    /// <summary>Watches the others, whose news the engine has begun to follow.</summary>
    private static async Task<NewsWatcher> WatchAsync(WorkflowEngine engine)
    {
        var watcher = await NewsWatcher.BeginAsync(engine);
        await engine.RunDueTimersAsync();
        (await watcher.TakeAsync()).ShouldBe("look anew: OtherHosts");
        return watcher;
    }

    [Test]
    public async Task An_engine_tells_what_others_have_committed_once_and_its_own_commits_at_once()
    {
        var (one, two) = (await OpenAsync(), await OpenAsync());
        await two.As("dora").StartAsync("Asking");
        await using var watcher = await WatchAsync(one);

        var id = (await two.As("dora").StartAsync("Asking")).Id;
        var own = (await one.As("dora").StartAsync("Asking")).Id;
        await two.As("ann").Worklist.ExecuteAsync(id.Task(1), "Yes");
        await one.RunDueTimersAsync();
        await one.RunDueTimersAsync();
        await one.DisposeAsync();

        (await watcher.RestAsync()).ShouldBe(
        [
            $"{own}#1 new to Active | Opened {own}_1 Ask for ann",
            $"{id}#1 new to Active | Opened {id}_1 Ask for ann",
            $"{id}#2 Active to Completed | Completed {id}_1 Ask for ann",
        ]);
    }

    [Test]
    public async Task More_news_than_a_page_comes_whole_and_in_order()
    {
        var one = await OpenAsync();
        var two = await OpenAsync();
        await using var watcher = await WatchAsync(one);
        var id = (await two.As("dora").StartAsync("Asking")).Id;
        for (var number = 2; number <= 1_004; number++)
        {
            await (number % 2 == 0 ? two.As("ann").Worklist.OpenAsync(id.Task(1)).AsTask() : two.As("ann").Worklist.ReleaseAsync(id.Task(1)).AsTask());
        }

        await one.RunDueTimersAsync();
        await one.DisposeAsync();

        (await watcher.RestAsync()).Select(line => line.Split(' ')[0])
            .ShouldBe(Enumerable.Range(1, 1_004).Select(number => $"{id}#{number.Invariant()}"));
    }

    [Test]
    public async Task An_engine_that_was_away_for_long_by_either_clock_or_could_not_ask_tells_to_look_anew([Values] bool byItsOwn)
    {
        var view = new SharedStore(_store);
        var (one, two) = (await OpenAsync(view), await OpenAsync());
        await using var watcher = await WatchAsync(one);

        (byItsOwn ? _clock : _clockOfStore).Advance(NewsPage.KeptFor + TimeSpan.FromSeconds(1));
        await one.RunDueTimersAsync();
        (await watcher.TakeAsync()).ShouldBe("look anew: OtherHosts");
        await two.As("dora").StartAsync("Asking");
        view.IsCutOff = true;
        await Should.ThrowAsync<ProcessStoreException>(() => one.RunDueTimersAsync().AsTask());
        view.IsCutOff = false;
        await one.RunDueTimersAsync();
        await one.RunDueTimersAsync();
        await one.DisposeAsync();

        (await watcher.RestAsync()).ShouldBe(["1#1 new to Active | Opened 1_1 Ask for ann"]);
    }

    [Test]
    public async Task News_that_an_engine_cannot_read_tells_it_to_look_anew()
    {
        var one = await OpenAsync();
        await using var watcher = await WatchAsync(one);

        await _store.CommitAsync(Commits.New(new ProcessInstanceId(77)) with { Owner = "another", News = new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 } }, default);
        await one.RunDueTimersAsync();

        (await watcher.TakeAsync()).ShouldBe("look anew: OtherHosts");
    }

    [Test]
    public async Task Old_news_is_removed_whether_anybody_watches_or_not([Values] bool watches)
    {
        var (one, two) = (await OpenAsync(), await OpenAsync());
        await using var watcher = watches ? await WatchAsync(one) : null;
        var begin = (await _store.ReadNewsAsync(place: null, "", 10, default)).Place;
        await two.As("dora").StartAsync("Asking");

        await one.RunDueTimersAsync();
        await PassAsync(one, minutes: 11);
        (await _store.ReadNewsAsync(begin, "", 10, default)).News.Count.ShouldBe(watches ? 1 : 0, "the engine that watches had looked before the news came");
        await PassAsync(one, minutes: 11);
        (await _store.ReadNewsAsync(begin, "", 10, default)).News.ShouldBeEmpty();
    }

    private async Task PassAsync(WorkflowEngine engine, int minutes)
    {
        for (var passed = 0; passed < minutes; passed++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            _clockOfStore.Advance(TimeSpan.FromMinutes(1));
            await engine.RunDueTimersAsync();
        }
    }

    [Test]
    public async Task An_engine_that_tells_no_others_asks_for_nothing_and_stores_nothing()
    {
        var asked = new AskedForNews(_store);
        var (one, two) = (await OpenAsync(asked, tells: false), await OpenAsync(tells: false));
        await using var watcher = await NewsWatcher.BeginAsync(one);
        var begin = (await _store.ReadNewsAsync(place: null, "", 10, default)).Place;

        await two.As("dora").StartAsync("Asking");
        await one.RunDueTimersAsync();
        await one.DisposeAsync();

        asked.Reads.ShouldBe(0);
        (await _store.ReadNewsAsync(begin, "", 10, default)).News.ShouldBeEmpty();
        (await watcher.RestAsync()).ShouldBeEmpty();
    }

    [Test]
    public void A_store_that_keeps_no_news_is_refused() =>
        Should.Throw<ArgumentException>(() => WorkflowEngine.Create(options => (options.Store, options.TellsOtherHosts) = (new KeepsNone(_store), true)))
            .Message.ShouldContain("KeepsNone keeps no news");

    private sealed class AskedForNews(IProcessStore asked) : StoreAround, IProcessStore
    {
        public bool IsShared => true;

        public int Reads { get; private set; }

        protected override IProcessStore Asked => asked;

        public override ValueTask<NewsPage> ReadNewsAsync(string? place, string owner, int limit, CancellationToken cancellation)
        {
            Reads++;
            return base.ReadNewsAsync(place, owner, limit, cancellation);
        }
    }

    private sealed class KeepsNone(IProcessStore asked) : StoreAround, IProcessStore
    {
        public bool IsShared => true;

        bool IProcessStore.KeepsNews => false;

        protected override IProcessStore Asked => asked;
    }
}
