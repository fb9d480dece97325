namespace Workflow.Core.Client;

/// <summary>The reasons that callers give for the history.</summary>
internal static class Reasons
{
    /// <summary>The most characters of a reason.</summary>
    private const int Length = 4_096;

    /// <exception cref="ArgumentException">It is too long, or no text.</exception>
    public static void RefuseUnusable(string? reason)
    {
        if (reason is not null)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(reason.Length, Length, nameof(reason));
            Utf16.ThrowIfMalformed(reason, nameof(reason));
        }
    }
}
