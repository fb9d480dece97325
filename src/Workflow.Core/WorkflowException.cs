namespace Workflow.Core;

/// <summary>The base of all exceptions that the library throws on purpose. The message names the element, says what is wrong and what to do
/// (statement 14.8).</summary>
/// <remarks>Mistakes of the calling code (a null argument, an empty name) are <see cref="ArgumentException"/> as everywhere in .NET.</remarks>
public abstract class WorkflowException : Exception
{
    /// <summary>Creates the exception. The packages beside the library, and hosts, may derive theirs from it.</summary>
    /// <param name="message">The message: what is wrong and what to do.</param>
    /// <param name="innerException">The exception that caused it, if any.</param>
    protected WorkflowException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The number of the statement of SEMANTICS.md that the exception rests on, for example <c>1.8</c>; null where no single statement says
    /// it.</summary>
    public string? Statement { get; init; }
}
