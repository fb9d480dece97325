namespace Workflow.Core.Rules;

/// <summary>The possible names of the answers and the outcome of an activity. A rule that compares with anything else is a misspelling (statement
/// 13.4).</summary>
/// <param name="Actions">The possible values of <c>Action Result</c>; null when the activity has no task that writes it, so that nothing can be said.</param>
/// <param name="Outcomes">The possible values of <c>Outcome</c>; null when the activity has no outcomes, so that nothing can be said.</param>
internal sealed record AnswerNames(IReadOnlyList<string>? Actions, IReadOnlyList<string>? Outcomes)
{
    /// <summary>The names that a field can hold; null when that is not known.</summary>
    public IReadOnlyList<string>? Of(Field field) => field switch
    {
        { Scope: FieldScope.Activity, Name: Outcome.Name } => Outcomes,
        { Scope: FieldScope.Destination, Name: ActionResult.Name } => Actions,
        _ => null,
    };
}
