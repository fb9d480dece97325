namespace Workflow.Core.Testing.Contract;

/// <summary>How instances are found by the beginning of their folio.</summary>
internal static class FolioRules
{
    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("Instances are found by the beginning of their folio, whatever its last character", "ProcessQuery.FolioStart", FolioStartAsync),
    ];

    /// <summary>The texts that begin with a text end where its last character would be another. That may be the last one there is, or the last one before the
    /// surrogates.</summary>
    private static async Task FolioStartAsync(StoreTrial trial)
    {
        string[] starts = ["a", "a%", "a_", "a\uD7FF", "a\uE000", "a\uFFFF", "a\U0001F600", "a\U0010FFFF", "a\0", "\U0010FFFF\U0010FFFF"];
        var numbers = new List<(string Folio, ProcessInstanceId Id)>();
        foreach (var folio in starts.SelectMany(start => (string[])[start, start + "z"]))
        {
            numbers.Add((folio, await trial.AddAsync(commit => commit with { Record = commit.Record! with { Folio = folio } })));
        }

        foreach (var start in starts)
        {
            var found = await trial.Store.FindProcessesAsync(new() { FolioStart = start }, CancellationToken.None);
            trial.Expect(
                Shown.Numbers(numbers.Where(each => each.Folio.StartsWith(start, StringComparison.Ordinal)).Select(each => each.Id)),
                Shown.Numbers(found.Select(record => record.Id)), $"the folios that begin with {start}");
        }
    }
}
