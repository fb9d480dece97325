using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>The implicit parts of an activity with answers (statements 2.4 and 2.5). They are the fields for the answer and the outcome, and the outcomes made
/// of its actions.</summary>
internal static class AnswerFields
{
    /// <summary>Adds the fields, unless they are declared already.</summary>
    public static IReadOnlyList<Field> AddTo(List<Field> declared, bool takesAnswers, bool hasOutcomes, ActivityField<string> outcome)
    {
        var all = new List<Field>(declared);
        if (takesAnswers)
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

    /// <summary>Whether two fields are the same one by scope and name.</summary>
    public static bool IsSame(Field one, Field other) => one.Scope == other.Scope && string.Equals(one.Name, other.Name, StringComparison.Ordinal);

    /// <summary>An outcome for each action that finishes, and for each answer of an outside system; one that two events share makes one.</summary>
    public static IEnumerable<OutcomeDefinition> OutcomesOf(IEnumerable<EventDraft> events) => events
        .SelectMany(item => item.FinalAnswers)
        .Distinct(StringComparer.Ordinal)
        .Select(answer => new OutcomeDefinition(answer, Answers.AllSlots == answer));

    /// <summary>The names that answers and outcomes of the activity can have, and so be compared with (statement 13.4).</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="only">The event whose answers the rule sees; null for those of all events.</param>
    public static AnswerNames NamesOf(ActivityBuilder activity, EventDraft? only = null)
    {
        var actions = activity.Events
            .Where(item => only is null || ReferenceEquals(item, only))
            .SelectMany(item => item.Answers)
            .ToArray();
        return new AnswerNames(
            actions.Length == 0 ? null : [.. actions.Concat(Initial(activity, ActionResult.Field!)).Distinct(StringComparer.Ordinal)],
            activity.Outcomes.Count == 0 || Written(activity, Outcome.Field!) is not { } written
                ? null
                :
                [
                    .. activity.Outcomes.Select(outcome => outcome.Name)
                        .Concat(Initial(activity, Outcome.Field!))
                        .Concat(written)
                        .Distinct(StringComparer.Ordinal),
                ]);
    }

    /// <summary>The value of a field as long as nothing has written it.</summary>
    private static IEnumerable<string> Initial(ActivityBuilder activity, Field field) => activity.AllFields
        .Where(other => IsSame(other, field))
        .Select(other => other.InitialValue.Reference)
        .OfType<string>();

    /// <summary>The values to which actions set a field; null where only data tell. It is not asked of <c>Action Result</c>, which holds the name of the action
    /// whatever it sets (statement 2.2).</summary>
    private static IReadOnlyList<string>? Written(ActivityBuilder activity, Field field)
    {
        var sets = activity.Events
            .OfType<ClientEventDraft>()
            .SelectMany(task => task.Builder.Actions)
            .SelectMany(action => action.AllSets)
            .Where(set => IsSame(set.Field, field))
            .ToList();
        return sets.Exists(set => set.OnlyTexts is null) ? null : [.. sets.SelectMany(set => set.OnlyTexts!)];
    }

    private static void AddTo(List<Field> all, Field field)
    {
        if (!all.Exists(other => IsSame(other, field)))
        {
            all.Add(field);
        }
    }
}
