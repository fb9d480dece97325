using Workflow.Core.Instances;

namespace Workflow.Core.Tests.Support;

/// <summary>The call that is planned, in tests without roles: always the event of a destination.</summary>
internal static class PlannedCalls
{
    public static ActivityInstanceDestination? NextEventCall(this ProcessInstance process) =>
        process.NextPlannedCall() is { IsNone: false } call ? call.Destination : null;
}
