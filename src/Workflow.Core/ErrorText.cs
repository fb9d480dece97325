namespace Workflow.Core;

/// <summary>What is kept of an exception that user code threw. The exception may be of any kind, and even its message may throw.</summary>
internal static class ErrorText
{
    /// <summary>Characters that are kept of a message.</summary>
    private const int Length = 4_096;

    public static string Of(Exception exception)
    {
        string? message;
        try
        {
            message = exception.Message;
        }
#pragma warning disable CA1031 // The message is a guest's code, as the rest of the exception is.
        catch (Exception)
#pragma warning restore CA1031
        {
            message = null;
        }

        return message is null ? $"{exception.GetType().Name} without a message." : Utf16.WellFormed(message.Length > Length ? message[..Length] : message);
    }
}
