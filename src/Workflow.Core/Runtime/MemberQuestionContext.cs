using Workflow.Core.Contexts;
using Workflow.Core.Instances;

namespace Workflow.Core.Runtime;

/// <summary>A question for members, as it stood when it was asked. It marks the flow in which the resolver answers.</summary>
/// <param name="turn">The turn that asks.</param>
/// <param name="activity">The activity instance that wants to know.</param>
internal sealed class MemberQuestionContext(CallingTurn turn, ActivityInstance activity) : ICallContext
{
    private volatile bool _isClosed;

    public ActivityInstance Activity => activity;

    /// <summary>The roles and groups whose members are wanted, each once.</summary>
    public IReadOnlyList<Destination> Wanted { get; } =
        [.. activity.MemberQuestion!.Wanted.Where(item => item.IsResolved).Select(item => item.Destination).Distinct()];

    public CallingTurn Turn => turn;

    public bool IsCalling => !_isClosed;

    public int Call => 0;

    public void Close() => _isClosed = true;
}
