using System.Text;

namespace Workflow.Core;

/// <summary>What is kept of an exception that user code threw. The exception may be of any kind, and even its message may throw.</summary>
internal static class ErrorText
{
    /// <summary>Characters that are kept of a message.</summary>
    private const int Length = 4_096;

    /// <summary>Characters that are kept of a chain of exceptions with their stacks.</summary>
    private const int DetailsLength = 16_384;

    /// <summary>How many exceptions of a chain are kept.</summary>
    private const int MostInChain = 16;

    /// <summary>The message of an exception.</summary>
    public static string Of(Exception exception) => Said(exception, static thrown => thrown.Message) is { } message
        ? Utf16.WellFormed(message.Length > Length ? message[..Length] : message)
        : $"{exception.GetType().Name} without a message.";

    /// <summary>The types and messages of an exception and of those that caused it, the outermost first.</summary>
    /// <param name="exception">The outermost.</param>
    /// <param name="hasStack">Whether each has its stack trace.</param>
    public static string Details(Exception exception, bool hasStack)
    {
        var text = new StringBuilder();
        var left = MostInChain;
        Add(text, exception, hasStack, ref left);
        return Utf16.WellFormed(text.Length > DetailsLength ? text.ToString(0, DetailsLength) : text.ToString());
    }

    private static void Add(StringBuilder text, Exception exception, bool hasStack, ref int left)
    {
        if (left-- <= 0 || text.Length > DetailsLength)
        {
            return;
        }

        text.Append(text.Length == 0 ? "" : "\nCaused by ").Append(exception.GetType().Name).Append(": ").Append(Of(exception));
        if (hasStack && Said(exception, static thrown => thrown.StackTrace) is { Length: > 0 } stack)
        {
            text.Append('\n').Append(stack.ReplaceLineEndings("\n"));
        }

        if (exception is AggregateException several)
        {
            foreach (var cause in several.InnerExceptions)
            {
                Add(text, cause, hasStack, ref left);
            }
        }
        else if (exception.InnerException is { } cause)
        {
            Add(text, cause, hasStack, ref left);
        }
    }

    /// <summary>What an exception says of itself; null when it says nothing, or throws.</summary>
    private static string? Said(Exception exception, Func<Exception, string?> what)
    {
        try
        {
            return what(exception);
        }
#pragma warning disable CA1031 // What an exception says is a guest's code, as the rest of it is.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
