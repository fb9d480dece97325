namespace Workflow.Core.Persistence;

/// <summary>A store cannot do its work, for a reason outside of the library: the database is full, read-only, locked, gone, or not as expected. Nothing was
/// stored. Repeat the command when the reason is gone.</summary>
public sealed class ProcessStoreException : WorkflowException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The message: what is wrong, and what to do.</param>
    /// <param name="innerException">The exception that the database's driver threw; null for none.</param>
    public ProcessStoreException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
