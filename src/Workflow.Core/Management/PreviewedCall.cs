using Workflow.Core.Instances;

namespace Workflow.Core.Management;

/// <summary>A call of code in a preview (statement 13.9).</summary>
/// <param name="Kind">Whether it is code of a server event or of an escalation.</param>
/// <param name="Element">The name of the server event or the escalation.</param>
/// <param name="Activity">The name of the activity that it belongs to; null for an escalation of the process.</param>
/// <param name="Attempt">The number of the call, as the code sees it; from 1.</param>
public sealed record PreviewedCall(CodeKind Kind, string Element, string? Activity, int Attempt)
{
    internal static PreviewedCall? Of(in PlannedCall call) => call.Kind switch
    {
        CallKind.EventCode => new PreviewedCall(CodeKind.ServerEvent, call.Destination.Event!.Name, call.Destination.Activity.Name, call.Attempts),
        CallKind.EscalationCode => new PreviewedCall(CodeKind.Escalation, call.Firing.Escalation, call.Firing.Activity?.Name, call.Attempts),
        _ => null,
    };
}
