using Microsoft.Extensions.Logging;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Calls the code of server events, and turns what becomes of it into inputs.</summary>
internal sealed class ServerEventCalls : CallWay
{
    private readonly WorkflowOptions _options;
    private readonly CallCancellation _cancellation;
    private readonly HostCode _host;
    private readonly ILogger _logger;

    public ServerEventCalls(WorkflowOptions options, CallCancellation cancellation, HostCode host, ILogger logger)
    {
        _logger = logger;
        _options = options;
        _cancellation = cancellation;
        _host = host;
    }

    public override bool HasEffects => true;

    /// <summary>Only a finish may come meanwhile, and it is kept until the code has returned (statement 7.1).</summary>
    public override bool LetsOthersIn => false;

    public override bool IsPure(ResidentInstance instance, in PlannedCall call) => instance.EventOf(call).IsPure;

    public override Fault? WhyNot(in PlannedCall call) => CodeFaults.WhyNot(call, "event");

    public override ICallContext Open(ResidentInstance instance, in PlannedCall call, CallFrame frame) =>
        instance.ContextOf(instance.EventOf(call), call.Destination, frame);

    /// <summary>Calls the code once. A call of code that returns at once costs no state machine.</summary>
    /// <inheritdoc/>
    public override ValueTask<CallResult> CallAsync(
        ResidentInstance instance, in PlannedCall call, ICallContext context, ICallMark mark, ref ServerEventCall? spare)
    {
        var seen = (ServerEventContext)context;
        var definition = instance.EventOf(call);
        var cancelled = _cancellation.Token;
        if (!_host.MayCall<bool>(definition, cancelled, out var answer))
        {
            return new ValueTask<CallResult>(ResultOf(answer, definition, seen, mark));
        }

        spare = _host.TakeCall(spare, cancelled);
        if (definition.IsPure)
        {
            return CallInPlace(spare, definition, seen, mark);
        }

        spare.Of(this, definition, seen, mark);
        _host.Begin(spare, LimitOf(definition));
        return spare.Result;
    }

    public override void End(ResidentInstance instance, in PlannedCall call, ICallContext context, Input? result, DateTimeOffset now) =>
        EndCode(instance, context, result, now);

    public override Input Failed(in PlannedCall call, Fault fault) => new Input.ServerEventThrew(call.Destination, fault);

    /// <summary>Takes back the last call of a turn that has ended.</summary>
    public void TakeBack(ServerEventCall call) => _host.UseAgain(call);

    /// <summary>Calls the code of an event.</summary>
    public ValueTask Begin(ServerEventDefinition definition, ServerEventContext context, CancellationToken cancelled) =>
        _options.CodeInterceptor is { } interceptor ? Intercept(interceptor, definition, context, cancelled) : definition.Code(context, cancelled);

    /// <summary>The result of the answer to a call.</summary>
    public CallResult ResultOf(in HostAnswer<bool> answer, ServerEventDefinition definition, ServerEventContext context, ICallMark mark) =>
        answer.End switch
        {
            HostEnd.Returned => CallResult.Returned,
            HostEnd.Interrupted => CallResult.Interrupted,
            _ => Failed(definition, context, CodeFaults.Of(answer, LimitOf(definition), mark, Remedy(definition))),
        };

    private static string Remedy(ServerEventDefinition definition) =>
        $"Make it wait with WaitUntilFinished, or raise {(definition.Timeout is null ? CodeFaults.OptionOfLimit : "the Timeout of the event")}";

    private TimeSpan LimitOf(ServerEventDefinition definition) => definition.Timeout ?? _options.ServerEventTimeout;

    /// <summary>Only an intercepted call pays for a closure.</summary>
    private static ValueTask Intercept(
        CodeInterceptor interceptor, ServerEventDefinition definition, ServerEventContext context, CancellationToken cancelled) =>
        interceptor(context, token => definition.Code(context, token), cancelled);

    private CallResult Failed(ServerEventDefinition definition, ServerEventContext context, Fault fault) =>
        new(IsInterrupted: false, new Input.ServerEventThrew(context.Destination, fault, definition.Retries is { Jitter: > 0 } ? Drawn() : 0));

    /// <summary>The number that a jitter takes. Several engines may have one source, which need not be made for several threads.</summary>
    private double Drawn()
    {
        Exception? thrown = null;
        try
        {
            lock (_options.Random)
            {
#pragma warning disable CA5394 // It spreads retries over time, and keeps no secret.
                if (_options.Random.NextDouble() is >= 0 and <= 1 and var drawn)
#pragma warning restore CA5394
                {
                    return drawn;
                }
            }
        }
#pragma warning disable CA1031 // A source that fails must not keep the failure of the code from being stored.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            thrown = exception;
        }

        Log.NotDrawn(_logger, thrown);
        return 0;
    }

    /// <summary>Pure code is called where the engine works, which is never in a context of the caller.</summary>
    private ValueTask<CallResult> CallInPlace(ServerEventCall call, ServerEventDefinition definition, ServerEventContext context, ICallMark mark)
    {
        ValueTask running;
        bool hasReturned;
        try
        {
            running = Begin(definition, context, call.Token);
            hasReturned = running.IsCompletedSuccessfully;
        }
#pragma warning disable CA1031 // Any exception of user code puts its instance into Error, and never the host.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            running = ValueTask.FromException(exception);
            hasReturned = false;
        }

        if (hasReturned)
        {
            return default;
        }

        call.Of(this, definition, context, mark);
        call.Prepare(LimitOf(definition));
        call.WaitFor(running);
        return call.Result;
    }
}
