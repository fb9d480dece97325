namespace Workflow.Core.Client;

/// <summary>A task of a batch was not tried, because the batch ended before. The caller gave up, or something failed that concerns several tasks, such as the
/// store. The tasks before it are done or not as their results say (statements 1.13 and 14.7d). Send the action again for the tasks that were not
/// tried.</summary>
public sealed class BatchStoppedException : WorkflowException
{
    internal BatchStoppedException(SerialNumber serial, SerialNumber stoppedAt, Exception innerException)
        : base($"Task {serial} was not tried, since the batch ended at task {stoppedAt}: {ErrorText.Of(innerException)} Send the action again for the tasks "
            + $"that were not tried.",
            innerException)
    {
        Statement = "14.7d";
        Serial = serial;
        StoppedAt = stoppedAt;
    }

    /// <summary>The serial number of the task that was not tried.</summary>
    public SerialNumber Serial { get; }

    /// <summary>The serial number of the task at which the batch ended; the inner exception says why.</summary>
    public SerialNumber StoppedAt { get; }
}
