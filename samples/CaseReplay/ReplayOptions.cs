using System.Globalization;

namespace Cases;

/// <summary>What the command line asks for.</summary>
public sealed record ReplayOptions
{
    public const string Usage = "CaseReplay FOLDER [--store memory|sqlite:PATH|postgres:CONNECTION-STRING] [--at-once N] [--cases N] [--resume]";

    /// <summary>The folder with the data.</summary>
    public required string Folder { get; init; }

    /// <summary>Where the instances are kept.</summary>
    public StoreChoice Store { get; init; } = StoreChoice.InMemory;

    /// <summary>How many cases move at once; with one, all steps of all cases are taken in the order of their instants.</summary>
    public int AtOnce { get; init; } = 1;

    /// <summary>How many cases of each log are replayed at most.</summary>
    public int Cases { get; init; } = int.MaxValue;

    /// <summary>Whether to go on with what an earlier run left in the store.</summary>
    public bool IsResumed { get; init; }

    /// <exception cref="BadInputException">An argument is not understood.</exception>
    public static ReplayOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ReplayOptions { Folder = "" };
        for (var index = 0; index < arguments.Count; index++)
        {
            options = arguments[index] switch
            {
                "--store" => options with { Store = StoreChoice.Parse(Value()) },
                "--at-once" => options with { AtOnce = Number() },
                "--cases" => options with { Cases = Number() },
                "--resume" => options with { IsResumed = true },
                var folder when options.Folder.Length == 0 && !folder.StartsWith("--", StringComparison.Ordinal) => options with { Folder = folder },
                var other => throw new BadInputException($"'{other}' is not understood. Usage: {Usage}"),
            };

            string Value() => ++index < arguments.Count
                ? arguments[index]
                : throw new BadInputException($"'{arguments[index - 1]}' needs a value. Usage: {Usage}");

            int Number() => int.TryParse(Value(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                ? number
                : throw new BadInputException($"'{arguments[index - 1]} {arguments[index]}' is not understood: give a number from 1 on. Usage: {Usage}");
        }

        if (options.Folder.Length == 0)
        {
            throw new BadInputException($"Which folder holds the data? Usage: {Usage}");
        }

        return options is { IsResumed: true, Store.IsDurable: false }
            ? throw new BadInputException("A store in memory ends with its run; there is nothing to resume. Give a store that lasts, or leave --resume out.")
            : options;
    }
}
