using Workflow.Core;
using Workflow.Core.Client;

namespace Expenses;

/// <summary>Two claims: one that everybody likes, and one that is declined, changed and submitted again. A story goes on from what the file holds,
/// whoever has decided that; one that was told to its end is told anew.</summary>
public static class Story
{
    private const string Decline = "Decline";

    public static async Task TellAsync(string file, TextWriter output, People? people = null)
    {
        await using var office = await Office.OpenAsync(file, output, people);
        var managers = office.People.Managers;

        await TellAsync(office, Office.Train, new Plot(Approvers: [managers[0], managers[^1]]));
        await output.WriteLineAsync();
        await TellAsync(
            office, Office.Congress, new Plot(Approvers: [.. managers.Take(2)], Decliner: managers[Math.Min(1, managers.Count - 1)], ChangedAmount: 3_100m));
    }

    private static async Task TellAsync(Office office, Claim what, Plot plot)
    {
        var claim = await office.ClaimAsync(what);
        while (await NextAsync(office, claim, plot) is var (user, item))
        {
            var isDeclined = plot.Decliner == user && !await office.IsDeclinedAsync(claim);
            var (action, amount) = item.Event switch
            {
                ExpenseClaim.Decide => (isDeclined ? Decline : "Approve", default(decimal?)),
                ExpenseClaim.Change => (ExpenseClaim.Submit, plot.ChangedAmount),
                _ => ("Accept", null),
            };
            await office.ActAsync(user, item, action, amount);
        }

        await office.PayAsync();
    }

    /// <summary>The next person who has a task. As long as nobody has declined, it is the one who is to decline. Then the approvers follow, and then anyone who
    /// has a task.</summary>
    private static async Task<(string User, WorklistItem Item)?> NextAsync(Office office, ProcessInstanceId claim, Plot plot)
    {
        var first = plot.Decliner is { } decliner && !await office.IsDeclinedAsync(claim) ? plot.Approvers.Prepend(decliner) : plot.Approvers;
        foreach (var user in first.Concat(office.People.Everybody))
        {
            if (await office.WorklistAsync(user, claim) is [var item, ..])
            {
                return (user, item);
            }
        }

        return null;
    }

    /// <summary>The decisions that are told of a claim, where nobody else has decided before.</summary>
    /// <param name="Approvers">The managers who approve it, in order.</param>
    /// <param name="Decliner">The manager who declines it at first; null for nobody.</param>
    /// <param name="ChangedAmount">The amount with which a declined claim is submitted again; null for the same.</param>
    private sealed record Plot(IReadOnlyList<string> Approvers, string? Decliner = null, decimal? ChangedAmount = null);
}
