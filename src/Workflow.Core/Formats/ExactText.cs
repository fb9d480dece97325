using System.Collections;
using System.Globalization;
using System.Text;

namespace Workflow.Core.Formats;

/// <summary>Values as text from which they can be told apart: the same in every culture, on one line, and nothing is shortened. Which characters are escaped
/// does not depend on tables of Unicode, which grow.</summary>
internal static class ExactText
{
    public const string Null = "null";

    /// <summary>A value with its type, for example <c>Decimal 3000</c>.</summary>
    public static string Of(in FieldValue value)
    {
        if (value.IsNull)
        {
            return Null;
        }

        if (value.IsList)
        {
            return $"{Word(new FieldShape(value.Type, IsList: true))} [{string.Join(", ", ((IEnumerable)value.Reference!).Cast<object>().Select(Scalar))}]";
        }

        return $"{value.Type} {value.Type switch
        {
            FieldType.Boolean => Scalar(value.Whole != 0),
            FieldType.Date => Scalar(value.Get<DateTimeOffset>()),
            FieldType.DateOnly => Scalar(value.Get<DateOnly>()),
            FieldType.TimeSpan => Scalar(value.Get<TimeSpan>()),
            FieldType.Decimal => Scalar(value.Number),
            FieldType.Double => Scalar(value.Floating),
            FieldType.Binary or FieldType.String => Scalar(value.Reference!),
            _ => Scalar(value.Whole),
        }}";
    }

    /// <summary>A type, for example <c>Decimal</c> or <c>list of Decimal</c>.</summary>
    public static string Word(FieldShape shape) => shape.IsList ? $"list of {shape.Type}" : $"{shape.Type}";

    /// <summary>A text in quotation marks.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (char.IsHighSurrogate(character) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
            {
                quoted.Append(character).Append(text[++index]);
            }
            else if (character is '"' or '\\')
            {
                quoted.Append('\\').Append(character);
            }
            else if (IsEscaped(character))
            {
                quoted.Append("\\u").Append(((int)character).ToString("X4", CultureInfo.InvariantCulture));
            }
            else
            {
                quoted.Append(character);
            }
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Control characters, halves of surrogate pairs, and what breaks a line, is not seen, or turns the direction of writing.</summary>
    private static bool IsEscaped(char character) => char.IsSurrogate(character) || character is
        < ' ' or (>= '\u007F' and <= '\u009F')
            or '\u00AD' or (>= '\u200B' and <= '\u200F') or (>= '\u2028' and <= '\u202E') or (>= '\u2060' and <= '\u206F') or '\uFEFF';

    private static string Scalar(object value) => value switch
    {
        bool boolean => boolean ? "true" : "false",
        DateTimeOffset date => date.ToString("O", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        string text => Quoted(text),
        byte[] bytes => Convert.ToHexString(bytes),
        ReadOnlyMemory<byte> bytes => Convert.ToHexString(bytes.Span),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
