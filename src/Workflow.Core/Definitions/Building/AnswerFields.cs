using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>What an activity gets by itself when people answer it: the fields that hold the answer and the outcome, and outcomes made of its actions
/// (statements 2.4 and 2.5).</summary>
internal static class AnswerFields
{
    /// <summary>Adds the fields, unless they are declared already.</summary>
    public static IReadOnlyList<Field> AddTo(List<Field> declared, bool hasClientEvent, bool hasOutcomes, ActivityField<string> outcome)
    {
        var all = new List<Field>(declared);
        if (hasClientEvent)
        {
            AddTo(all, ActionResult.Field!);
        }

        if (hasOutcomes)
        {
            AddTo(all, outcome!);
        }

        return all;
    }

    /// <summary>Whether a field has the name of one of the engine's own and is not like it.</summary>
    public static bool IsTaken(Field field)
    {
        Field own = string.Equals(field.Name, ActionResult.Name, StringComparison.Ordinal) ? ActionResult.Field! : Outcome.Field!;
        return string.Equals(field.Name, own.Name, StringComparison.Ordinal) && (field.Scope != own.Scope || field.Shape != own.Shape);
    }

    /// <summary>An outcome for each action that finishes; one that two events share makes one.</summary>
    public static IEnumerable<OutcomeDefinition> OutcomesOf(IEnumerable<EventDraft> events) => events
        .OfType<ClientEventDraft>()
        .SelectMany(item => item.Builder.Actions)
        .Where(action => action.Kind is ActionKind.Finish)
        .Select(action => action.Name)
        .Distinct(StringComparer.Ordinal)
        .Select(action => new OutcomeDefinition(action, Answers.AllSlots == action));

    private static void AddTo(List<Field> all, Field field)
    {
        if (!all.Exists(other => other.Scope == field.Scope && string.Equals(other.Name, field.Name, StringComparison.Ordinal)))
        {
            all.Add(field);
        }
    }
}
