using Workflow.Core.Client;
using Workflow.Core.Records;

namespace Workflow.Core.Tests.Support;

/// <summary>Somebody who watches an engine and reads its news as lines of text.</summary>
internal sealed class NewsWatcher : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private readonly IAsyncEnumerator<ProcessNews> _news;

    private NewsWatcher(IAsyncEnumerator<ProcessNews> news) => _news = news;

    /// <summary>Begins to watch. The first news, to look anew, is taken.</summary>
    public static async Task<NewsWatcher> BeginAsync(WorkflowEngine engine)
    {
        var watcher = new NewsWatcher(engine.WatchAsync().GetAsyncEnumerator());
        (await watcher.TakeAsync()).ShouldBe("look anew: Began");
        return watcher;
    }

    /// <summary>The next news.</summary>
    public async Task<string> TakeAsync() => Text(await NextAsync());

    /// <summary>The next news, as it comes.</summary>
    public async Task<ProcessNews> NextAsync()
    {
        (await _news.MoveNextAsync().AsTask().WaitAsync(_patience)).ShouldBeTrue("the engine has stopped");
        return _news.Current;
    }

    /// <summary>All news that is left of an engine that has stopped.</summary>
    public async Task<IReadOnlyList<string>> RestAsync()
    {
        var rest = new List<string>();
        while (await _news.MoveNextAsync().AsTask().WaitAsync(_patience))
        {
            rest.Add(Text(_news.Current));
        }

        return rest;
    }

    /// <summary>The news in one line: the instance and the number of the commit, then what has changed.</summary>
    public static string Text(ProcessNews news) => news switch
    {
        ProcessNews.LookAnew look => $"look anew: {look.Reason}",
        ProcessNews.Changed change => string.Join(" | ",
        [
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{change.ProcessInstance}#{change.Number}")
                + (change.IsStatusChanged ? $" {change.StatusBefore?.ToString() ?? "new"} to {change.Status}" : ""),
            .. change.Tasks.Select(task => $"{task.Kind} {task.Serial} {task.Activity} for {string.Join(", ", task.For.Select(who => who.Name))}"),
            .. change.ServerItems.Select(item => $"{item.Status} {item.Serial} {item.Activity}"),
            .. change.AreTimersChanged ? ["timers"] : Array.Empty<string>(),
        ]),
        _ => throw new AssertionException($"{news} is not known."),
    };

    public ValueTask DisposeAsync() => _news.DisposeAsync();
}
