namespace Expenses;

/// <summary>Two claims: one that everybody likes, and one that is declined, changed and submitted again. A story that was cut short goes on where it was, since
/// the file remembers; one that was told to its end is told anew.</summary>
public static class Story
{
    public static async Task TellAsync(string file, TextWriter output, People? people = null)
    {
        await using var office = await Office.OpenAsync(file, output, people);
        var (managers, claimant) = (office.People.Managers, office.People.Claimant);

        string[] ends = managers.Count == 1 ? [managers[0]] : [managers[0], managers[^1]];
        await TellAsync(office, Office.Train, [.. Approve(ends), new(office.People.Administration[0], "Accept")]);
        await output.WriteLineAsync();
        await TellAsync(
            office,
            Office.Congress,
            [
                new(managers[Math.Min(1, managers.Count - 1)], "Decline"),
                new(claimant, ExpenseClaim.Submit, Amount: 3_100m),
                .. Approve(managers.Take(2)),
                new(office.People.Management[0], "Accept"),
            ]);
    }

    private static IEnumerable<Decision> Approve(IEnumerable<string> managers) => managers.Select(manager => new Decision(manager, "Approve"));

    private static async Task TellAsync(Office office, Claim what, IReadOnlyList<Decision> decisions)
    {
        var claim = await office.ClaimAsync(what);
        var told = await office.CountDecisionsAsync(claim);
        foreach (var (user, action, amount) in decisions.Skip(told))
        {
            await office.ActAsync(user, claim, action, amount);
        }

        await office.PayAsync();
    }

    /// <summary>A person's decision on a task, and what it changes in the claim.</summary>
    private sealed record Decision(string User, string Action, decimal? Amount = null);
}
