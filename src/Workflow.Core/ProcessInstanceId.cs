using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Workflow.Core;

/// <summary>The number of a process instance: positive, given out by the store, never used twice.</summary>
/// <param name="Value">The number itself.</param>
/// <remarks>JSON writes it as a string, since numbers of its size do not survive every reader of JSON.</remarks>
[JsonConverter(typeof(ProcessInstanceIdJsonConverter))]
public readonly record struct ProcessInstanceId(long Value) : IComparable<ProcessInstanceId>, ISpanParsable<ProcessInstanceId>
{
    /// <summary>Reads the form that <see cref="ToString"/> writes.</summary>
    /// <param name="text">Decimal digits, for example <c>8</c>.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException">The text is not a positive whole number.</exception>
    public static ProcessInstanceId Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var id)
            ? id
            : throw new FormatException($"'{text}' is not a process instance id. Expected a positive whole number, for example 8.");
    }

    /// <summary>Reads the form that <see cref="ToString"/> writes, without an exception.</summary>
    /// <param name="text">Decimal digits, for example <c>8</c>.</param>
    /// <param name="id">The id, when the text is one.</param>
    /// <returns>Whether the text is an id.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out ProcessInstanceId id)
    {
        // One number has one form, because other systems may compare it as text.
        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 && text[0] != '0';
        id = isNumber ? new ProcessInstanceId(value) : default;
        return isNumber;
    }

    static ProcessInstanceId IParsable<ProcessInstanceId>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static ProcessInstanceId ISpanParsable<ProcessInstanceId>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s.ToString());

    static bool IParsable<ProcessInstanceId>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ProcessInstanceId result) =>
        TryParse(s, out result);

    static bool ISpanParsable<ProcessInstanceId>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out ProcessInstanceId result) =>
        TryParse(s, out result);

    /// <summary>Orders ids by their number, which is the order in which the instances were started.</summary>
    /// <param name="other">The id to compare with.</param>
    /// <returns>Less than, equal to or greater than zero.</returns>
    public int CompareTo(ProcessInstanceId other) => Value.CompareTo(other.Value);

    /// <summary>The number in decimal digits, the same in every culture.</summary>
    /// <returns>For example <c>8</c>.</returns>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
