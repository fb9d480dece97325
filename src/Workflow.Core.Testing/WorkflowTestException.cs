namespace Workflow.Core.Testing;

/// <summary>A test bed cannot do what a test wants. A replay goes another way than the recorded run, or a due timer cannot be fired. It is never thrown because
/// of what a process does.</summary>
public sealed class WorkflowTestException : WorkflowException
{
    internal WorkflowTestException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
