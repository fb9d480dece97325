namespace Workflow.Core.Planning;

/// <summary>The answer to a question where the definition has no rule for it (statements 0.2, 2.7 and 10.9).</summary>
internal enum RuleDefault
{
    /// <summary>Lines, preceding rules, outcomes and all succeeding rules but those below.</summary>
    True,

    /// <summary>The finish rule.</summary>
    False,

    /// <summary>The succeeding rule of a task without outcomes: all its slots are completed.</summary>
    AllSlotsCompleted,

    /// <summary>With outcomes, the succeeding rule of an activity, and that of its task in plan just once: an outcome is true.</summary>
    AnyOutcome,
}
