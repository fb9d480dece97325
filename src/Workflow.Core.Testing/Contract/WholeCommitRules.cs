namespace Workflow.Core.Testing.Contract;

/// <summary>Commits that carry many kinds of things at once, many of each, at versions beyond the first. A store may be right about one kind alone, and lose it
/// beside another. The store in memory says what is to be found afterwards.</summary>
internal static class WholeCommitRules
{
    private const string Source = "Commit";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new(
            "Each kind of thing is stored by itself at a higher version, many at a time", Source,
            trial => RunAsync(trial, CommitFacets.All.Select(facet => new[] { facet }))),
        new("Every two kinds of things in one commit are stored together", Source, trial => RunAsync(trial, Pairs())),
        new(
            "All kinds of things but one in one commit are stored together", Source,
            trial => RunAsync(trial, CommitFacets.All.Select(left => CommitFacets.All.Where(facet => facet != left).ToArray()))),
        new(
            "All kinds of things in one commit, many of each, are stored at every version", Source,
            trial => RunAsync(trial, Enumerable.Repeat(CommitFacets.All, 12))),
        new("Nothing of a refused commit of all kinds of things is stored at a higher version", Source, RefusedAsync),
        new("Commits of all kinds of things on two instances do not mix", Source, TwoAsync),
        new("After a commit of all kinds of things the instances that the commit says can be claimed", Source, ClaimsAsync),
    ];

    private static IEnumerable<CommitFacet[]> Pairs()
    {
        for (var one = 0; one < CommitFacets.All.Length; one++)
        {
            for (var other = one + 1; other < CommitFacets.All.Length; other++)
            {
                yield return [CommitFacets.All[one], CommitFacets.All[other]];
            }
        }
    }

    /// <summary>Commits one after the other on one instance, and compares what there is after each.</summary>
    private static async Task RunAsync(StoreTrial trial, IEnumerable<CommitFacet[]> commits)
    {
        var series = await CommitSeries.BeginAsync(trial);
        foreach (var facets in commits)
        {
            await series.CommitAsync(facets);
            await series.CompareAsync();
        }
    }

    private static async Task RefusedAsync(StoreTrial trial)
    {
        var series = await CommitSeries.BeginAsync(trial);
        await series.CommitAsync(CommitFacets.All);
        var next = series.Next(CommitFacets.All);

        await trial.ExpectRefusedAsync(next with { ExpectedVersion = next.ExpectedVersion + 1 });
        await series.CompareAsync();
        await trial.ExpectRefusedAsync(next with { Request = next.Request! with { Key = CommitFacets.Key(next.ProcessInstance, 2) } });
        await series.CompareAsync();
        await trial.ExpectRefusedAsync(next with { LastCommit = "another" });
        await series.CompareAsync();
        await trial.ExpectRefusedAsync(next with { ReceivedMessages = [.. next.ReceivedMessages, (next.ProcessInstance, 99_999)] });
        await series.CompareAsync();
        await series.CommitAsync(CommitFacets.All);
        await series.CompareAsync();
    }

    private static async Task TwoAsync(StoreTrial trial)
    {
        var one = await CommitSeries.BeginAsync(trial);
        var other = await one.BesideAsync();
        for (var round = 0; round < 3; round++)
        {
            await one.CommitAsync(CommitFacets.All);
            await other.CommitAsync([.. CommitFacets.All.Where((_, place) => (place + round) % 2 == 0)]);
            await one.CompareAsync();
            await other.CompareAsync();
        }
    }

    private static async Task ClaimsAsync(StoreTrial trial)
    {
        var series = await CommitSeries.BeginAsync(trial);
        await series.CommitAsync(CommitFacets.All);
        await series.CompareClaimsAsync("other");
        trial.Advance(40);
        await series.CompareClaimsAsync("other");
        await series.CompareClaimsAsync("third");
        await series.CompareAsync();
    }
}
