using System.Text;

namespace Workflow.Core;

/// <summary>Compares the names of users, groups and roles as the engine does: character by character, and case does not count (statement 4.11). The cases of a
/// character are those of Unicode's simple mapping, from a table of the library's own. So every machine compares in the same way, with any culture and version
/// of Unicode.</summary>
public sealed class NameComparer : IEqualityComparer<string>, IComparer<string>
{
    private NameComparer()
    {
    }

    /// <summary>The comparer.</summary>
    public static NameComparer Default { get; } = new();

    /// <summary>The form of a name that all names have in common that compare equal, and no others. A store keeps it to find names by.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The form, which is compared ordinally.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    public static string Key(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Ascii.IsValid(name))
        {
            return name.ToUpperInvariant();
        }

        var key = new StringBuilder(name.Length);
        for (var index = 0; index < name.Length;)
        {
            var (character, length) = CharacterAt(name, index);
            var upper = NameCasing.Upper(character);
            if (upper <= char.MaxValue)
            {
                key.Append((char)upper);
            }
            else
            {
                key.Append(char.ConvertFromUtf32(upper));
            }

            index += length;
        }

        return key.ToString();
    }

    /// <summary>Whether two names are one.</summary>
    /// <param name="x">A name; may be null.</param>
    /// <param name="y">Another name; may be null.</param>
    /// <returns>Whether they compare equal.</returns>
    public bool Equals(string? x, string? y)
    {
        if (ReferenceEquals(x, y))
        {
            return true;
        }

        // No character changes its length with its case.
        if (x is null || y is null || x.Length != y.Length)
        {
            return false;
        }

        for (var index = 0; index < x.Length; index++)
        {
            var (left, right) = (x[index], y[index]);
            if (left == right)
            {
                continue;
            }

            if (!char.IsAscii(left) || !char.IsAscii(right))
            {
                return string.Equals(Key(x), Key(y), StringComparison.Ordinal);
            }

            if ((left ^ right) != 0x20 || !char.IsAsciiLetter(left))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A hash code that equal names have in common.</summary>
    /// <param name="obj">The name.</param>
    /// <returns>The hash code.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    public int GetHashCode(string obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        return Ascii.IsValid(obj)
            ? string.GetHashCode(obj, StringComparison.OrdinalIgnoreCase)
            : Key(obj).GetHashCode(StringComparison.Ordinal);
    }

    /// <summary>Brings names into the order of their keys, by the numbers of their characters.</summary>
    /// <param name="x">A name; null comes first.</param>
    /// <param name="y">Another name; null comes first.</param>
    /// <returns>Negative, zero or positive.</returns>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var (left, right) = (Key(x), Key(y));
        var place = left.AsSpan().CommonPrefixLength(right);
        if (place == left.Length || place == right.Length)
        {
            return left.Length - right.Length;
        }

        // Half a surrogate pair stands for a character beyond all others.
        var (one, other) = (left[place], right[place]);
        return char.IsSurrogate(one) == char.IsSurrogate(other) ? one - other : char.IsSurrogate(one) ? 1 : -1;
    }

    private static (int Character, int Length) CharacterAt(string name, int index) =>
        index + 1 < name.Length && char.IsSurrogatePair(name[index], name[index + 1])
            ? (char.ConvertToUtf32(name[index], name[index + 1]), 2)
            : (name[index], 1);
}
