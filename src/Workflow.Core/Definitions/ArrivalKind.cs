namespace Workflow.Core.Definitions;

/// <summary>The arrivals that a join counts (statement 13.1).</summary>
public enum ArrivalKind
{
    /// <summary>One along each line.</summary>
    All = 1,

    /// <summary>One along each of a number of lines.</summary>
    AtLeast = 2,

    /// <summary>A number along one line.</summary>
    AlongOneLine = 3,

    /// <summary>All that can still come.</summary>
    AllThatCanCome = 4,
}
