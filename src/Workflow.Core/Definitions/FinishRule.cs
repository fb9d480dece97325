using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>Asked once everything is done: when true, the process does not complete but goes to an activity again (statement 10.9).</summary>
public sealed class FinishRule
{
    internal FinishRule(Rule rule, string activity, int target)
    {
        Rule = rule;
        Activity = activity;
        Target = target;
    }

    /// <summary>The condition for going to the activity.</summary>
    public Rule Rule { get; }

    /// <summary>The activity to go to.</summary>
    public string Activity { get; }

    internal int Target { get; }
}
