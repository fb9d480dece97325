namespace Expenses;

/// <summary>Two claims: one that everybody likes, and one that is declined, changed and submitted again. A story that was cut short goes on where it was, since
/// the file remembers; one that was told to its end is told anew.</summary>
public static class Story
{
    public static async Task TellAsync(string file, TextWriter output, People? people = null)
    {
        await using var office = await Office.OpenAsync(file, output, people);
        var (managers, claimant) = (office.People.Managers, office.People.Claimant);

        await TellAsync(office, Office.Train, (managers[0], "Approve", null), (managers[^1], "Approve", null), (office.People.Administration[0], "Accept", null));
        await output.WriteLineAsync();
        await TellAsync(
            office,
            Office.Congress,
            (managers[1], "Decline", null),
            (claimant, "Submit", 3_100m),
            (managers[0], "Approve", null),
            (managers[1], "Approve", null),
            (office.People.Management[0], "Accept", null));
    }

    private static async Task TellAsync(Office office, Claim what, params (string User, string Action, decimal? Amount)[] decisions)
    {
        var claim = await office.ClaimAsync(what);
        var told = await office.CountDecisionsAsync(claim);
        foreach (var (user, action, amount) in decisions.Skip(told))
        {
            await office.ActAsync(user, claim, action, amount);
        }

        await office.PayAsync();
    }
}
