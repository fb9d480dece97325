namespace Workflow.Core.Tests.Exhaustive;

/// <summary>The slot function in the outcomes (statement 3.7).</summary>
internal enum AskedFunction
{
    All = 1,
    AllSlots,
    AllCompleted,
    AtLeast,
    AtMost,
    None,
}
