namespace Workflow.Core.Benchmarks;

/// <summary>Stops a benchmark that does not do what it says, or whose two sides do not do the same.</summary>
internal static class Require
{
    public static void Same<T>(string what, T engine, T raw)
    {
        if (!EqualityComparer<T>.Default.Equals(engine, raw))
        {
            throw new InvalidOperationException($"The {what} of the engine is {engine}, that of the bare loop {raw}. Make the bare loop keep the same data.");
        }
    }

    public static void Expected<T>(string what, T actual, T expected)
    {
        if (!EqualityComparer<T>.Default.Equals(actual, expected))
        {
            throw new InvalidOperationException($"The {what} is {actual} and not {expected}: what is measured is not what is said.");
        }
    }
}
