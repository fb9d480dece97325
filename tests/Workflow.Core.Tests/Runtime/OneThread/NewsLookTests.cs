using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Tests.Runtime.OneThread;

/// <summary>An engine that does its work by itself tells the news of others within its poll interval.</summary>
[TestFixture]
[Statement("13.12")]
internal sealed class NewsLookTests
{
    private SynchronizationContext? _context;

    [SetUp]
    public void Begin()
    {
        _context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
    }

    [TearDown]
    public void End() => SynchronizationContext.SetSynchronizationContext(_context);

    [Test]
    public void News_of_another_engine_comes_with_the_next_search_for_work()
    {
        var clock = new ManualClock();
        var executor = new QueueExecutor(clock);
        var shared = new InMemoryProcessStore(clock);
        using var one = Open(shared, clock, executor);
        using var two = Open(shared, clock, executor);
        var news = one.WatchAsync().GetAsyncEnumerator();
        Next(news, executor).ShouldBe("look anew: Began");
        Pass(clock, executor);
        Next(news, executor).ShouldBe("look anew: OtherHosts");

        executor.End(two.As("dora").StartAsync("Asking").AsTask());
        var next = news.MoveNextAsync();
        next.IsCompleted.ShouldBeFalse();
        Pass(clock, executor);

        next.IsCompleted.ShouldBeTrue();
        NewsWatcher.Text(news.Current).ShouldBe("1#1 new to Active | Opened 1_1 Ask for ann");
    }

    private static WorkflowEngine Open(InMemoryProcessStore shared, ManualClock clock, QueueExecutor executor)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            (options.Store, options.Clock, options.Executor) = (new SharedStore(shared), clock, executor);
            options.TellsOtherHosts = true;
        });
        executor.End(engine.DeployAsync(ProcessDefinition.Define("Asking", process => process.OpenToAll().StartsWith(
            process.Activity("Ask", activity => activity.Destinations(to => to.Users("ann")).Client("Ask her", task => task.Action("Yes")))))).AsTask());
        return engine;
    }

    private static string Next(IAsyncEnumerator<ProcessNews> news, QueueExecutor executor)
    {
        executor.Get(news.MoveNextAsync()).ShouldBeTrue();
        return NewsWatcher.Text(news.Current);
    }

    private static void Pass(ManualClock clock, QueueExecutor executor)
    {
        clock.Advance(TimeSpan.FromSeconds(1));
        executor.Drain();
    }
}
