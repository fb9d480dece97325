namespace Workflow.Core.Rules;

/// <summary>Values of operands as text, the same in every culture.</summary>
internal static class ValueText
{
    public const string Null = "null";

    public static string Of<T>(T value) => value switch
    {
        null => Null,
        Number number => number.ToString(),
        Enum status => status.ToString(),
        _ => FieldValue.From(value).ToString(),
    };
}
