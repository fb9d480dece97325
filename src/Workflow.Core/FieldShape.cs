namespace Workflow.Core;

/// <summary>The shape of a data field: one value of a type, or a list of them.</summary>
/// <param name="Type">The type of the value or of each element.</param>
/// <param name="IsList">Whether the field holds a list.</param>
public readonly record struct FieldShape(FieldType Type, bool IsList)
{
    /// <summary>The shape that a C# type stands for.</summary>
    /// <typeparam name="T">One of <see cref="bool"/>, <see cref="DateTimeOffset"/>, <see cref="decimal"/>, <see cref="double"/>, <see cref="int"/>,
    /// <see cref="long"/>, <see cref="string"/>, <see cref="ReadOnlyMemory{T}"/> of <see cref="byte"/>, <see cref="DateOnly"/>, <see cref="TimeSpan"/>, or
    /// an <see cref="IReadOnlyList{T}"/> of one of them.</typeparam>
    /// <returns>The shape.</returns>
    /// <exception cref="NotSupportedException">The C# type has no field type (statement 11.2).</exception>
    public static FieldShape Of<T>() => ShapeOf<T>.Value
        ?? throw new NotSupportedException($"A data field cannot hold {typeof(T).Name}. Use bool, DateTimeOffset, decimal, double, int, long, string, "
            + "ReadOnlyMemory<byte>, DateOnly, TimeSpan, or an IReadOnlyList of one of them.");

    /// <summary>The shape that a C# type stands for; null where a data field cannot hold it.</summary>
    internal static FieldShape? OrNull<T>() => ShapeOf<T>.Value;

    /// <summary>The shape in words.</summary>
    /// <returns>For example <c>Decimal</c> or <c>a list of Decimal</c>.</returns>
    public override string ToString() => IsList ? $"a list of {Type}" : $"{Type}";

    private static FieldShape? Find(Type type)
    {
        if (Scalar(type) is { } scalar)
        {
            return new FieldShape(scalar, IsList: false);
        }

        return type switch
        {
            _ when type == typeof(IReadOnlyList<bool>) => new FieldShape(FieldType.Boolean, IsList: true),
            _ when type == typeof(IReadOnlyList<DateTimeOffset>) => new FieldShape(FieldType.Date, IsList: true),
            _ when type == typeof(IReadOnlyList<decimal>) => new FieldShape(FieldType.Decimal, IsList: true),
            _ when type == typeof(IReadOnlyList<double>) => new FieldShape(FieldType.Double, IsList: true),
            _ when type == typeof(IReadOnlyList<int>) => new FieldShape(FieldType.Integer, IsList: true),
            _ when type == typeof(IReadOnlyList<long>) => new FieldShape(FieldType.Long, IsList: true),
            _ when type == typeof(IReadOnlyList<string>) => new FieldShape(FieldType.String, IsList: true),
            _ when type == typeof(IReadOnlyList<ReadOnlyMemory<byte>>) => new FieldShape(FieldType.Binary, IsList: true),
            _ when type == typeof(IReadOnlyList<DateOnly>) => new FieldShape(FieldType.DateOnly, IsList: true),
            _ when type == typeof(IReadOnlyList<TimeSpan>) => new FieldShape(FieldType.TimeSpan, IsList: true),
            _ => null,
        };
    }

    private static FieldType? Scalar(Type type) => type switch
    {
        _ when type == typeof(bool) => FieldType.Boolean,
        _ when type == typeof(DateTimeOffset) => FieldType.Date,
        _ when type == typeof(decimal) => FieldType.Decimal,
        _ when type == typeof(double) => FieldType.Double,
        _ when type == typeof(int) => FieldType.Integer,
        _ when type == typeof(long) => FieldType.Long,
        _ when type == typeof(string) => FieldType.String,
        _ when type == typeof(ReadOnlyMemory<byte>) => FieldType.Binary,
        _ when type == typeof(DateOnly) => FieldType.DateOnly,
        _ when type == typeof(TimeSpan) => FieldType.TimeSpan,
        _ => null,
    };

    private static class ShapeOf<T>
    {
        public static readonly FieldShape? Value = Find(typeof(T));
    }
}
