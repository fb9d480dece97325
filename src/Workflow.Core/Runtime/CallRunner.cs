using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Calls the code of server events, and turns what becomes of it into inputs.</summary>
internal sealed class CallRunner
{
    /// <summary>How often an event is called again whose host died while it ran, before the instance goes into Error (statement 13.2).</summary>
    public const int MostRepeats = 5;

    /// <summary>What the error says then.</summary>
    public const string TooOftenInterrupted =
        "The host ended every time while the code of this event ran, five repetitions included (statement 13.2). Find out why the code takes its host down, then retry.";

    private readonly WorkflowOptions _options;
    private readonly CallCancellation _cancellation;
    private readonly HostCode _host;

    /// <summary>What told the last pure code that returned at once; null for none.</summary>
    private HostWait? _spare;

    public CallRunner(WorkflowOptions options, CallCancellation cancellation, HostCode host)
    {
        _options = options;
        _cancellation = cancellation;
        _host = host;
    }

    /// <summary>Calls the code once. Pure code that returns at once costs no state machine and no thread of its own.</summary>
    /// <param name="definition">The event.</param>
    /// <param name="context">What the code sees.</param>
    /// <param name="frame">Knows for which instances the code waits.</param>
    public ValueTask<CallResult> CallAsync(ServerEventDefinition definition, ServerEventContext context, CallFrame frame)
    {
        var cancelled = _cancellation.Token;
        return definition.IsPure ? CallInPlace(definition, context, frame, cancelled) : CallElsewhereAsync(definition, context, frame, cancelled);
    }

    /// <summary>Pure code is called where the engine works, which is never in a context of the caller.</summary>
    private ValueTask<CallResult> CallInPlace(ServerEventDefinition definition, ServerEventContext context, CallFrame frame, CancellationToken cancelled)
    {
        if (cancelled.IsCancellationRequested)
        {
            return new ValueTask<CallResult>(CallResult.Interrupted);
        }

        if (_host.RefusedFor(definition) is var abandoned and > 0)
        {
            var refused = new HostAnswer<bool>(HostEnd.Refused, Abandoned: abandoned);
            return new ValueTask<CallResult>(ResultOf(refused, context, frame));
        }

        // Nothing is to be made anew for code that returns at once, so what tells it is used again.
        var wait = Interlocked.Exchange(ref _spare, null);
        if (wait?.IsFreshFor(cancelled) is not true)
        {
            wait?.Close();
            wait = _host.WaitInPlace(_options.ServerEventTimeout, cancelled);
        }

        ValueTask running;
        try
        {
            running = Begin(definition, context, wait.Token);
        }
#pragma warning disable CA1031 // Whatever user code throws puts its instance into Error, and never the host.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            running = ValueTask.FromException(exception);
        }

        if (!running.IsCompletedSuccessfully)
        {
            return WaitAsync(running, wait, definition, context, frame, cancelled);
        }

        Interlocked.Exchange(ref _spare, wait)?.Close();
        context.Close();
        return default;
    }

    private async ValueTask<CallResult> WaitAsync(
        ValueTask running, HostWait wait, ServerEventDefinition definition, ServerEventContext context, CallFrame frame, CancellationToken cancelled)
    {
        var call = new Call(this, definition, context);
        wait.Begin();
        return ResultOf(await _host.WaitAsync(call, EndAsync(running), wait, cancelled).ConfigureAwait(false), context, frame);
    }

    private async ValueTask<CallResult> CallElsewhereAsync(
        ServerEventDefinition definition, ServerEventContext context, CallFrame frame, CancellationToken cancelled)
    {
        var call = new Call(this, definition, context);
        return ResultOf(await _host.CallAsync(call, _options.ServerEventTimeout, cancelled).ConfigureAwait(false), context, frame);
    }

    private CallResult ResultOf(in HostAnswer<bool> answer, ServerEventContext context, CallFrame frame)
    {
        context.Close();
        return answer.End switch
        {
            HostEnd.Returned => CallResult.Returned,
            HostEnd.Interrupted => CallResult.Interrupted,
            HostEnd.Threw => Failed(context, ErrorText.Of(answer.Exception!), answer.Exception!.GetType().Name),
            HostEnd.TookTooLong => Failed(
                context,
                $"The code has not returned within {_options.ServerEventTimeout}.{frame.WaitsFor()} Make it wait with WaitUntilFinished, or raise WorkflowOptions.ServerEventTimeout.",
                nameof(TimeoutException)),
            _ => Failed(
                context,
                $"The code was not called: {answer.Abandoned.Invariant()} of its earlier calls took too long and have not ended yet, and {AbandonedCalls.Most.Invariant()} such calls are the most "
                    + "that an engine bears (statement 14.7b). Find out where the code hangs and make it heed its cancellation token, and retry once the calls have ended.",
                ""),
        };
    }

    private static CallResult Failed(ServerEventContext context, string message, string type) =>
        new(IsInterrupted: false, new Input.ServerEventThrew(context.Destination, message, type));

    private ValueTask Begin(ServerEventDefinition definition, ServerEventContext context, CancellationToken cancelled) =>
        _options.ServerEventInterceptor is { } interceptor
            ? interceptor(context, definition.Code, cancelled)
            : definition.Code(context, cancelled);

    private static async Task<bool> EndAsync(ValueTask running)
    {
        await running.ConfigureAwait(false);
        return true;
    }

    /// <summary>One call of the code of a server event.</summary>
    private sealed class Call(CallRunner runner, ServerEventDefinition definition, ServerEventContext context) : HostCall<bool>
    {
        public override object Element => definition;

        public override string Name => $"server event '{context.Event}' of activity '{context.Activity}' in process instance {context.ProcessInstance}";

        public override ValueTask<bool> BeginAsync(CancellationToken cancellation)
        {
            var running = runner.Begin(definition, context, cancellation);
            return running.IsCompletedSuccessfully ? new ValueTask<bool>(true) : new ValueTask<bool>(EndAsync(running));
        }
    }
}
