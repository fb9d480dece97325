namespace Workflow.Core;

/// <summary>What a name may be: of a process, an activity, an event, a line, a field.</summary>
internal static class Names
{
    /// <summary>Whether two names of users are one: case does not count (statement 4.11).</summary>
    public static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    /// <summary>The text as a message may show it: on one line, and no longer than a name may be.</summary>
    public static string Shown(string? text)
    {
        text ??= "";
        var shown = string.Concat(text.Take(Limits.NameLength).Select(character => char.IsControl(character) ? ' ' : character));
        return text.Length > Limits.NameLength ? shown + "..." : shown;
    }

    /// <summary>Why the text cannot be a name, or null when it can.</summary>
    public static string? Problem(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "it is blank";
        }

        if (text.Length > Limits.NameLength)
        {
            return $"it has {text.Length.Invariant()} characters and may have {Limits.NameLength.Invariant()}";
        }

        if (!Utf16.IsWellFormed(text))
        {
            return "it contains half a surrogate pair";
        }

        foreach (var character in text)
        {
            if (char.IsControl(character))
            {
                return "it contains a control character";
            }
        }

        return null;
    }
}
