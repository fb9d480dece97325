namespace Workflow.Core.Testing;

/// <summary>One command that was given through a test bed.</summary>
internal sealed class RecordedStep(DateTimeOffset at, string what, Func<WorkflowTestBed, Task> repeat)
{
    public DateTimeOffset At => at;

    /// <summary>The description of the step, for messages.</summary>
    public string What => what;

    public Func<WorkflowTestBed, Task> Repeat => repeat;

    /// <summary>The type of what it threw; null when it threw nothing, or has not ended.</summary>
    public Type? Thrown { get; set; }

    /// <summary>The stored bytes afterwards of the instances that it concerned; null where that is not known, since the test has a store of its own.</summary>
    public IReadOnlyList<StoredSum>? Stored { get; set; }
}
