using System.Threading.Tasks.Sources;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;

namespace Workflow.Core.Runtime;

/// <summary>One call of the code of a server event. It is used again for the next call when the code returned at once.</summary>
internal sealed class ServerEventCall : HostCall<bool>, IValueTaskSource<CallResult>
{
    private ServerEventCalls _runner = null!;
    private ServerEventDefinition _definition = null!;
    private ServerEventContext _context = null!;
    private ICallMark _mark = null!;

    public override object Element => _definition;

    public override string Name => $"server event '{_context.Event}' of activity '{_context.Activity}' in process instance {_context.ProcessInstance}";

    /// <summary>The result that the caller awaits, once.</summary>
    public ValueTask<CallResult> Result => new(this, Version);

    /// <summary>Whether nothing refers to it, so that the next call can use it.</summary>
    public bool IsSpare { get; private set; } = true;

    public void Of(ServerEventCalls runner, ServerEventDefinition definition, ServerEventContext context, ICallMark mark)
    {
        _runner = runner;
        _definition = definition;
        _context = context;
        _mark = mark;
        IsSpare = false;
    }

    /// <summary>Forgets the event of the call.</summary>
    public void Forget() => (_runner, _definition, _context, _mark) = (null!, null!, null!, null!);

    /// <summary>Waits for code that was called in place and has not returned.</summary>
    public void WaitFor(ValueTask running) => WaitFor(new ValueTask<bool>(EndAsync(running)));

    CallResult IValueTaskSource<CallResult>.GetResult(short token)
    {
        var result = _runner.ResultOf(GetResult(token), _definition, _context, _mark);
        IsSpare = HasReturnedAtOnce;
        return result;
    }

    protected override ValueTask<bool> BeginAsync(CancellationToken cancellation)
    {
        var running = _runner.Begin(_definition, _context, cancellation);
        return running.IsCompletedSuccessfully ? new ValueTask<bool>(true) : new ValueTask<bool>(EndAsync(running));
    }

    private static async Task<bool> EndAsync(ValueTask running)
    {
        await running.ConfigureAwait(false);
        return true;
    }
}
