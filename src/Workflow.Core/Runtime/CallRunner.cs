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

    public CallRunner(WorkflowOptions options, CallCancellation cancellation)
    {
        _options = options;
        _cancellation = cancellation;
    }

    /// <summary>Calls the code once. Code that returns at once costs no state machine.</summary>
    public ValueTask<CallResult> CallAsync(ServerEventDefinition definition, ServerEventContext context)
    {
        var cancelled = _cancellation.Token;
        if (cancelled.IsCancellationRequested)
        {
            return new ValueTask<CallResult>(CallResult.Interrupted);
        }

        ValueTask running;
        try
        {
            running = Begin(definition, context, cancelled);
        }
#pragma warning disable CA1031 // Whatever user code throws puts its instance into Error, and never the host.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            running = ValueTask.FromException(exception);
        }

        if (!running.IsCompletedSuccessfully)
        {
            return WaitAsync(running, context, cancelled);
        }

        context.Close();
        return default;
    }

    private async ValueTask<CallResult> WaitAsync(ValueTask running, ServerEventContext context, CancellationToken cancelled)
    {
        try
        {
            await EndAsync(running, cancelled).ConfigureAwait(false);
            return CallResult.Returned;
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            return CallResult.Interrupted;
        }
#pragma warning disable CA1031 // Whatever user code throws puts its instance into Error, and never the host.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new CallResult(IsInterrupted: false, new Input.ServerEventThrew(context.Destination, ErrorText.Of(exception), exception.GetType().Name));
        }
        finally
        {
            context.Close();
        }
    }

    private ValueTask Begin(ServerEventDefinition definition, ServerEventContext context, CancellationToken cancelled) =>
        _options.ServerEventInterceptor is { } interceptor
            ? interceptor(context, definition.Code, cancelled)
            : definition.Code(context, cancelled);

    /// <summary>Waits for code that has not returned at once, as long as it may take. Code that does not heed the cancellation is left behind.</summary>
    private async ValueTask EndAsync(ValueTask running, CancellationToken cancelled)
    {
        var task = running.AsTask();
        using var limit = new CancellationTokenSource(_options.ServerEventTimeout, _options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancelled);
        try
        {
            await task.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancelled.IsCancellationRequested)
        {
            if (task.IsCompleted)
            {
                await task.ConfigureAwait(false);
                return;
            }

            throw new TimeoutException(
                $"The code has not returned within {_options.ServerEventTimeout}. Make it wait with WaitUntilFinished, or raise WorkflowOptions.ServerEventTimeout.");
        }
    }
}
