namespace Workflow.Core.Tests.Exhaustive;

/// <summary>The slot function of which the outcomes are made (statement 3.7).</summary>
internal enum AskedFunction
{
    All = 1,
    AllSlots,
    AllCompleted,
    AtLeast,
    AtMost,
    None,
}
