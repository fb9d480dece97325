namespace Workflow.Core;

/// <summary>When two field values are the same.</summary>
internal static class FieldValueEquality
{
    public static bool Same(in FieldValue left, in FieldValue right)
    {
        if (left.IsNull || right.IsNull)
        {
            return left.IsNull && right.IsNull;
        }

        if (left.Type != right.Type || left.IsList != right.IsList)
        {
            return false;
        }

        if (left.IsList)
        {
            return FieldValueList.Same(left.Reference!, right.Reference!);
        }

        return left.Type switch
        {
            FieldType.Decimal => left.Number == right.Number,
            FieldType.Double => left.Floating.Equals(right.Floating),
            FieldType.String => string.Equals((string)left.Reference!, (string)right.Reference!, StringComparison.Ordinal),
            FieldType.Binary => ((byte[])left.Reference!).AsSpan().SequenceEqual((byte[])right.Reference!),
            _ => left.Whole == right.Whole && left.OffsetMinutes == right.OffsetMinutes,
        };
    }

    public static int HashOf(in FieldValue value) => value.Type switch
    {
        FieldType.Decimal when !value.IsList => value.Number.GetHashCode(),
        FieldType.Double when !value.IsList => value.Floating.GetHashCode(),
        FieldType.String when !value.IsList => ((string)value.Reference!).GetHashCode(StringComparison.Ordinal),
        _ => HashCode.Combine(value.Type, value.IsList, value.IsList || value.Type is FieldType.Binary ? 0 : value.Whole),
    };
}
