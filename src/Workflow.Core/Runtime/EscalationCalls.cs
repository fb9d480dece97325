using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Calls the code of escalations, and turns what becomes of it into inputs (statement 6.7).</summary>
internal sealed class EscalationCalls(WorkflowOptions options, HostCode host, CancellationToken shutdown) : CallWay
{
    public override bool HasEffects => true;

    /// <summary>As with server events: whoever comes meanwhile waits for the turn.</summary>
    public override bool LetsOthersIn => false;

    public override bool IsPure(ResidentInstance instance, in PlannedCall call) => false;

    public override Fault? WhyNot(in PlannedCall call) => CodeFaults.WhyNot(call, "escalation");

    public override ICallContext Open(ResidentInstance instance, in PlannedCall call, CallFrame frame) =>
        new EscalationContext(call.Firing, call.Firing.Repeats?.Total ?? DefinitionOf(instance, call).Total, frame);

    public override ValueTask<CallResult> CallAsync(
        ResidentInstance instance, in PlannedCall call, ICallContext context, ICallMark mark, ref ServerEventCall? spare) =>
        CallAsync(DefinitionOf(instance, call), (EscalationContext)context, mark);

    public override void End(ResidentInstance instance, in PlannedCall call, ICallContext context, Input? result, DateTimeOffset now) =>
        EndCode(instance, context, result, now);

    public override Input Failed(in PlannedCall call, Fault fault) => new Input.EscalationThrew(call.Firing, fault);

    private static EscalationDefinition DefinitionOf(ResidentInstance instance, in PlannedCall call) =>
        Escalations.DefinitionOf(instance.Episode, call.Firing);

    private async ValueTask<CallResult> CallAsync(EscalationDefinition definition, EscalationContext context, ICallMark mark)
    {
        var answer = await host.CallAsync(new Call(options, definition, context), options.ServerEventTimeout, shutdown).ConfigureAwait(false);
        return answer.End switch
        {
            HostEnd.Returned => CallResult.Returned,
            HostEnd.Interrupted => CallResult.Interrupted,
            _ => new CallResult(
                IsInterrupted: false,
                new Input.EscalationThrew(
                    context.Firing,
                    CodeFaults.Of(answer, options.ServerEventTimeout, mark, $"Make it return sooner, or raise {CodeFaults.OptionOfLimit}"))),
        };
    }

    /// <summary>One call.</summary>
    private sealed class Call(WorkflowOptions options, EscalationDefinition definition, EscalationContext context) : HostCall<bool>
    {
        public override object Element => definition;

        public override string Name => $"escalation '{context.Escalation}' in process instance {context.ProcessInstance}";

        protected override async ValueTask<bool> BeginAsync(CancellationToken cancellation)
        {
            var code = ((EscalationAction.Run)definition.Action).Code;
            if (options.CodeInterceptor is { } interceptor)
            {
                await interceptor(context, token => code(context, token), cancellation).ConfigureAwait(false);
            }
            else
            {
                await code(context, cancellation).ConfigureAwait(false);
            }

            return true;
        }
    }
}
