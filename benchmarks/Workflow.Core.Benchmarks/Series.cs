namespace Workflow.Core.Benchmarks;

/// <summary>The result of several rounds of one measurement.</summary>
internal sealed class Series
{
    private readonly List<double> _values = [];

    public double Median => Rank(_values, 0.5);

    /// <summary>A quarter of the rounds is below.</summary>
    public double Lower => Rank(_values, 0.25);

    /// <summary>A quarter of the rounds is above.</summary>
    public double Upper => Rank(_values, 0.75);

    /// <summary>Whether the middle half of the rounds reaches further than 10 % to each side.</summary>
    public bool IsNoisy => Upper - Lower > 0.2 * Median;

    public void Add(double value) => _values.Add(value);

    /// <summary>The value that a share of all values does not exceed.</summary>
    public static double Rank(IReadOnlyCollection<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)];
    }
}
