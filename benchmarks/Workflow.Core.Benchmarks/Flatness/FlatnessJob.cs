using BenchmarkDotNet.Environments;
using Workflow.Core.Benchmarks.Stores;

namespace Workflow.Core.Benchmarks.Flatness;

/// <summary>J7: what an operation costs does not grow with what there is besides.</summary>
/// <param name="parts">The parts that are measured.</param>
internal sealed class FlatnessJob(FlatnessParts parts)
{
    private const int Few = 100;
    private const int FewArmed = 1_000;
    private const int ManyArmed = 1_000_000;

    private readonly Page _page = new();

    /// <summary>Measures everything, or a part of it.</summary>
    /// <param name="parts">The parts that are measured.</param>
    /// <returns>The page of results.</returns>
    public static async Task<string> MeasureAsync(FlatnessParts parts = FlatnessParts.All)
    {
        var job = new FlatnessJob(parts);
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
        switch (parts)
        {
            case FlatnessParts.Loaded:
                Add(await CountedAnswers.MeasureAsync(place, hasSlots: false, isKept: false));
                return;
            case FlatnessParts.Timers:
                await AddClaimsAsync(place);
                return;
            case FlatnessParts.All:
                Add(await Loop.MeasureAsync(place));
                Add(await CountedAnswers.MeasureAsync(place, hasSlots: false));
                Add(await CountedAnswers.MeasureAsync(place, hasSlots: true));
                Add(await CountedAnswers.MeasureAsync(place, hasSlots: false, isKept: false));
                await AddClaimsAsync(place);
                break;
            default:
                break;
        }

        await using var few = await Crowd.CreateAsync(place, Few);
        await using var many = await Crowd.CreateAsync(place, place.Many);
        await AddScreensAsync(place, few, many);
        if (parts is FlatnessParts.Screens)
        {
            return;
        }

        await AddAsync("(c) an instance of J2, start and answer, among waiting instances", place, few.RunAsync, many.RunAsync, few, many);
        await AddAsync("(e) a page of a user's 100 tasks among tasks", place, few.ListAsync, many.ListAsync, few, many);
        await AddAsync("(f) the 100 instances of a user with View Participate only among instances", place, few.FindAsync, many.FindAsync, few, many);
        await AddAsync("(h) a purge of one ended instance among instances", place, few.PurgeAsync, many.PurgeAsync, few, many);
    }

    /// <summary>The claims of what is due, in stores of their own.</summary>
    private async Task AddClaimsAsync(Place place)
    {
        await using var few = await ArmedEscalations.CreateAsync(place, FewArmed);
        await using var many = await ArmedEscalations.CreateAsync(place, ManyArmed);
        var sizes = new Sizes("(d) a claim of the ten that are due among armed escalations", place.Name);
        sizes.Add(few.Name, few.ClaimAsync);
        sizes.Add(many.Name, many.ClaimAsync);
        await sizes.MeasureAsync(warmUp: 20, rounds: 40);
        Add(sizes);
    }

    /// <summary>The lists, counts and buttons of a screen. Counts go as far as the smaller store has instances, so that both count the same.</summary>
    private async Task AddScreensAsync(Place place, Crowd few, Crowd many)
    {
        await AddAsync("(i) 100 instances by the beginning of their folio, the newest first", place, few.FindByFolioAsync, many.FindByFolioAsync, few, many);
        await AddAsync("(j) a user's 100 tasks by lateness", place, few.ListByLatenessAsync, many.ListByLatenessAsync, few, many);
        await AddAsync("(k) the count of a user's 100 tasks", place, few.CountTasksAsync, many.CountTasksAsync, few, many);
        await AddAsync("(l) the definitions with up to 100 instances of each status", place, few.DefinitionsAsync, many.DefinitionsAsync, few, many);
        await AddAsync("(m) the count of all instances, up to 100", place, few.CountProcessesAsync, many.CountProcessesAsync, few, many);
        await AddAsync("(n) the count of the tasks of the first of everybody", place, few.CountEverybodysAsync, many.CountEverybodysAsync, few, many);
        await AddAsync("(o) may I take this action?", place, few.AskAsync, many.AskAsync, few, many);
        await AddAsync("(p) the last entries of a history", place, few.ReadBackwardsAsync, many.ReadBackwardsAsync, few, many);
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
