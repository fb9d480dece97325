using Workflow.Core.Contexts;

namespace Workflow.Core.Runtime;

/// <summary>A question to the resolver, as it stood when it was asked. It marks the flow in which the resolver answers.</summary>
/// <param name="Turn">The turn that asks.</param>
internal abstract record QuestionContext(CallingTurn Turn) : ICallContext
{
    private volatile bool _isClosed;

    public bool IsCalling => !_isClosed;

    public int Call => 0;

    public void Close() => _isClosed = true;
}
