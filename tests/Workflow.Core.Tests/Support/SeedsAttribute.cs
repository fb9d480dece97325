using System.Globalization;

namespace Workflow.Core.Tests.Support;

/// <summary>Runs a test with seeds from 1 on. They are the same in each run. The environment variable WORKFLOW_SEEDS, 1 unless set, says how many times as many
/// there are.</summary>
/// <param name="count">How many there usually are.</param>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class SeedsAttribute(int count) : RangeAttribute(1, count * Times)
{
    /// <summary>How many there usually are.</summary>
    public int Count { get; } = count;

    private static int Times => Environment.GetEnvironmentVariable("WORKFLOW_SEEDS") is { Length: > 0 } text
        ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
        : 1;
}
