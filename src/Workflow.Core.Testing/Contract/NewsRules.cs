using Workflow.Core.Persistence;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>How news is kept for other engines. A store that says that it keeps none has nothing to show here.</summary>
internal static class NewsRules
{
    private const string Reading = "IProcessStore.ReadNewsAsync";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        Rule("News comes from where a reader began, once, and not to the engine that has committed it", Reading, OnceAsync),
        Rule("The news of an instance comes in the order of its commits, page after page", Reading, PagesAsync),
        Rule("Nothing of the news of a refused commit is kept", "Commit.News", RefusedAsync),
        Rule("News that is removed at a place is gone, and later news stays", "IProcessStore.RemoveNewsAsync", RemoveAsync),
        Rule("A reader is told that its place is older than news is kept for", Reading, BehindAsync),
        Rule("The bytes of news are copied before the commit ends", "Commit", CopyAsync),
    ];

    private static StoreRule Rule(string name, string source, Func<StoreTrial, Task> check) =>
        new(name, source, trial => trial.Store.KeepsNews ? check(trial) : Task.CompletedTask);

    private static Commit Telling(Commit commit, params byte[] news) => commit with { Owner = "one", News = news };

    private static async Task<string> BeginAsync(StoreTrial trial) => (await ReadAsync(trial, place: null)).Place;

    private static async Task<NewsPage> ReadAsync(StoreTrial trial, string? place, int limit = 100, string owner = "two") =>
        await trial.Store.ReadNewsAsync(place, owner, limit, CancellationToken.None);

    private static string Text(NewsPage page) =>
        string.Join(' ', page.News.Select(news => $"{news.ProcessInstance}={Convert.ToHexString(news.Content.Span)}"));

    private static async Task OnceAsync(StoreTrial trial)
    {
        await trial.AddAsync(commit => Telling(commit, 9));
        var place = await BeginAsync(trial);
        var id = await trial.AddAsync(commit => Telling(commit, 1, 2));
        await trial.CommitAsync(Telling(Next(id, 1)));
        await trial.CommitAsync(Telling(Next(id, 2), 3) with { Owner = "two" });

        var first = await ReadAsync(trial, place);
        trial.Expect($"{id}=0102", Text(first), "the news of the others");
        trial.Expect("", Text(await ReadAsync(trial, first.Place)), "the news behind all that there is");
        trial.Expect($"{id}=03", Text(await ReadAsync(trial, place, owner: "one")), "the news for the other engine");
    }

    private static async Task PagesAsync(StoreTrial trial)
    {
        var place = await BeginAsync(trial);
        var id = await trial.AddAsync(commit => Telling(commit, 1));
        for (byte number = 1; number < 5; number++)
        {
            await trial.CommitAsync(Telling(Next(id, number), (byte)(number + 1)));
        }

        var first = await ReadAsync(trial, place, limit: 2);
        await trial.CommitAsync(Telling(Next(id, 5), 6));
        var second = await ReadAsync(trial, first.Place, limit: 2);
        await trial.CommitAsync(Telling(Next(id, 6), 7));
        var rest = new List<string>();
        NewsPage? page = null;
        do
        {
            page = await ReadAsync(trial, (page ?? second).Place, limit: 2);
            rest.Add(Text(page));
        }
        while (page.News.Count > 0);

        trial.Expect($"{id}=01 {id}=02", Text(first), "the first page");
        trial.Expect($"{id}=03 {id}=04", Text(second), "the second page");
        trial.Expect($"{id}=05 {id}=06 {id}=07", string.Join(' ', rest).Trim(), "all other pages");
    }

    private static async Task RefusedAsync(StoreTrial trial)
    {
        var place = await BeginAsync(trial);
        var id = await trial.AddAsync(commit => Telling(commit, 1));

        await trial.ExpectRefusedAsync(Telling(Next(id, 7), 2));
        await trial.ExpectRefusedAsync(Telling(New(id), 3));

        trial.Expect($"{id}=01", Text(await ReadAsync(trial, place)), "the news of what is stored");
    }

    private static async Task RemoveAsync(StoreTrial trial)
    {
        var begin = await BeginAsync(trial);
        var id = await trial.AddAsync(commit => Telling(commit, 1));
        await trial.CommitAsync(Telling(Next(id, 1), 2));
        var place = (await ReadAsync(trial, begin)).Place;
        await trial.CommitAsync(Telling(Next(id, 2), 3));

        await trial.Store.RemoveNewsAsync(place, CancellationToken.None);
        trial.Expect($"{id}=03", Text(await ReadAsync(trial, place)), "the news behind the place");
        trial.Expect(false, Text(await ReadAsync(trial, begin)).Contains("=01", StringComparison.Ordinal), "whether earlier news is there");
        await trial.CommitAsync(Telling(Next(id, 3), 4));
        trial.Expect($"{id}=03 {id}=04", Text(await ReadAsync(trial, place)), "the news after the removal");
    }

    private static async Task BehindAsync(StoreTrial trial)
    {
        var place = await BeginAsync(trial);

        trial.Advance(NewsPage.KeptFor.TotalSeconds);
        var inTime = await ReadAsync(trial, place);
        trial.Expect(false, inTime.IsBehind, "whether a place is too old at the time for which news is kept");
        trial.Advance(NewsPage.KeptFor.TotalSeconds + 1);
        var late = await ReadAsync(trial, inTime.Place);
        trial.Expect(true, late.IsBehind, "whether a place is too old after the time for which news is kept");
        trial.Expect(trial.Clock.GetUtcNow(), late.ReadAt, "when the page was read");
        trial.Expect(false, (await ReadAsync(trial, late.Place)).IsBehind, "whether the next place is too old");
    }

    private static async Task CopyAsync(StoreTrial trial)
    {
        var place = await BeginAsync(trial);
        byte[] bytes = [1];
        var id = await trial.AddAsync(commit => Telling(commit, bytes));

        bytes[0] = 9;

        trial.Expect($"{id}=01", Text(await ReadAsync(trial, place)), "the news");
    }
}
