using System.Text;

namespace Workflow.Core;

/// <summary>Texts are stored as UTF-8, which cannot hold half a surrogate pair: it would come back as something else.</summary>
internal static class Utf16
{
    public static bool IsWellFormed(string text)
    {
        for (var rest = text.AsSpan(); rest.IndexOfAnyInRange('\uD800', '\uDFFF') is var found and >= 0;)
        {
            rest = rest[found..];
            if (rest.Length < 2 || !char.IsSurrogatePair(rest[0], rest[1]))
            {
                return false;
            }

            rest = rest[2..];
        }

        return true;
    }

    /// <summary>The text, with a replacement character for each half of a surrogate pair.</summary>
    public static string WellFormed(string text) => IsWellFormed(text) ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>The text itself.</summary>
    /// <exception cref="ArgumentException">It contains half a surrogate pair.</exception>
    public static string Checked(string text, string parameter)
    {
        ThrowIfMalformed(text, parameter);
        return text;
    }

    /// <exception cref="ArgumentException">The text contains half a surrogate pair.</exception>
    public static void ThrowIfMalformed(string text, string parameter)
    {
        if (!IsWellFormed(text))
        {
            throw new ArgumentException("The text contains half a surrogate pair and so cannot be stored. Cut texts between characters.", parameter);
        }
    }
}
