using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Calls the code of server events, and turns what becomes of it into inputs.</summary>
internal sealed class CallRunner
{
    private readonly WorkflowOptions _options;
    private readonly CancellationToken _shutdown;

    public CallRunner(WorkflowOptions options, CancellationToken shutdown)
    {
        _options = options;
        _shutdown = shutdown;
    }

    /// <summary>Calls the code once.</summary>
    /// <returns>What happened; null when the engine shuts down and the call is to be made again another time (statement 14.4).</returns>
    public async ValueTask<Input?> CallAsync(ServerEventDefinition definition, ServerEventContext context)
    {
        if (_shutdown.IsCancellationRequested)
        {
            return null;
        }

        try
        {
            var running = Begin(definition, context);
            if (!running.IsCompletedSuccessfully)
            {
                await EndAsync(running).ConfigureAwait(false);
            }

            return new Input.ServerEventReturned(context);
        }
        catch (OperationCanceledException) when (_shutdown.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // Whatever user code throws puts its instance into Error, and never the host.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new Input.ServerEventThrew(context.Destination, exception.Message, exception.GetType().Name);
        }
        finally
        {
            context.Close();
        }
    }

    private ValueTask Begin(ServerEventDefinition definition, ServerEventContext context) => _options.ServerEventInterceptor is { } interceptor
        ? interceptor(context, definition.Code, _shutdown)
        : definition.Code(context, _shutdown);

    /// <summary>Waits for code that has not returned at once, as long as it may take. Code that does not heed the cancellation is left behind.</summary>
    private async ValueTask EndAsync(ValueTask running)
    {
        var task = running.AsTask();
        using var limit = new CancellationTokenSource(_options.ServerEventTimeout, _options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _shutdown);
        try
        {
            await task.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !task.IsCompleted)
        {
            throw new TimeoutException(
                $"The code has not returned within {_options.ServerEventTimeout}. Make it wait with WaitUntilFinished, or raise WorkflowOptions.ServerEventTimeout.");
        }
    }
}
