using System.Globalization;
using System.Text;

namespace Workflow.Core;

/// <summary>The rules for the names of processes, activities, events, lines and fields.</summary>
internal static class Names
{
    /// <summary>Whether two names of users are one: case does not count (statement 4.11).</summary>
    public static bool Same(string left, string right) => NameComparer.Default.Equals(left, right);

    /// <summary>The text as a message may show it: on one line, and no longer than a name may be.</summary>
    public static string Printable(string? text)
    {
        text ??= "";
        var shown = string.Concat(text.Take(Limits.NameLength).Select(character => char.IsControl(character) ? ' ' : character));
        return text.Length > Limits.NameLength ? shown + "..." : shown;
    }

    /// <summary>Why the text cannot be the name of a user, a group or a role, or null when it can. People recognize each other by such a name, so it has no
    /// character that nobody sees.</summary>
    public static string? ProblemOfParty(string? text)
    {
        if (Problem(text) is { } problem)
        {
            return problem;
        }

        foreach (var character in text!.EnumerateRunes())
        {
            if (IsInvisible(character))
            {
                return string.Create(CultureInfo.InvariantCulture, $"it contains the invisible character U+{character.Value:X4}");
            }
        }

        return null;
    }

    /// <summary>The name under which the history shows the host itself. Nobody else can have it: who got a task under it could never act on it.</summary>
    public const string OfHost = "system";

    /// <summary>Why the text cannot be the name of a user, a group or a role of a kind, or null when it can.</summary>
    public static string? ProblemOfParty(DestinationKind kind, string? text) => ProblemOfParty(text)
        ?? (kind is DestinationKind.User && Same(text!, OfHost)
            ? "the history shows the host itself under it, so map an automatic actor of that name to another user"
            : null);

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

    /// <summary>Zero-width and bidirectional controls, joiners, separators of lines, selectors of variations,
    /// and letters that fill a place with nothing.</summary>
    private static bool IsInvisible(Rune character) =>
        Rune.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || character.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0
            or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0000 and <= 0xE0FFF);
}
