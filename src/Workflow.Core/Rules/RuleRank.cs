namespace Workflow.Core.Rules;

/// <summary>How tightly a rule binds when it is written down, tightest first, as the operators do in C#.</summary>
internal enum RuleRank
{
    /// <summary>Something in brackets of its own, or a negation.</summary>
    Primary = 0,

    /// <summary>A comparison.</summary>
    Comparison = 1,

    /// <summary>And.</summary>
    And = 2,

    /// <summary>Xor.</summary>
    Xor = 3,

    /// <summary>Or.</summary>
    Or = 4,
}
