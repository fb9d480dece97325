namespace Workflow.Core.Rules;

/// <summary>The aggregates (statement 3.5).</summary>
internal enum AggregateKind
{
    /// <summary>Everything added; 0 over nothing.</summary>
    Sum = 1,

    /// <summary>The least; null over nothing.</summary>
    Minimum = 2,

    /// <summary>The greatest; null over nothing.</summary>
    Maximum = 3,

    /// <summary>The sum divided by the count; null over nothing.</summary>
    Average = 4,

    /// <summary>How many values there are.</summary>
    Count = 5,
}
