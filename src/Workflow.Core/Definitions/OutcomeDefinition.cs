using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>A result that an activity may come to (statement 2.5). Outcomes are asked in order; the first whose rule is true wins (statement 2.6).</summary>
public sealed class OutcomeDefinition
{
    internal OutcomeDefinition(string name, Rule? rule)
    {
        Name = name;
        Rule = rule;
    }

    /// <summary>The name; unique within the activity. It is what the field <c>Outcome</c> holds afterwards.</summary>
    public string Name { get; }

    /// <summary>When the activity comes to it; null is always (statement 2.6).</summary>
    public Rule? Rule { get; }
}
