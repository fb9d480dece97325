using System.Text;

namespace Workflow.Core;

/// <summary>The part of an exception that is kept when user code threw it. The exception may be of any kind, and even its message may throw.</summary>
internal static class ErrorText
{
    /// <summary>Characters that are kept of a message.</summary>
    private const int Length = 4_096;

    /// <summary>Characters that are kept of a chain of exceptions with their stacks.</summary>
    private const int DetailsLength = 16_384;

    /// <summary>The number of exceptions of a chain that are kept, and of characters of each message. All of them have room, so the cause is never cut
    /// off.</summary>
    private const int MostInChain = 16;
    private const int MessageLength = 800;

    /// <summary>How frames begin that are not of the host: those of the engine which called its code, and of the recorder of a run.</summary>
    private static readonly string[] Callers = ["at Workflow.Core.Runtime.", "at Workflow.Core.Testing.CodeRecorder.", "at System.", "--- "];

    /// <summary>The message of an exception.</summary>
    public static string Of(Exception exception) => Said(exception, static thrown => thrown.Message) is { } message
        ? Utf16.WellFormed(Cut(message, Length))
        : $"{exception.GetType().Name} without a message.";

    /// <summary>The types and messages of an exception and of those that caused it, the outermost first, and then their stacks.</summary>
    /// <param name="exception">The outermost.</param>
    /// <param name="hasStacks">Whether the stack traces follow.</param>
    public static string Details(Exception exception, bool hasStacks)
    {
        var chain = new List<Exception>();
        Collect(exception, chain);
        var text = new StringBuilder();
        foreach (var thrown in chain)
        {
            text.Append(text.Length == 0 ? "" : "\nCaused by ").Append(thrown.GetType().Name).Append(": ").Append(Cut(Of(thrown), MessageLength));
        }

        for (var index = 0; hasStacks && index < chain.Count; index++)
        {
            // Each has an equal share of the room that is left, so that a deep stack leaves some to the others.
            if (StackOf(chain[index]) is { Length: > 0 } stack && (DetailsLength - text.Length) / (chain.Count - index) is var share && share > 0)
            {
                text.Append(Cut($"\n\n{chain[index].GetType().Name}\n{stack}", share));
            }
        }

        return Utf16.WellFormed(Cut(text.ToString(), DetailsLength));
    }

    /// <summary>A message and those that came later. All of them have room, so none is cut off as a whole.</summary>
    public static string Joined(string message, IReadOnlyList<string> later) => Joined(message, later, Length);

    /// <summary>Details and those that came later. All of them have room, so none is cut off as a whole.</summary>
    public static string JoinedDetails(string details, IReadOnlyList<string> later) => Joined(details, later, DetailsLength);

    private static string Joined(string text, IReadOnlyList<string> later, int length)
    {
        if (later.Count == 0)
        {
            return text;
        }

        var rest = string.Concat(later.Select(item => Cut(item, length / 2 / later.Count)));
        return Utf16.WellFormed($"{Cut(text, length - rest.Length)}{rest}");
    }

    private static void Collect(Exception exception, List<Exception> chain)
    {
        if (chain.Count == MostInChain)
        {
            return;
        }

        chain.Add(exception);
        if (exception is AggregateException several)
        {
            foreach (var cause in several.InnerExceptions)
            {
                Collect(cause, chain);
            }
        }
        else if (exception.InnerException is { } cause)
        {
            Collect(cause, chain);
        }
    }

    /// <summary>The stack trace down to the code of the host. The frames of who called it say nothing,
    /// and a replay of a recorded run has others (statement 14.1).</summary>
    private static string? StackOf(Exception exception)
    {
        if (Said(exception, static thrown => thrown.StackTrace) is not { Length: > 0 } stack)
        {
            return null;
        }

        var frames = stack.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var count = frames.Length;
        while (count > 0 && Array.Exists(Callers, caller => frames[count - 1].AsSpan().TrimStart().StartsWith(caller, StringComparison.Ordinal)))
        {
            count--;
        }

        return string.Join('\n', frames, 0, count == 0 ? frames.Length : count);
    }

    private static string Cut(string text, int length) => text.Length > length ? text[..length] : text;

    /// <summary>The text that an exception gives of itself; null when it gives none, or throws.</summary>
    private static string? Said(Exception exception, Func<Exception, string?> what)
    {
        try
        {
            return what(exception);
        }
#pragma warning disable CA1031 // The message of an exception is a guest's code, as the rest of it is.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
