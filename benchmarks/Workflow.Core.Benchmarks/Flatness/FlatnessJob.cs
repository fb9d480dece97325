using BenchmarkDotNet.Environments;
using Workflow.Core.Benchmarks.Stores;

namespace Workflow.Core.Benchmarks.Flatness;

/// <summary>J7: what an operation costs does not grow with what there is besides.</summary>
/// <param name="onlyLoaded">Whether only (g) is measured.</param>
internal sealed class FlatnessJob(bool onlyLoaded)
{
    private const int Few = 100;

    private readonly Page _page = new();

    /// <summary>Measures everything, or (g) only.</summary>
    /// <param name="onlyLoaded">Whether only (g) is measured, which takes a minute or two.</param>
    /// <returns>The page of results.</returns>
    public static async Task<string> MeasureAsync(bool onlyLoaded = false)
    {
        var job = new FlatnessJob(onlyLoaded);
        var page = job._page;
        page.Begin("Results, flatness", HostEnvironmentInfo.GetCurrent(), "One process; sizes in turns");
        page.Line(
            "Every operation is timed for itself. Ratio: the largest median divided by the smallest. "
            + "Noisy: the middle half of the medians of the rounds of one size");
        page.Line("reaches further than 10 % from the median, because something else ran on the machine.");
        page.Line();
        page.Line(Sizes.Header);
        await using (var memory = new MemoryPlace())
        {
            await job.OnAsync(memory);
        }

        await using (var sqlite = new SqlitePlace())
        {
            await job.OnAsync(sqlite);
        }

        var (postgreSql, reason) = await PostgreSqlPlace.StartAsync();
        if (postgreSql is null)
        {
            page.Line($"| all | PostgreSQL | | | | | not measured: {reason} |");
            return page.ToString();
        }

        await using (postgreSql)
        {
            await job.OnAsync(postgreSql);
        }

        return page.ToString();
    }

    private async Task OnAsync(Place place)
    {
        if (onlyLoaded)
        {
            Add(await CountedAnswers.MeasureAsync(place, hasSlots: false, isKept: false));
            return;
        }

        Add(await Loop.MeasureAsync(place));
        Add(await CountedAnswers.MeasureAsync(place, hasSlots: false));
        Add(await CountedAnswers.MeasureAsync(place, hasSlots: true));
        Add(await CountedAnswers.MeasureAsync(place, hasSlots: false, isKept: false));
        await using var few = await Crowd.CreateAsync(place, Few);
        await using var many = await Crowd.CreateAsync(place, place.Many);
        await AddAsync("(c) an instance of J2, start and answer, among waiting instances", place, few.RunAsync, many.RunAsync, few, many);
        await AddAsync("(d) a claim of ten among timers", place, few.ClaimAsync, many.ClaimAsync, few, many);
        await AddAsync("(e) a page of a user's 100 tasks among tasks", place, few.ListAsync, many.ListAsync, few, many);
        await AddAsync("(f) the 100 instances of a user with View Participate only among instances", place, few.FindAsync, many.FindAsync, few, many);
        await AddAsync("(h) a purge of one ended instance among instances", place, few.PurgeAsync, many.PurgeAsync, few, many);
    }

    private async Task AddAsync(string what, Place place, Func<List<double>, Task> withFew, Func<List<double>, Task> withMany, Crowd few, Crowd many)
    {
        var sizes = new Sizes(what, place.Name);
        sizes.Add(few.Name, withFew);
        sizes.Add(many.Name, withMany);
        await sizes.MeasureAsync(warmUp: 20, rounds: 40);
        Add(sizes);
    }

    private void Add(Sizes sizes)
    {
        _page.Line(sizes.ToString());
        Console.Error.WriteLine(sizes.ToString());
    }
}
