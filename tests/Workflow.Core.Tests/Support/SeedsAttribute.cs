using System.Globalization;

namespace Workflow.Core.Tests.Support;

/// <summary>Runs a test with seeds from 1 on. They are the same in each run. The environment variable WORKFLOW_SEEDS, 1 unless set, says how many times as many
/// there are, and WORKFLOW_FIRST_SEED begins with another one, so that a long run can come in pieces.</summary>
/// <param name="count">How many there usually are.</param>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class SeedsAttribute(int count) : RangeAttribute(First, First - 1 + (count * Times))
{
    /// <summary>How many there usually are.</summary>
    public int Count { get; } = count;

    private static int Times => Read("WORKFLOW_SEEDS");

    private static int First => Read("WORKFLOW_FIRST_SEED");

    private static int Read(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
        ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
        : 1;
}
