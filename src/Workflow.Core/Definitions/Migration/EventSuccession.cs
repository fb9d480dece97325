using System.Diagnostics;

namespace Workflow.Core.Definitions.Migration;

/// <summary>The successor of an event in another version.</summary>
/// <param name="Position">Its new position in its activity.</param>
/// <param name="Definition">The event as it is.</param>
/// <param name="Actions">The new names of its actions or answers, by their old ones.</param>
/// <param name="Escalations">The new names of its escalations, by their old ones.</param>
internal sealed record EventSuccession(
    int Position, EventDefinition Definition, IReadOnlyDictionary<string, string> Actions, IReadOnlyDictionary<string, string> Escalations)
{
    /// <summary>Of each event of an activity its successor; null where it has none.</summary>
    public static EventSuccession?[] Of(NameMatch names, ActivityDefinition from, ActivityDefinition to)
    {
        string[] within = [from.Name];
        var successors = names.Match(ElementKind.Event, within, from.EventArray.Select(item => item.Name), to.EventArray.Select(item => item.Name));
        return [.. from.EventArray.Select(item => successors.TryGetValue(item.Name, out var successor) ? Of(names, from, item, to, successor) : null)];
    }

    private static EventSuccession? Of(NameMatch names, ActivityDefinition activity, EventDefinition item, ActivityDefinition to, string successor)
    {
        var position = Array.FindIndex(to.EventArray, candidate => candidate.Name == successor);
        var now = to.EventArray[position];
        if (now.GetType() != item.GetType())
        {
            names.Missing(
                ElementKind.Event, [activity.Name], item.Name,
                $"it is {Word(item)}, and '{Names.Printable(successor)}' of {names.New} is {Word(now)}", "8.8b");
            return null;
        }

        string[] within = [activity.Name, item.Name];
        return new EventSuccession(
            position,
            now,
            names.Match(ElementKind.Action, within, ActionsOf(item), ActionsOf(now)),
            names.Match(ElementKind.Escalation, within, Succession.NamesOf(item.EscalationArray), Succession.NamesOf(now.EscalationArray)));
    }

    private static IEnumerable<string> ActionsOf(EventDefinition item) =>
        item is ClientEventDefinition task ? task.ActionArray.Select(action => action.Name) : item.FinalAnswers;

    private static string Word(EventDefinition item) => item switch
    {
        ClientEventDefinition => "a client event",
        ServerEventDefinition => "a server event",
        IpcEventDefinition => "an IPC event",
        SignalEventDefinition => "a wait for a signal",
        _ => throw new UnreachableException(),
    };
}
