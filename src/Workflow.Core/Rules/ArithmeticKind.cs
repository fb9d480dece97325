namespace Workflow.Core.Rules;

/// <summary>The operation on two numbers.</summary>
internal enum ArithmeticKind
{
    /// <summary>They are added.</summary>
    Plus = 1,

    /// <summary>The second is taken away from the first.</summary>
    Minus = 2,

    /// <summary>They are multiplied.</summary>
    Times = 3,
}
