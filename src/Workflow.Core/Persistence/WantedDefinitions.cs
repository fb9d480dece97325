namespace Workflow.Core.Persistence;

/// <summary>The definitions that a query is about, which may name one, several, or both.</summary>
internal static class WantedDefinitions
{
    /// <returns>Their names, each once; null for all.</returns>
    public static IReadOnlyList<string>? Of(string? one, IReadOnlyCollection<string>? several)
    {
        if (one is null)
        {
            return several is null ? null : [.. several.Distinct(StringComparer.Ordinal)];
        }

        return several is null || several.Contains(one, StringComparer.Ordinal) ? [one] : [];
    }

    /// <summary>Whether a definition is among them.</summary>
    public static bool Include(string? one, IReadOnlyCollection<string>? several, string definition) =>
        (one is null || string.Equals(one, definition, StringComparison.Ordinal)) && (several is null || several.Contains(definition, StringComparer.Ordinal));
}
