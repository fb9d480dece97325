namespace Workflow.Core.Rules;

/// <summary>The words by which messages call the place of a rule.</summary>
internal static class RulePlaceWords
{
    public static string InWords(this RulePlace place) => place switch
    {
        RulePlace.ProcessLine => "line from the start",
        RulePlace.ActivityLine => "line that leaves an activity",
        RulePlace.Preceding => "preceding rule",
        RulePlace.DestinationSet => "destination rule",
        RulePlace.Finish => "finish rule",
        RulePlace.Task => "task",
        RulePlace.Start => "start rule",
        RulePlace.Escalation or RulePlace.ProcessEscalation => "escalation",
        RulePlace.ProcessStart => "start rule of the process",
        _ => "succeeding rule",
    };
}
