using System.Diagnostics;
using Workflow.Core.Contexts;
using Workflow.Core.Instances;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>The failures of code of the host that a definition names: of server events and escalations.</summary>
internal static class CodeFaults
{
    /// <summary>How often code is called again whose host died while it ran, before the instance goes into Error (statement 13.2).</summary>
    private const int MostRepeats = 5;

    /// <summary>The option that limits the time of code, where its event does not.</summary>
    public const string OptionOfLimit = "WorkflowOptions.ServerEventTimeout";

    /// <summary>Why code is not called again whose host died while it ran; null when it is.</summary>
    /// <param name="call">The call.</param>
    /// <param name="element">The kind of element whose code it is.</param>
    public static Fault? WhyNot(in PlannedCall call, string element) => call.Status is CallStatus.Calling && call.CutShort >= MostRepeats
        ? new Fault(
            $"The host ended while the code of this {element} ran, and the code has begun more than five times. Find out why it ends its host. "
                + Failure.ThenRetry)
        {
            Kind = FaultKind.Limit,
        }
        : null;

    /// <summary>The failure of a call that neither returned nor was interrupted.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="limit">The time that the call had.</param>
    /// <param name="mark">The mark of the call's flow.</param>
    /// <param name="remedy">The remedy for code that takes too long, without an end.</param>
    public static Fault Of(in HostAnswer<bool> answer, TimeSpan limit, ICallMark mark, string remedy) => answer.End switch
    {
        HostEnd.Threw => Fault.OfCode(answer.Exception!),
        HostEnd.TookTooLong => TookTooLong($"The code has not returned within {limit}.{((CallFrame)mark.Turn).WaitsOf(mark)} {remedy}."),
        HostEnd.Refused => new Fault(
            $"The code was not called: {answer.Abandoned.Invariant()} of its earlier calls took too long and have not ended yet, and an engine allows "
                + $"{AbandonedCalls.Most.Invariant()} such calls "
                + $"at most. Find out where the code hangs, and make it observe its cancellation token. {Failure.ThenRetry}")
        {
            Kind = FaultKind.Refused,
        },
        _ => throw new UnreachableException(),
    };

    /// <summary>Exception rules and filters see it as the exception that its message names.</summary>
    private static Fault TookTooLong(string message) => new(message, nameof(TimeoutException), Exception: new TimeoutException(message));
}
