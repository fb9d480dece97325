using System.Collections;
using System.Globalization;

namespace Workflow.Core;

/// <summary>Renders values the same in every culture and time zone.</summary>
internal static class FieldValueText
{
    public static string Of(in FieldValue value)
    {
        if (value.IsNull)
        {
            return "null";
        }

        if (value.IsList)
        {
            return "[" + string.Join(", ", ((IEnumerable)value.Reference!).Cast<object>().Select(Scalar)) + "]";
        }

        return value.Type switch
        {
            FieldType.Boolean => Scalar(value.Whole != 0),
            FieldType.Date => value.TryGet<DateTimeOffset>(out var date) ? Scalar(date) : "",
            FieldType.DateOnly => Scalar(value.Get<DateOnly>()),
            FieldType.TimeSpan => Scalar(value.Get<TimeSpan>()),
            FieldType.Decimal => Scalar(value.Number),
            FieldType.Double => Scalar(value.Floating),
            FieldType.Binary => Bytes((byte[])value.Reference!),
            FieldType.String => Scalar(value.Reference!),
            _ => Scalar(value.Whole),
        };
    }

    private static string Scalar(object value) => value switch
    {
        bool boolean => boolean ? "true" : "false",
        DateTimeOffset date => date.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        string text => Quoted(text),
        ReadOnlyMemory<byte> bytes => Bytes(bytes.Span),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => "",
    };

    /// <summary>Quotation marks, and nothing that could break a line of a transcript or a log in two.</summary>
    private static string Quoted(string text) =>
        "\"" + string.Concat(text.Select(character => char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character)) + "\"";

    private static string Bytes(ReadOnlySpan<byte> bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes.Length} bytes");
}
