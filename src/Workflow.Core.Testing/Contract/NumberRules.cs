namespace Workflow.Core.Testing.Contract;

/// <summary>How numbers of process instances are given out.</summary>
internal static class NumberRules
{
    private const string Source = "IProcessStore.ReserveAsync";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("Numbers are positive and grow", Source, GrowAsync),
        new("Many who reserve at once each get numbers of their own, which grow", Source, ConcurrentAsync),
        new("A number that was reserved is not an instance yet", Source, NothingYetAsync),
        new("A number of an instance that was committed is not given out any more", Source, AfterCommitAsync),
    ];

    private static async Task GrowAsync(StoreTrial trial)
    {
        var last = 0L;
        for (var count = 0; count < 200; count++)
        {
            var number = (await trial.ReserveAsync()).Value;
            trial.Expect(true, number > last, $"whether {number.Invariant()} is more than {last.Invariant()}");
            last = number;
        }
    }

    private static async Task ConcurrentAsync(StoreTrial trial)
    {
        var callers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => trial.ReserveAsync(50))));

        foreach (var own in callers)
        {
            trial.Expect(Shown.Numbers(own.Order()), Shown.Numbers(own), "the numbers of one caller");
        }

        trial.Expect(400, callers.SelectMany(own => own).Distinct().Count(), "how many different numbers 400 calls gave");
    }

    private static async Task NothingYetAsync(StoreTrial trial)
    {
        var id = await trial.ReserveAsync();

        trial.Expect(null, await trial.Store.LoadAsync(id, CancellationToken.None), "the instance");
        trial.Expect(0, (await trial.Store.FindProcessesAsync(new(), CancellationToken.None)).Count, "how many instances there are");
    }

    private static async Task AfterCommitAsync(StoreTrial trial)
    {
        var first = await trial.AddAsync();
        var second = await trial.AddAsync();

        trial.Expect(true, second.CompareTo(first) > 0, "whether the second instance has the greater number");
        trial.Expect(true, (await trial.ReserveAsync()).CompareTo(second) > 0, "whether the next number is greater still");
    }
}
