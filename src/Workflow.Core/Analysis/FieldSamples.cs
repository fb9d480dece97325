namespace Workflow.Core.Analysis;

/// <summary>Values of a field that stand for all there are, if rules only compare the field with certain constants. They are the constants, one value between
/// any two of them, one below, one above, and none. Where there are no constants, one value stands for all.</summary>
internal static class FieldSamples
{
    private static readonly TimeSpan _tick = new(1);

    /// <returns>The values; null for an unknown type. There is always another one than null: a rule may ask no more than whether the field has a
    /// value.</returns>
    public static IReadOnlyList<FieldValue>? Of(FieldType type, IReadOnlyList<FieldValue> constants) => type switch
    {
        FieldType.Boolean => [FieldValue.Null, FieldValue.From(true), FieldValue.From(false)],
        FieldType.String => Texts([.. Values<string>(constants)]),
        FieldType.Integer => Around(Values<int>(constants), value => value - 1, (left, _) => left + 1, value => value + 1),
        FieldType.Long => Around(Values<long>(constants), value => value - 1, (left, _) => left + 1, value => value + 1),
        FieldType.Decimal => Around(Values<decimal>(constants), value => value - 1, (left, right) => (left / 2) + (right / 2), value => value + 1),
        FieldType.Double =>
        [
            FieldValue.From(double.NaN),
            .. Around(Values<double>(constants), double.BitDecrement, (left, _) => double.BitIncrement(left), double.BitIncrement),
        ],
        FieldType.Date => Around(Values<DateTimeOffset>(constants), value => value.AddTicks(-1), (left, _) => left.AddTicks(1), value => value.AddTicks(1)),
        FieldType.DateOnly => Around(Values<DateOnly>(constants), value => value.AddDays(-1), (left, _) => left.AddDays(1), value => value.AddDays(1)),
        FieldType.TimeSpan => Around(Values<TimeSpan>(constants), value => value - _tick, (left, _) => left + _tick, value => value + _tick),
        FieldType.Binary => Bytes([.. Values<ReadOnlyMemory<byte>>(constants)]),
        _ => null,
    };

    /// <summary>Texts are compared for equality only, so one text that is none of the constants stands for all others.</summary>
    private static FieldValue[] Texts(string[] constants) =>
        [FieldValue.Null, FieldValue.From(string.Concat(constants) + "?"), .. constants.Select(text => FieldValue.From(text))];

    /// <summary>Bytes are compared for equality only too. The constants' bytes and one more are none of the constants.</summary>
    private static FieldValue[] Bytes(ReadOnlyMemory<byte>[] constants) =>
    [
        FieldValue.Null,
        FieldValue.From(ReadOnlyMemory<byte>.Empty),
        FieldValue.From<ReadOnlyMemory<byte>>(new byte[constants.Sum(constant => constant.Length) + 1]),
        .. constants.Select(bytes => FieldValue.From(bytes)),
    ];

    private static FieldValue[] Around<T>(IEnumerable<T> constants, Func<T, T> before, Func<T, T, T> between, Func<T, T> after)
    {
        T[] ordered = [.. constants.Distinct().Order()];
        if (ordered.Length == 0)
        {
            return [FieldValue.Null, FieldValue.From(default(T))];
        }

        var samples = new List<FieldValue> { FieldValue.Null };
        AddUnlessTooLarge(samples, () => before(ordered[0]));
        for (var index = 0; index < ordered.Length; index++)
        {
            samples.Add(FieldValue.From(ordered[index]));
            if (index > 0)
            {
                samples.Add(FieldValue.From(between(ordered[index - 1], ordered[index])));
            }
        }

        AddUnlessTooLarge(samples, () => after(ordered[^1]));
        return [.. samples];
    }

    /// <summary>Below the least value there is, and above the greatest, is nothing.</summary>
    private static void AddUnlessTooLarge<T>(List<FieldValue> samples, Func<T> value)
    {
        try
        {
            samples.Add(FieldValue.From(value()));
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentOutOfRangeException)
        {
            return;
        }
    }

    private static IEnumerable<T> Values<T>(IEnumerable<FieldValue> constants)
    {
        foreach (var constant in constants)
        {
            if (constant.TryGet<T>(out var value))
            {
                yield return value;
            }
        }
    }
}
