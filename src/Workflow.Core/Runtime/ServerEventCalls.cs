using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Calls the code of server events, and turns what becomes of it into inputs.</summary>
internal sealed class ServerEventCalls : CallWay
{
    /// <summary>How often an event is called again whose host died while it ran, before the instance goes into Error (statement 13.2).</summary>
    private const int MostRepeats = 5;

    /// <summary>The message of the error in that case.</summary>
    private const string TooOftenInterrupted =
        "The host ended every time while the code of this event ran, also in five repetitions. Find out why the code ends its host. "
        + Failure.NoRetry;

    private readonly WorkflowOptions _options;
    private readonly CallCancellation _cancellation;
    private readonly HostCode _host;

    public ServerEventCalls(WorkflowOptions options, CallCancellation cancellation, HostCode host)
    {
        _options = options;
        _cancellation = cancellation;
        _host = host;
    }

    public override bool HasEffects => true;

    /// <summary>Only a finish may come meanwhile, and it is kept until the code has returned (statement 7.1).</summary>
    public override bool LetsOthersIn => false;

    public override bool IsPure(ResidentInstance instance, in PlannedCall call) => instance.EventOf(call).IsPure;

    public override Fault? WhyNot(in PlannedCall call) => call.Attempts > MostRepeats ? new Fault(TooOftenInterrupted) : null;

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
            return new ValueTask<CallResult>(ResultOf(answer, seen, mark));
        }

        spare = _host.TakeCall(spare, cancelled);
        if (definition.IsPure)
        {
            return CallInPlace(spare, definition, seen, mark);
        }

        spare.Of(this, definition, seen, mark);
        _host.Begin(spare, _options.ServerEventTimeout);
        return spare.Result;
    }

    public override void End(ResidentInstance instance, in PlannedCall call, ICallContext context, Input? result, DateTimeOffset now)
    {
        if (result is not null)
        {
            instance.ApplyOwn(result, now);
            return;
        }

        instance.Return((ServerEventContext)context, now);
    }

    public override Input Failed(in PlannedCall call, Fault fault) => new Input.ServerEventThrew(call.Destination, fault);

    /// <summary>Takes back the last call of a turn that has ended.</summary>
    public void TakeBack(ServerEventCall call) => _host.UseAgain(call);

    /// <summary>Calls the code of an event.</summary>
    public ValueTask Begin(ServerEventDefinition definition, ServerEventContext context, CancellationToken cancelled) =>
        _options.ServerEventInterceptor is { } interceptor
            ? interceptor(context, definition.Code, cancelled)
            : definition.Code(context, cancelled);

    /// <summary>The result of the answer to a call.</summary>
    public CallResult ResultOf(in HostAnswer<bool> answer, ServerEventContext context, ICallMark mark) =>
        answer.End switch
        {
            HostEnd.Returned => CallResult.Returned,
            HostEnd.Interrupted => CallResult.Interrupted,
            HostEnd.Threw => Failed(context, Fault.OfCode(answer.Exception!)),
            HostEnd.TookTooLong => Failed(context, new Fault(
                $"The code has not returned within {_options.ServerEventTimeout}.{((CallFrame)mark.Turn).WaitsOf(mark)} Make it wait with WaitUntilFinished, "
                    + "or raise WorkflowOptions.ServerEventTimeout.",
                nameof(TimeoutException))),
            _ => Failed(context, new Fault(
                $"The code was not called: {answer.Abandoned.Invariant()} of its earlier calls took too long and have not ended yet, and an engine allows "
                    + $"{AbandonedCalls.Most.Invariant()} such calls "
                    + $"at most. Find out where the code hangs, and make it observe its cancellation token. {Failure.NoRetry}")),
        };

    private static CallResult Failed(ServerEventContext context, Fault fault) =>
        new(IsInterrupted: false, new Input.ServerEventThrew(context.Destination, fault));

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
        call.Prepare(_options.ServerEventTimeout);
        call.WaitFor(running);
        return call.Result;
    }
}
