using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Workflow.Core;

/// <summary>The lists inside field values: boxed immutable arrays, one C# type for each field type.</summary>
internal static class FieldValueList
{
    /// <summary>Makes a list of the values that a caller gave, so that the caller's later changes do not reach it.</summary>
    public static bool TryCopy(object value, out FieldType type, [NotNullWhen(true)] out object? list)
    {
        (type, list) = value switch
        {
            IReadOnlyList<bool> given => (FieldType.Boolean, (object)given.ToImmutableArray()),
            IReadOnlyList<DateTimeOffset> given => (FieldType.Date, given.ToImmutableArray()),
            IReadOnlyList<decimal> given => (FieldType.Decimal, given.ToImmutableArray()),
            IReadOnlyList<double> given => (FieldType.Double, given.ToImmutableArray()),
            IReadOnlyList<int> given => (FieldType.Integer, given.ToImmutableArray()),
            IReadOnlyList<long> given => (FieldType.Long, given.ToImmutableArray()),
            IReadOnlyList<string> given => (FieldType.String, WithoutNulls(given)),
            IReadOnlyList<ReadOnlyMemory<byte>> given => (FieldType.Binary, given.Select(bytes => (ReadOnlyMemory<byte>)bytes.ToArray()).ToImmutableArray()),
            IReadOnlyList<DateOnly> given => (FieldType.DateOnly, given.ToImmutableArray()),
            IReadOnlyList<TimeSpan> given => (FieldType.TimeSpan, given.ToImmutableArray()),
            _ => (default(FieldType), null),
        };
        return list is not null;
    }

    public static FieldValue Element(object list, int index) => list switch
    {
        ImmutableArray<bool> elements => FieldValue.From(elements[index]),
        ImmutableArray<DateTimeOffset> elements => FieldValue.From(elements[index]),
        ImmutableArray<decimal> elements => FieldValue.From(elements[index]),
        ImmutableArray<double> elements => FieldValue.From(elements[index]),
        ImmutableArray<int> elements => FieldValue.From(elements[index]),
        ImmutableArray<long> elements => FieldValue.From(elements[index]),
        ImmutableArray<string> elements => FieldValue.From(elements[index]),
        ImmutableArray<ReadOnlyMemory<byte>> elements => FieldValue.From(elements[index]),
        ImmutableArray<DateOnly> elements => FieldValue.From(elements[index]),
        ImmutableArray<TimeSpan> elements => FieldValue.From(elements[index]),
        _ => FieldValue.Null,
    };

    public static bool Same(object left, object right) => (left, right) switch
    {
        (ImmutableArray<bool> first, ImmutableArray<bool> second) => first.AsSpan().SequenceEqual(second.AsSpan()),
        (ImmutableArray<DateTimeOffset> first, ImmutableArray<DateTimeOffset> second) =>
            first.Length == second.Length && first.Zip(second).All(pair => pair.First.EqualsExact(pair.Second)),
        (ImmutableArray<decimal> first, ImmutableArray<decimal> second) => first.AsSpan().SequenceEqual(second.AsSpan()),
        (ImmutableArray<double> first, ImmutableArray<double> second) => first.AsSpan().SequenceEqual(second.AsSpan()),
        (ImmutableArray<int> first, ImmutableArray<int> second) => first.AsSpan().SequenceEqual(second.AsSpan()),
        (ImmutableArray<long> first, ImmutableArray<long> second) => first.AsSpan().SequenceEqual(second.AsSpan()),
        (ImmutableArray<string> first, ImmutableArray<string> second) => first.AsSpan().SequenceEqual(second.AsSpan()),
        (ImmutableArray<ReadOnlyMemory<byte>> first, ImmutableArray<ReadOnlyMemory<byte>> second) =>
            first.Length == second.Length && first.Zip(second).All(pair => pair.First.Span.SequenceEqual(pair.Second.Span)),
        (ImmutableArray<DateOnly> first, ImmutableArray<DateOnly> second) => first.AsSpan().SequenceEqual(second.AsSpan()),
        (ImmutableArray<TimeSpan> first, ImmutableArray<TimeSpan> second) => first.AsSpan().SequenceEqual(second.AsSpan()),
        _ => false,
    };

    /// <summary>An element of a list has a value; a list that holds a null would be read back as something else.</summary>
    private static ImmutableArray<string> WithoutNulls(IReadOnlyList<string> given)
    {
        foreach (var text in given)
        {
            if (text is null)
            {
                throw new ArgumentException("A list in a data field cannot hold a null. Leave the element out, or use an empty text.", nameof(given));
            }

            Utf16.ThrowIfMalformed(text, nameof(given));
        }

        return given.ToImmutableArray();
    }
}
