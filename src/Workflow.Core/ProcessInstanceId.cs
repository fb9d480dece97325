using System.Globalization;

namespace Workflow.Core;

/// <summary>The number of a process instance: positive, given out by the store, never used twice.</summary>
/// <param name="Value">The number itself.</param>
public readonly record struct ProcessInstanceId(long Value) : IComparable<ProcessInstanceId>
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
        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0;
        id = isNumber ? new ProcessInstanceId(value) : default;
        return isNumber;
    }

    /// <summary>Orders ids by their number, which is the order in which the instances were started.</summary>
    /// <param name="other">The id to compare with.</param>
    /// <returns>Less than, equal to or greater than zero.</returns>
    public int CompareTo(ProcessInstanceId other) => Value.CompareTo(other.Value);

    /// <summary>The number in decimal digits, the same in every culture.</summary>
    /// <returns>For example <c>8</c>.</returns>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
