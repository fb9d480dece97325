namespace Workflow.Core.Testing;

/// <summary>One command that was given through a test bed.</summary>
internal sealed record RecordedStep(DateTimeOffset At, Func<WorkflowTestBed, Task> Repeat);
