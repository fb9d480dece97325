namespace Workflow.Core.Formats;

/// <summary>Something stored cannot be read. It is damaged, a newer version of the library wrote it, or it names elements that the definition at hand lacks.
/// The stored form stays as it is; the instance is neither reset nor guessed at.</summary>
public sealed class StoredFormatException : WorkflowException
{
    internal StoredFormatException(string message, bool isFromNewerVersion = false)
        : base(message) => IsFromNewerVersion = isFromNewerVersion;

    internal StoredFormatException(string message, Exception reason)
        : base(message, reason)
    {
    }

    /// <summary>Whether it is sound and was written by a newer version of the library, which can read it (statement 14.4).</summary>
    internal bool IsFromNewerVersion { get; }
}
