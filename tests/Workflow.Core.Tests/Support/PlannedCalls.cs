using Workflow.Core.Instances;

namespace Workflow.Core.Tests.Support;

/// <summary>The call that is planned, if it is the event of a destination.</summary>
internal static class PlannedCalls
{
    public static ActivityInstanceDestination? NextEventCall(this ProcessInstance process) =>
        process.NextPlannedCall() is { Kind: CallKind.EventCode } call ? call.Destination : null;
}
