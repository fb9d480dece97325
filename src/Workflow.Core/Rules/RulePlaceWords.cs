namespace Workflow.Core.Rules;

/// <summary>The words that messages use for the place of a rule, with their article.</summary>
internal static class RulePlaceWords
{
    public static string InWords(this RulePlace place) => place switch
    {
        RulePlace.ProcessLine => "a line from the start",
        RulePlace.ActivityLine => "a line that leaves an activity",
        RulePlace.Preceding => "a preceding rule",
        RulePlace.DestinationSet => "a destination rule",
        RulePlace.Finish => "a finish rule",
        RulePlace.Task => "a task",
        RulePlace.Start => "a start rule",
        RulePlace.Milestone => "a milestone",
        RulePlace.Escalation or RulePlace.ProcessEscalation => "an escalation",
        RulePlace.ProcessStart => "a start rule of the process",
        RulePlace.SubProcess => "a value for a sub-process",
        RulePlace.Action => "an action",
        _ => "a succeeding rule",
    };
}
