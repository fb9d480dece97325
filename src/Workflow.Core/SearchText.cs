using System.Globalization;

namespace Workflow.Core;

/// <summary>Values as text that is equal when they are, for the search of process instances.</summary>
internal static class SearchText
{
    /// <returns>The text; null for no value. Of a long text, only the beginning counts.</returns>
    public static string? Of(in FieldValue value) => value.IsNull ? null : value.Type switch
    {
        FieldType.Boolean => value.Whole != 0 ? "true" : "false",
        FieldType.Date => value.Get<DateTimeOffset>().UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        FieldType.DateOnly => value.Get<DateOnly>().ToString("O", CultureInfo.InvariantCulture),
        FieldType.TimeSpan => value.Get<TimeSpan>().ToString("c", CultureInfo.InvariantCulture),
        FieldType.Decimal => value.Number.ToString("0.############################", CultureInfo.InvariantCulture),
        FieldType.Double => value.Floating == 0 ? "0" : value.Floating.ToString("R", CultureInfo.InvariantCulture),
        FieldType.String => Beginning((string)value.Reference!),
        _ => value.Whole.ToString(CultureInfo.InvariantCulture),
    };

    private static string Beginning(string text) => text.Length <= Limits.NameLength ? text : text[..Limits.NameLength];
}
