using Workflow.Core.Contexts;
using Workflow.Core.Instances;

namespace Workflow.Core.Runtime;

/// <summary>A question for members, as it stood when it was asked.</summary>
/// <param name="Turn">The turn that asks.</param>
/// <param name="Activity">The activity instance that wants to know.</param>
internal sealed record MemberQuestionContext(CallingTurn Turn, ActivityInstance Activity) : QuestionContext(Turn)
{
    /// <summary>The roles and groups whose members are wanted, each once.</summary>
    public IReadOnlyList<Destination> Wanted { get; } =
        [.. Activity.MemberQuestion!.Wanted.Where(item => item.IsResolved).Select(item => item.Destination).Distinct()];
}
