using System.Globalization;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>From which numbers crash tests are drawn. They are the same in each run, so that a run that has failed fails again; more are drawn on
/// demand.</summary>
internal static class CrashSeeds
{
    private static readonly int _first = Read("WORKFLOW_CRASH_SEED", 1);

    /// <summary>By how much more than usual is done.</summary>
    public static int Rounds { get; } = Read("WORKFLOW_CRASH_ROUNDS", 1);

    /// <summary>A seed for each round of a test.</summary>
    /// <param name="test">The test; each has seeds of its own.</param>
    public static IEnumerable<int> Next(string test)
    {
        // A sum that is the same in every process, unlike the hash code of a text.
        var own = test.Aggregate(0, (sum, character) => ((sum * 31) + character) % 10_000);
        return Enumerable.Range(_first, Rounds).Select(round => (round * 10_000) + own);
    }

    private static int Read(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;
}
