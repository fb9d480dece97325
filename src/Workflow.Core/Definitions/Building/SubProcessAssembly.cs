using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>Builds the start of another process from its draft, and collects the problems (statements 7.7 to 7.13).</summary>
internal static class SubProcessAssembly
{
    /// <param name="problems">Collects the problems.</param>
    /// <param name="element">The event, in words.</param>
    /// <param name="draft">The draft.</param>
    /// <param name="slots">The number of slots of its activity, bound; its list gives the slots their data.</param>
    /// <param name="binder">Binds what it sends and receives.</param>
    /// <param name="succeedingRule">The succeeding rule, bound.</param>
    /// <param name="escalations">The escalations, bound.</param>
    public static IpcEventDefinition Build(
        DefinitionProblems problems, string element, IpcEventDraft draft, SlotAllocation slots, RuleBinder binder, Rule? succeedingRule,
        EscalationDefinition[] escalations)
    {
        var builder = draft.Builder;
        problems.AddIf(
            Names.Problem(draft.ChildProcess) is not null, element, "it names no process that it starts", "7.7",
            "Give the name of the other process definition.");
        CheckFields(problems, element, builder, slots);
        var definition = new IpcEventDefinition(
            draft.Name, draft.ChildProcess, succeedingRule, escalations, [.. builder.Sent.Select(sent => sent.Bind(binder))],
            [.. builder.Received.Select(received => Received(received, binder))])
        {
            ChildVersion = builder.Version,
            WaitsForChild = builder.Waits,
            Folio = builder.FolioText?.Bind(binder),
            Identity = builder.Identity,
            EndsWithParent = builder.EndsWithIt,
            WhenDeleted = builder.Deleted,
        };
        problems.Take(element, binder);
        return definition;
    }

    private static void CheckFields(DefinitionProblems problems, string element, SubProcessBuilder builder, SlotAllocation slots)
    {
        foreach (var twice in builder.Sent.GroupBy(sent => sent.Field, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            problems.Add(element, $"it sends two values to '{twice.Key}', and only the last one would hold", "7.8", "Leave one of them out.");
        }

        foreach (var twice in builder.Received.GroupBy(item => item.Received.Into, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            problems.Add(element, $"it receives two values into '{twice.Key}', and only the last one would hold", "7.8", "Leave one of them out.");
        }

        if (!builder.Waits)
        {
            var (statement, what) = builder.Exchanged.Count > 0
                ? ("7.8", $"it exchanges '{builder.Exchanged[0]}' with the sub-process")
                : ("7.8b", "it receives values of the sub-process");
            problems.AddIf(
                builder.Received.Count > 0, element, $"{what}, and does not wait for it", statement,
                "Leave GoOn() out, or only send. A server event can read the sub-process later.");
            problems.AddIf(
                builder.Deleted is not ChildDeleted.Fails, element, "it says what happens when the sub-process is deleted, and does not wait for it", "7.11",
                "Leave GoOn() or WhenDeleted(...) out.");
        }

        foreach (var sent in builder.Sent.Where(sent => sent.IsSlotData))
        {
            if (slots.Source is not { List.Shape: var list })
            {
                problems.Add(
                    element, $"it sends the data of the slot to '{sent.Field}', and the slots of its activity have none", "4.7",
                    "Plan per slot, with Slots.ForEach(...) or Slots.Number(..., data).");
                continue;
            }

            problems.AddIf(
                sent.Shape != list with { IsList = false }, element,
                $"it sends the data of the slot to '{sent.Field}', which holds {sent.Shape}, and the elements of the list are {list.Type}", "7.8",
                "Use a field of the same type.");
        }
    }

    /// <summary>The field that receives must be one of those that the activity can write.</summary>
    private static ReceivedField Received((ReceivedField Received, Field Into) item, RuleBinder binder)
    {
        binder.Locate(item.Into);
        return item.Received;
    }
}
