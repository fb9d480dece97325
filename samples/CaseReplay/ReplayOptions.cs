using System.Globalization;
using Cases.Stores;

namespace Cases;

/// <summary>The options of the command line.</summary>
public sealed record ReplayOptions
{
    public const string Usage =
        "CaseReplay FOLDER [--store memory|sqlite:PATH|postgres:CONNECTION-STRING] [--at-once N] [--cases N] [--resume] [--kill N [--seed N]]";

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

    /// <summary>How often to kill the replay on the way.</summary>
    public int Kills { get; init; }

    /// <summary>By which the moments of the kills are drawn.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether each answer is told on a line, for the process that kills this one. Nobody else asks for it, so the usage is silent about it.</summary>
    public bool TellsAnswers { get; init; }

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
                "--kill" => options with { Kills = Number() },
                "--seed" => options with { Seed = Number() },
                "--tell-answers" => options with { TellsAnswers = true },
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

        return options switch
        {
            { Folder.Length: 0 } => throw new BadInputException($"Which folder holds the data? Usage: {Usage}"),
            { IsResumed: true, Store.IsDurable: false } => throw new BadInputException(
                "A store in memory ends with its run; there is nothing to resume. Give a store that lasts, or leave --resume out."),
            { Kills: > 0, Store.IsDurable: false } => throw new BadInputException(
                "A store in memory is gone with the process that is killed. Give a store that lasts, or leave --kill out."),
            _ => options,
        };
    }

    /// <summary>The same as it is written on the command line.</summary>
    public IEnumerable<string> ToArguments()
    {
        List<string> arguments = [Folder, "--store", Store.ToArgument(), "--at-once", Text(AtOnce), "--cases", Text(Cases), "--seed", Text(Seed)];
        if (IsResumed)
        {
            arguments.Add("--resume");
        }

        if (TellsAnswers)
        {
            arguments.Add("--tell-answers");
        }

        return Kills > 0 ? [.. arguments, "--kill", Text(Kills)] : arguments;

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
