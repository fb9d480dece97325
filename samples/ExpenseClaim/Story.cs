namespace Expenses;

/// <summary>Two claims: one that everybody likes, and one that is declined, changed and submitted again.</summary>
public static class Story
{
    public static async Task TellAsync(TextWriter output)
    {
        await using var office = await Office.OpenAsync(output);

        var train = await office.ClaimAsync("dora", "Train to Lisbon", 240m);
        await office.ActAsync("ann", train, "Approve");
        await office.ActAsync("cy", train, "Approve");
        await office.ActAsync("fay", train, "Accept");
        await office.PayAsync();

        await output.WriteLineAsync();
        var congress = await office.ClaimAsync("dora", "Congress in Oslo", 3_400m);
        await office.ActAsync("bob", congress, "Decline");
        await office.ActAsync("dora", congress, "Submit");
        await office.ActAsync("ann", congress, "Approve");
        await office.ActAsync("bob", congress, "Approve");
        await office.ActAsync("max", congress, "Accept");
        await office.PayAsync();
    }
}
