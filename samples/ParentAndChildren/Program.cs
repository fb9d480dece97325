using System.Globalization;
using ParentAndChildren;

const string Usage =
    """
    Tells the story of an order whose lines are delivered by sub-processes, with a kill in the middle.

      --file orders.db  keeps the order in that file, which must not be there yet, and the book of the depot beside it
      --help            shows this
    """;
switch (args)
{
    case []:
        await TellAsync(Path.Combine(Directory.CreateTempSubdirectory("orders-").FullName, "orders.db"));
        return 0;
    case ["--file", var file] when !File.Exists(file):
        await TellAsync(file);
        return 0;
    case ["--work", var file, var now, .. var hold]:
        // The story starts this program again in this way, and kills it.
        await using (var shop = await Shop.OpenAsync(file, DateTimeOffset.Parse(now, CultureInfo.InvariantCulture), Console.WriteLine))
        {
            await shop.WorkAsync(hold is [var deliveries] ? int.Parse(deliveries, CultureInfo.InvariantCulture) : null);
        }

        return 0;
    case ["--help"]:
        Console.WriteLine(Usage);
        return 0;
    default:
        await Console.Error.WriteLineAsync($"'{string.Join(' ', args)}' is not known, or the file is there already.");
        await Console.Error.WriteLineAsync(Usage);
        return 1;
}

static async Task TellAsync(string file)
{
    await foreach (var line in Story.TellAsync(file))
    {
        Console.WriteLine(line);
    }
}
