using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Planning;

/// <summary>The questions that an activity instance asks its destination rule.</summary>
internal static class DestinationQuestions
{
    /// <summary>The destinations that the rule names with the present data, with roles and groups unresolved, and its questions by name (statements 4.1 and
    /// 4.8b).</summary>
    /// <exception cref="RuleFailure">The rule threw.</exception>
    public static (List<WantedDestination> Wanted, List<AskedQuestion>? Asked) Wanted(ActivityDefinition definition, ActivityInstance activity) =>
        Question.OfDestinations(definition, activity).Read(definition.DestinationRule, static (rule, in scope) => DestinationSets.Collect(rule, scope));

    /// <summary>Those whom the rule leaves out as the data are now (statement 4.10); null where it leaves out nobody.</summary>
    /// <exception cref="RuleFailure">The rule threw.</exception>
    public static List<LeftOut>? LeftOut(ActivityDefinition definition, ActivityInstance activity) => definition.DestinationRule.LeavesOut
        ? Question.OfDestinations(definition, activity).Read(definition.DestinationRule, static (rule, in scope) => DestinationSets.LeftOut(rule, scope))
        : null;

    /// <summary>The question for the list that gives slots their instance data (statement 4.7).</summary>
    /// <exception cref="RuleFailure">An argument threw.</exception>
    public static NamedQuestion List(ActivityDefinition definition, ActivityInstance activity, QuestionDefinition question) =>
        Question.OfDestinations(definition, activity).ReadAnew(question, static (question, in scope) => question.Read(scope));

    /// <summary>The destinations to make, with their slots (statements 4.4 to 4.7).</summary>
    /// <param name="definition">The definition of the activity.</param>
    /// <param name="activity">The activity instance.</param>
    /// <param name="destinations">The destinations that it found.</param>
    /// <param name="list">The answer of the resolver, where a question gives the list of instance data.</param>
    /// <param name="limit">How many slots and destinations there may be at most.</param>
    /// <exception cref="RuleFailure">The rule threw, or names more than the limit.</exception>
    public static DestinationPlan Plan(
        ActivityDefinition definition, ActivityInstance activity, IReadOnlyList<Destination> destinations, in FieldValue list, int limit) =>
        Question.OfDestinations(definition, activity).Read(
            (definition.DestinationRule, destinations, list, limit),
            static (source, in scope) => DestinationPlanner.Plan(source.DestinationRule, source.destinations, source.list, source.limit, scope));
}
