using System.Globalization;

namespace Workflow.Core.Persistence;

/// <summary>The news of commits for other engines, each with a number that is one above that of the one before.</summary>
internal sealed class InMemoryNews
{
    private readonly List<(string Owner, StoredNews News)> _news = [];

    /// <summary>The number of the first news that is left.</summary>
    private long _first = 1;

    /// <summary>Keeps the news of a commit. The caller holds the instance, so that its commits come in their order.</summary>
    public void Add(Commit commit)
    {
        if (commit.News.IsEmpty)
        {
            return;
        }

        lock (_news)
        {
            _news.Add((commit.Owner, new StoredNews(commit.ProcessInstance, commit.News.ToArray())));
        }
    }

    public NewsPage Read(string? place, string owner, int limit, DateTimeOffset now)
    {
        lock (_news)
        {
            var last = _first + _news.Count - 1;
            if (place is null)
            {
                return new NewsPage { Place = PlaceOf(now, last), ReadAt = now };
            }

            var (at, read) = Parse(place);
            var found = new List<StoredNews>();
            var next = Math.Max(read + 1, _first);
            while (next <= last && found.Count < limit)
            {
                var (by, news) = _news[(int)(next - _first)];
                if (by != owner)
                {
                    found.Add(news);
                }

                next++;
            }

            return new NewsPage
            {
                // All that was there at the instant of a place has been read.
                Place = PlaceOf(found.Count < limit ? now : at, next - 1),
                ReadAt = now,
                IsBehind = now - at > NewsPage.KeptFor || read > last,
                News = found,
            };
        }
    }

    public void Remove(string place)
    {
        var (_, read) = Parse(place);
        lock (_news)
        {
            var count = (int)Math.Clamp(read + 1 - _first, 0, _news.Count);
            _news.RemoveRange(0, count);
            _first += count;
        }
    }

    private static string PlaceOf(DateTimeOffset at, long read) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks}/{read}");

    private static (DateTimeOffset At, long Read) Parse(string place)
    {
        var parts = place.Split('/');
        return (
            new DateTimeOffset(long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.Zero), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
