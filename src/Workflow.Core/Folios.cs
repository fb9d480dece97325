namespace Workflow.Core;

/// <summary>The limits of a folio.</summary>
internal static class Folios
{
    /// <exception cref="ArgumentException">The folio is too long, or not well-formed text.</exception>
    public static void RefuseUnusable(string folio)
    {
        ArgumentNullException.ThrowIfNull(folio);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(folio.Length, Limits.NameLength, nameof(folio));
        Utf16.ThrowIfMalformed(folio, nameof(folio));
    }
}
