using System.Globalization;
using Workflow.Core.Instances;

namespace ParentAndChildren;

/// <summary>An order with three lines, each delivered by a sub-process of its own. The program that does the work is killed just when a delivery has ended and
/// the order has not heard of it.</summary>
public static class Story
{
    /// <summary>The deliveries before the program is killed.</summary>
    private const int DeliveriesBeforeKill = 2;

    private static readonly DateTimeOffset _morning = new(2026, 5, 4, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset _noon = _morning.AddHours(4);

    /// <summary>Tells the story, line by line.</summary>
    /// <param name="file">Where the shop keeps its orders; a file that is not there yet.</param>
    public static async IAsyncEnumerable<string> TellAsync(string file)
    {
        yield return $"Dora orders {string.Join(", ", Shop.Goods)}. Each line is delivered by a sub-process of its own.";
        using (var first = ShopProcess.Start(file, _morning, holdAfter: DeliveriesBeforeKill))
        {
            var delivered = 0;
            while (delivered < DeliveriesBeforeKill && await first.ReadAsync() is { } line)
            {
                yield return $"  {line}";
                delivered += line.StartsWith("The driver", StringComparison.Ordinal) ? 1 : 0;
            }

            await first.KillAsync();
        }

        yield return "The program is killed. Its file has:";
        await foreach (var line in FamilyAsync(file))
        {
            yield return line;
        }

        yield return "The program runs again:";
        using (var second = ShopProcess.Start(file, _noon))
        {
            while (await second.ReadAsync() is { } line)
            {
                yield return $"  {line}";
            }

            await second.EndAsync();
        }

        yield return "Now the file has:";
        await foreach (var line in FamilyAsync(file))
        {
            yield return line;
        }

        yield return "All that has happened, in the order and in its sub-processes:";
        await using var shop = await Shop.OpenAsync(file, _noon, _ => { });
        foreach (var (process, fact) in await shop.HistoryAsync())
        {
            if (TextOf(fact) is { } text)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"  {fact.Time:HH:mm}  {process}  {text}");
            }
        }
    }

    private static async IAsyncEnumerable<string> FamilyAsync(string file)
    {
        await using var shop = await Shop.OpenAsync(file, _noon, _ => { });
        var family = await shop.FamilyAsync();
        foreach (var process in family.All())
        {
            var indent = process.Id == family.Process.Id ? "  " : "    ";
            yield return $"{indent}{process.Definition} {process.Id}: {process.Status}";
        }

        yield return $"  The order waits for {await shop.AwaitedAsync()} of its deliveries.";
        yield return $"  The depot has packed {string.Join(", ", shop.Depot.Parcels())}.";
    }

    /// <summary>The words for a fact; null for one that the story does not show.</summary>
    private static string? TextOf(JournalEntry fact) => fact.Kind switch
    {
        JournalKind.ProcessStarted => $"{fact.Name} is started in the name of {fact.User}",
        JournalKind.SubProcessStarted => $"'{fact.Name}' starts {fact.Detail}",
        JournalKind.StartedAsSubProcess => $"is a sub-process of {fact.Detail}",
        JournalKind.ServerItemCreated => $"'{fact.Name}' waits",
        JournalKind.ServerItemFinished => $"'{fact.Name}' is finished by {fact.User}",
        JournalKind.SubProcessEnded => $"'{fact.Name}' hears that {fact.Detail} has ended",
        JournalKind.FieldChanged => $"{fact.Name} is now {fact.Value}",
        JournalKind.ProcessCompleted => $"{fact.Name} is completed",
        _ => null,
    };
}
