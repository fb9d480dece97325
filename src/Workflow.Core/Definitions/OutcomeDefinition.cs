using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>A possible result of an activity (statement 2.5). The engine checks outcomes in order, and the first true one wins (statement 2.6).</summary>
public sealed class OutcomeDefinition
{
    internal OutcomeDefinition(string name, Rule? rule)
    {
        Name = name;
        Rule = rule;
    }

    /// <summary>The name; unique within the activity. It is the value of the field <c>Outcome</c> afterwards.</summary>
    public string Name { get; }

    /// <summary>The condition of the outcome; null is always (statement 2.6).</summary>
    public Rule? Rule { get; }
}
