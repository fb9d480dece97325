using Workflow.Core.Formats;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Snapshots;

namespace Workflow.Core.Runtime;

/// <summary>Looks for news of other engines, and of transactions of the host, in the store (statement 13.12). Where nobody watches, it asks only now and
/// then, to remove what is old.</summary>
internal sealed class NewsFromOthers(EngineServices services)
{
    private const int Page = 1_000;

    private static readonly ProcessNews.LookAnew _lookAnew = new(LookAnewReason.OtherHosts);

    /// <summary>How often old news is looked for where nobody watches.</summary>
    private static readonly TimeSpan _tidying = TimeSpan.FromMinutes(1);

    private int _isLooking;

    /// <summary>Where the last page has ended; null where the news of others is not followed, or some of it may be lost.</summary>
    private string? _place;

    /// <summary>When the last page was asked for, by the engine's clock.</summary>
    private long _askedAt;

    /// <summary>A place in the past, and when it was; null before the first one.</summary>
    private (string Place, DateTimeOffset At)? _noted;
    private long? _tidiedAt;

    /// <summary>Tells what others have committed since the last look.</summary>
    /// <returns>Whether there may be more at once.</returns>
    public async ValueTask<bool> LookAsync(CancellationToken cancellation)
    {
        if (!services.TellsOtherHosts || Interlocked.Exchange(ref _isLooking, 1) != 0)
        {
            return false;
        }

        try
        {
            return await LookOnceAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            // The store may be another one when it answers again. So what it says then is no continuation.
            _place = null;
            throw;
        }
        finally
        {
            Volatile.Write(ref _isLooking, 0);
        }
    }

    /// <summary>The same until there is no more.</summary>
    public async ValueTask LookToTheEndAsync(CancellationToken cancellation)
    {
        while (await LookAsync(cancellation).ConfigureAwait(false))
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private async ValueTask<bool> LookOnceAsync(CancellationToken cancellation)
    {
        var isWatched = services.News.IsWatched;
        _place = isWatched ? _place : null;
        if (!isWatched && _tidiedAt is { } last && services.Options.Clock.GetElapsedTime(last) < _tidying)
        {
            return false;
        }

        var clock = services.Options.Clock;
        var isContinued = _place is not null && clock.GetElapsedTime(_askedAt) <= NewsPage.KeptFor;
        _askedAt = clock.GetTimestamp();
        var page = await services.Options.Store.ReadNewsAsync(_place, services.Owner, Page, cancellation).ConfigureAwait(false);
        if (isWatched)
        {
            Tell(page, isContinued);
            _place = page.Place;
        }

        if (page.News.Count == Page)
        {
            return true;
        }

        _tidiedAt = _askedAt;
        await TidyAsync(page, cancellation).ConfigureAwait(false);
        return false;
    }

    /// <param name="page">What others have committed.</param>
    /// <param name="isContinued">Whether nothing can have been removed since the page before. The clock of the store may have been set back, and that of the
    /// engine may have stood still.</param>
    private void Tell(NewsPage page, bool isContinued)
    {
        if (!isContinued || page.IsBehind)
        {
            services.News.Tell(_lookAnew);
        }

        foreach (var news in page.News)
        {
            services.News.Tell(Read(news));
        }
    }

    /// <summary>News that this engine cannot read may tell of anything.</summary>
    private static ProcessNews Read(in StoredNews news)
    {
        try
        {
            return NewsReader.Read(news.ProcessInstance, news.Content.Span) ?? (ProcessNews)_lookAnew;
        }
        catch (StoredFormatException)
        {
            return _lookAnew;
        }
    }

    /// <summary>Removes what everybody could see long ago.</summary>
    private async ValueTask TidyAsync(NewsPage page, CancellationToken cancellation)
    {
        if (_noted is { } noted && page.ReadAt >= noted.At)
        {
            if (page.ReadAt - noted.At < NewsPage.RemovedAfter)
            {
                return;
            }

            await services.Options.Store.RemoveNewsAsync(noted.Place, cancellation).ConfigureAwait(false);
        }

        _noted = (page.Place, page.ReadAt);
    }
}
