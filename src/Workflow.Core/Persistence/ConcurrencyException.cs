namespace Workflow.Core.Persistence;

/// <summary>A store refuses a commit, because the instance has been committed by somebody else since it was loaded. The engine loads it again and repeats the
/// command; callers see this only when that did not help (statement 14.3).</summary>
public sealed class ConcurrencyException : WorkflowException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="expected">The version that the commit was made for.</param>
    /// <param name="actual">The version that is stored; zero when the instance does not exist.</param>
    public ConcurrencyException(ProcessInstanceId processInstance, long expected, long actual)
        : base(expected == actual
            ? $"Process instance {processInstance} has version {actual.Invariant()}, as the commit expects, but another engine has taken it, the idempotency "
                + $"key is in use, a message to it has been received already, or the store was restored to an earlier instant. This commit stored nothing."
            : $"Process instance {processInstance} was to be committed on top of version {expected.Invariant()} and has version {actual.Invariant()}: "
                + $"somebody else committed it. This commit stored nothing.")
    {
        Statement = "14.3";
        ProcessInstance = processInstance;
        Expected = expected;
        Actual = actual;
    }

    /// <summary>The process instance.</summary>
    public ProcessInstanceId ProcessInstance { get; }

    /// <summary>The version that the commit was made for.</summary>
    public long Expected { get; }

    /// <summary>The version that is stored.</summary>
    public long Actual { get; }
}
