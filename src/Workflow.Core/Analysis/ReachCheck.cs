using Workflow.Core.Definitions;

namespace Workflow.Core.Analysis;

/// <summary>Finds activities that no line leads to from the start of the process. The finish rule, escalations, actions and a withdrawal lead to
/// activities as well. So may code.</summary>
internal sealed class ReachCheck : DefinitionCheck
{
    public override IEnumerable<Finding> Find(ProcessDefinition definition)
    {
        var isReached = new bool[definition.ActivityArray.Length];
        var next = new Queue<int>(definition.StartLines.Select(line => line.Target).Concat(GotoTargets.OfProcess(definition)));
        while (next.TryDequeue(out var ordinal))
        {
            if (!isReached[ordinal])
            {
                isReached[ordinal] = true;
                Array.ForEach(definition.ActivityArray[ordinal].OutgoingLines, line => next.Enqueue(line.Target));
                foreach (var target in GotoTargets.Of(definition, definition.ActivityArray[ordinal]))
                {
                    next.Enqueue(target);
                }
            }
        }

        return definition.ActivityArray.Where(activity => !isReached[activity.Ordinal]).Select(activity => Of(definition, activity));
    }

    private static bool MayCodeGoThere(ProcessDefinition definition) =>
        definition.ActivityArray.Any(activity => activity.EventArray.Any(item => item is ServerEventDefinition || HasCode(item.EscalationArray))
            || HasCode(activity.EscalationArray))
        || HasCode(definition.EscalationArray);

    private static bool HasCode(EscalationDefinition[] escalations) => Array.Exists(escalations, escalation => escalation.Action is EscalationAction.Run);

    private static Finding Of(ProcessDefinition definition, ActivityDefinition activity) => new(
        FindingIds.ActivityNotReached,
        FindingSeverity.Warning,
        PathOf(activity),
        (Array.Exists(definition.LineArray, line => line.Target == activity.Ordinal)
            ? "only activities that are never reached have lines to it, so it never runs"
            : "no line leads to it, so it never runs")
        + (MayCodeGoThere(definition) ? ", unless code goes there" : ""),
        "Draw a line to it with To(...) or On(...), begin with it with StartsWith(...), or leave it out.");
}
