namespace Workflow.Core.Testing;

/// <summary>A test bed cannot do what a test wants: a replay goes another way than the run that was recorded, or a timer that is due cannot be fired. It is
/// never thrown because of what a process does.</summary>
public sealed class WorkflowTestException : WorkflowException
{
    internal WorkflowTestException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
