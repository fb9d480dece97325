using System.Globalization;

namespace Workflow.Core.Client;

/// <summary>A count that goes no further than it was told, so that it costs a limited time (statement 13.10).</summary>
/// <param name="Count">How many were counted.</param>
/// <param name="OrMore">Whether there may be more.</param>
public readonly record struct BoundedCount(int Count, bool OrMore)
{
    /// <summary>The count in words.</summary>
    /// <returns>For example <c>42</c>, or <c>10,000 or more</c>.</returns>
    public override string ToString() => Count.ToString("N0", CultureInfo.InvariantCulture) + (OrMore ? " or more" : "");

    internal static BoundedCount Of(int counted, int atMost) => new(counted, counted >= atMost);
}
