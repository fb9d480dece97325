using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Persistence.WrongStores;

internal sealed class TellsEnginesTheirOwnNews(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<NewsPage> ReadNewsAsync(string? place, string owner, int limit, CancellationToken cancellation) =>
        base.ReadNewsAsync(place, "nobody", limit, cancellation);
}

internal sealed class LosesTheRestOfAPageOfNews(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<NewsPage> ReadNewsAsync(string? place, string owner, int limit, CancellationToken cancellation) =>
        await base.ReadNewsAsync(place, owner, int.MaxValue, cancellation) is { News: var all } page ? page with { News = [.. all.Take(limit)] } : null!;
}

internal sealed class NeverFallsBehindWithNews(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<NewsPage> ReadNewsAsync(string? place, string owner, int limit, CancellationToken cancellation) =>
        await base.ReadNewsAsync(place, owner, limit, cancellation) with { IsBehind = false };
}

internal sealed class RemovesAllNews(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask RemoveNewsAsync(string place, CancellationToken cancellation) =>
        await base.RemoveNewsAsync((await ReadNewsAsync(place: null, "", 1, cancellation)).Place, cancellation);
}

internal sealed class RemovesNoNews(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask RemoveNewsAsync(string place, CancellationToken cancellation) => ValueTask.CompletedTask;
}
