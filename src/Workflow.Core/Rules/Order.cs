namespace Workflow.Core.Rules;

/// <summary>How two values stand to each other. A comparison is the set of those it accepts.</summary>
[Flags]
internal enum Order
{
    /// <summary>The left one comes first.</summary>
    Less = 1,

    /// <summary>They are the same.</summary>
    Equal = 2,

    /// <summary>The right one comes first.</summary>
    Greater = 4,

    /// <summary>They differ, and neither comes first.</summary>
    Unordered = 8,

    /// <summary>The results that <c>&lt;=</c> accepts.</summary>
    LessOrEqual = Less | Equal,

    /// <summary>The results that <c>&gt;=</c> accepts.</summary>
    GreaterOrEqual = Greater | Equal,

    /// <summary>The results that <c>!=</c> accepts.</summary>
    NotEqual = Less | Greater | Unordered,
}
