using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Workflow.Core.Relational.Sql;

/// <summary>Texts as they are stored. A text may hold what a database refuses or changes: the character zero, and half a surrogate pair. Such are written as
/// the escape character and four digits; everything else stays as it is.</summary>
internal static class StoredText
{
    private const char Escape = '\u001B';
    private const int LongestKey = 256;
    private const int FirstSurrogate = 0xD800;
    private const int LastSurrogate = 0xDFFF;
    private const int LastCodePoint = 0x10FFFF;

    private static readonly SearchValues<char> _special = SearchValues.Create(Specials());

    public static string Of(string text) => text.AsSpan().ContainsAny(_special) ? Escaped(text) : text;

    public static object OrNull(string? text) => text is null ? TypedNull.Text : Of(text);

    public static string Read(string stored) => stored.Contains(Escape, StringComparison.Ordinal) ? Unescaped(stored) : stored;

    /// <summary>The form of a name in which names compare that differ in case only (statement 4.11).</summary>
    public static string Key(string name) => Of(NameComparer.Key(name));

    /// <summary>The first text behind all that begin with a stored text, in the order of their code points; null when there is none.</summary>
    public static string? Behind(string start)
    {
        var runes = start.EnumerateRunes().ToList();
        while (runes is [.., var last])
        {
            if (last.Value < LastCodePoint)
            {
                var next = last.Value + 1 is FirstSurrogate ? LastSurrogate + 1 : last.Value + 1;
                return string.Concat(runes.SkipLast(1).Select(rune => rune.ToString()).Append(new Rune(next).ToString()));
            }

            runes.RemoveAt(runes.Count - 1);
        }

        return null;
    }

    /// <summary>A searchable value in a length that an index can hold; equal for equal values and for no others.</summary>
    public static string ValueKey(string? value)
    {
        if (value is null)
        {
            return "-";
        }

        var stored = Of(value);
        return stored.Length <= LongestKey
            ? "+" + stored
            : "#" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(stored)));
    }

    private static string Specials()
    {
        var characters = new StringBuilder("\0").Append(Escape);
        for (var character = '\uD800'; character <= '\uDFFF'; character++)
        {
            characters.Append(character);
        }

        return characters.ToString();
    }

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        for (var index = 0; index < text.Length; index++)
        {
            if (index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]))
            {
                escaped.Append(text[index]).Append(text[++index]);
            }
            else if (text[index] is '\0' or Escape || char.IsSurrogate(text[index]))
            {
                escaped.Append(Escape).Append(((int)text[index]).ToString("X4", CultureInfo.InvariantCulture));
            }
            else
            {
                escaped.Append(text[index]);
            }
        }

        return escaped.ToString();
    }

    private static string Unescaped(string stored)
    {
        var text = new StringBuilder(stored.Length);
        for (var index = 0; index < stored.Length; index++)
        {
            if (stored[index] == Escape && index + 4 < stored.Length
                && int.TryParse(stored.AsSpan(index + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var character))
            {
                text.Append((char)character);
                index += 4;
            }
            else
            {
                text.Append(stored[index]);
            }
        }

        return text.ToString();
    }
}
