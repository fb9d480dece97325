using Workflow.Core.Contexts;
using Workflow.Core.Instances;

namespace Workflow.Core.Runtime;

/// <summary>The question of a destination rule, as it stood when it was asked.</summary>
/// <param name="Turn">The turn that asks.</param>
/// <param name="Activity">The activity instance that wants to know.</param>
internal sealed record MemberQuestionContext(CallingTurn Turn, ActivityInstance Activity) : QuestionContext(Turn)
{
    /// <summary>The question.</summary>
    public MemberQuestion Question { get; } = Activity.MemberQuestion!;

    /// <summary>Of destinations, the roles and groups whose members are wanted, each once.</summary>
    public static IReadOnlyList<Destination> Resolved(IReadOnlyList<WantedDestination> wanted) =>
        [.. wanted.Where(item => item.IsResolved).Select(item => item.Destination).Distinct()];
}
