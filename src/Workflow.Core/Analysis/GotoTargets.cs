using Workflow.Core.Definitions;

namespace Workflow.Core.Analysis;

/// <summary>The activities that a definition enters with a goto, and not along a line. The code of events and escalations may go anywhere.</summary>
internal static class GotoTargets
{
    /// <summary>Those that the process enters: with its finish rule, its withdrawal and its escalations.</summary>
    public static IEnumerable<int> OfProcess(ProcessDefinition definition)
    {
        if (definition.FinishRule is { } finish)
        {
            yield return finish.Target;
        }

        foreach (var name in Gotos(definition.EscalationArray).Append(definition.Withdrawal?.Activity).OfType<string>())
        {
            yield return definition.Find(name)!.Ordinal;
        }
    }

    /// <summary>Those that an activity enters: with its escalations, and those and the actions of its events.</summary>
    public static IEnumerable<int> Of(ProcessDefinition definition, ActivityDefinition activity)
    {
        var ofActions = activity.EventArray.OfType<ClientEventDefinition>().SelectMany(task => task.ActionArray).Select(action => action.Goto?.Activity);
        return Gotos(activity.EscalationArray)
            .Concat(activity.EventArray.SelectMany(item => Gotos(item.EscalationArray)))
            .Concat(ofActions.OfType<string>())
            .Select(name => definition.Find(name)!.Ordinal);
    }

    private static IEnumerable<string> Gotos(EscalationDefinition[] escalations) =>
        escalations.Select(escalation => (escalation.Action as EscalationAction.GoTo)?.Request.Activity).OfType<string>();
}
