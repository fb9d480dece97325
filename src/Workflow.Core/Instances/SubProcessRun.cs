namespace Workflow.Core.Instances;

/// <summary>The sub-process of an event, as the event keeps it.</summary>
/// <param name="SubProcess">The sub-process.</param>
/// <param name="End">Its end, while that waits for the instance to move again (statement 7.3); null otherwise.</param>
internal sealed record SubProcessRun(SubProcess SubProcess, SubProcessEnd? End = null);
