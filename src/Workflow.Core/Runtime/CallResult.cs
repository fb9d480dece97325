using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>The result of a call to the outside: code has returned, unless the result says otherwise.</summary>
/// <param name="IsInterrupted">The engine shuts down, or its lease is not certain; the call is to be made again another time (statement 14.4).</param>
/// <param name="Input">The answer, or the failure.</param>
internal readonly record struct CallResult(bool IsInterrupted, Input? Input)
{
    public static CallResult Returned => default;

    public static CallResult Interrupted => new(IsInterrupted: true, Input: null);
}
