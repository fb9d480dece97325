using System.Runtime.CompilerServices;

namespace Workflow.Core;

/// <summary>Limits that no configuration moves.</summary>
internal static class Limits
{
    /// <summary>Characters of a name, a folio, a user or a correlation key.</summary>
    public const int NameLength = 256;

    /// <summary>Bytes of the value of a data field, a text in UTF-8.</summary>
    public const int FieldBytes = 1024 * 1024;

    /// <summary>Elements of a list that a caller gives in one call. Such lists are the tasks of a batch, substitutes, delegated actions, and the statuses to
    /// find.</summary>
    public const int ListLength = 500;

    /// <summary>The longest limit of time for one call of code.</summary>
    public static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(49);

    /// <summary>Characters of what a task shows.</summary>
    public const int TextLength = 2_000;

    /// <summary>Refuses a text that is longer than a name, or not well-formed.</summary>
    /// <exception cref="ArgumentException">It is too long, or not well-formed.</exception>
    public static void RefuseLongText(string text, [CallerArgumentExpression(nameof(text))] string parameter = "")
    {
        ArgumentNullException.ThrowIfNull(text, parameter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, NameLength, parameter);
        Utf16.ThrowIfMalformed(text, parameter);
    }

    /// <summary>Refuses a list that is longer than one call may bring.</summary>
    /// <exception cref="ArgumentException">It is too long.</exception>
    public static void RefuseLongList(int count, string what, string parameter)
    {
        if (count > ListLength)
        {
            throw new ArgumentException(
                $"It has {count.Invariant()} {what}, and {ListLength.Invariant()} are the most in one call. Make several calls.", parameter);
        }
    }
}
