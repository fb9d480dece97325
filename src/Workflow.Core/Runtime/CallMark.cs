using Workflow.Core.Contexts;

namespace Workflow.Core.Runtime;

/// <summary>Marks the flow of a question to the resolver, or of a chain of pure code.</summary>
internal sealed class CallMark(CallingTurn turn) : ICallMark
{
    private volatile bool _isCalling;

    public CallingTurn Turn => turn;

    public bool IsCalling => _isCalling;

    public int Call { get; private set; }

    public void Begin()
    {
        Call++;
        _isCalling = true;
    }

    public void End() => _isCalling = false;
}
