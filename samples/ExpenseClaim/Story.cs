namespace Expenses;

/// <summary>Two claims: one that everybody likes, and one that is declined, changed and submitted again. A story that was cut short goes on where it was, since
/// the file remembers; one that was told to its end is told anew.</summary>
public static class Story
{
    public static async Task TellAsync(string file, TextWriter output)
    {
        await using var office = await Office.OpenAsync(file, output);

        await TellAsync(office, Office.Train, ("ann", "Approve"), ("cy", "Approve"), ("fay", "Accept"));
        await output.WriteLineAsync();
        await TellAsync(
            office, Office.Congress, ("bob", "Decline"), ("dora", "Submit"), ("ann", "Approve"), ("bob", "Approve"), ("max", "Accept"));
    }

    private static async Task TellAsync(Office office, (string Folio, decimal Amount) what, params (string User, string Action)[] decisions)
    {
        var claim = await office.ClaimAsync("dora", what);
        var told = await office.CountDecisionsAsync(claim);
        foreach (var (user, action) in decisions.Skip(told))
        {
            await office.ActAsync(user, claim, action);
        }

        await office.PayAsync();
    }
}
