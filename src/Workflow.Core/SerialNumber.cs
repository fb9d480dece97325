using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Workflow.Core;

/// <summary>Names one activity instance destination, and so the task or the server item that is open in it (statement 1.2). For example, <c>8_10</c> is
/// destination 10 of process instance 8. It is a name and never an authority: who may use it is decided by rights.</summary>
/// <param name="ProcessInstance">The process instance that the destination belongs to.</param>
/// <param name="Destination">The number of the activity instance destination within the process instance; positive.</param>
/// <remarks>JSON writes it as a string.</remarks>
[JsonConverter(typeof(SerialNumberJsonConverter))]
public readonly record struct SerialNumber(ProcessInstanceId ProcessInstance, int Destination) : IComparable<SerialNumber>, ISpanParsable<SerialNumber>
{
    /// <summary>Reads the form that <see cref="ToString"/> writes.</summary>
    /// <param name="text">Two positive whole numbers joined by an underscore, for example <c>8_10</c>; no zeros in front.</param>
    /// <returns>The serial number.</returns>
    /// <exception cref="FormatException">The text is not a serial number.</exception>
    public static SerialNumber Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var serial)
            ? serial
            : throw new FormatException(
                $"'{text}' is not a serial number. Expected <process instance>_<activity instance destination>, for example 8_10.");
    }

    /// <summary>Reads the form that <see cref="ToString"/> writes, without an exception.</summary>
    /// <param name="text">Two positive whole numbers joined by an underscore, for example <c>8_10</c>.</param>
    /// <param name="serial">The serial number, when the text is one.</param>
    /// <returns>Whether the text is a serial number.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out SerialNumber serial)
    {
        serial = default;
        var underscore = text.IndexOf('_');
        if (underscore < 0 || !ProcessInstanceId.TryParse(text[..underscore], out var instance))
        {
            return false;
        }

        var number = text[(underscore + 1)..];
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var destination) || destination <= 0 || number[0] == '0')
        {
            return false;
        }

        serial = new SerialNumber(instance, destination);
        return true;
    }

    static SerialNumber IParsable<SerialNumber>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static SerialNumber ISpanParsable<SerialNumber>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s.ToString());

    static bool IParsable<SerialNumber>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SerialNumber result) => TryParse(s, out result);

    static bool ISpanParsable<SerialNumber>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out SerialNumber result) => TryParse(s, out result);

    /// <summary>Orders by process instance, then by destination.</summary>
    /// <param name="other">The serial number to compare with.</param>
    /// <returns>Less than, equal to or greater than zero.</returns>
    public int CompareTo(SerialNumber other)
    {
        var byInstance = ProcessInstance.CompareTo(other.ProcessInstance);
        return byInstance != 0 ? byInstance : Destination.CompareTo(other.Destination);
    }

    /// <summary>The two numbers joined by an underscore, the same in every culture.</summary>
    /// <returns>For example <c>8_10</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ProcessInstance.Value}_{Destination}");
}
