using FsCheck;
using FsCheck.Fluent;

namespace Workflow.Core.Tests.Support;

/// <summary>Field values of every shape, the extremes among them.</summary>
internal static class FieldValues
{
    private static readonly DateTimeOffset[] _dates =
    [
        DateTimeOffset.MinValue,
        DateTimeOffset.MaxValue,
        DateTimeOffset.UnixEpoch,
        new(1, 1, 1, 14, 0, 0, TimeSpan.FromHours(14)),
        new(1, 1, 1, 0, 0, 0, TimeSpan.FromHours(-14)),
        new(9999, 12, 31, 9, 59, 59, TimeSpan.FromHours(-14)),
        new(DateTime.MaxValue.Ticks, TimeSpan.FromHours(14)),
        new(2026, 2, 28, 23, 59, 59, 999, TimeSpan.FromMinutes(-1)),
    ];

    private static readonly decimal[] _decimals =
    [
        0m, -0m, new(0, 0, 0, isNegative: true, scale: 28), 1m, 1.00m, decimal.MinValue, decimal.MaxValue, 0.0000000000000000000000000001m,
        -79228162514264337593543950.335m,
    ];

    private static readonly double[] _doubles =
    [
        0, -0.0, 1.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, double.MinValue,
        BitConverter.UInt64BitsToDouble(0x7FF0_0000_0000_0001),
    ];

    private static readonly string[] _texts =
        ["", " ", "Fahrt nach Köln", "\0", "\u007F\u0080\u07FF\u0800\uFFFF", "😀", "e\u0301", "\U0010FFFF\U00010000", new('x', 300), "line\r\nbreak"];

    private static readonly byte[][] _bytes = [[], [0], [0xFF, 0x80], [.. Enumerable.Range(0, 256).Select(number => (byte)number)]];

    /// <summary>The extremes of every shape, and null.</summary>
    public static IReadOnlyList<FieldValue> Extremes { get; } =
    [
        FieldValue.Null,
        .. OfAll<bool>([false, true]),
        .. OfAll(_dates),
        .. OfAll(_decimals),
        .. OfAll(_doubles),
        .. OfAll<int>([0, 1, -1, 63, 64, -64, -65, int.MinValue, int.MaxValue]),
        .. OfAll<long>([0, 1, -1, long.MinValue, long.MaxValue, int.MaxValue + 1L]),
        .. OfAll(_texts),
        .. OfAll<DateOnly>([DateOnly.MinValue, DateOnly.MaxValue, new(2026, 3, 29)]),
        .. OfAll<TimeSpan>([TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MaxValue, new(-1), TimeSpan.FromDays(60)]),
        .. OfAll<ReadOnlyMemory<byte>>([.. _bytes.Select(bytes => (ReadOnlyMemory<byte>)bytes)]),
    ];

    /// <summary>Single values and lists of every type, and now and then null.</summary>
    public static Gen<FieldValue> Any { get; } = Gen.OneOf(
        Gen.Constant(FieldValue.Null),
        Of(ArbMap.Default.GeneratorFor<bool>()),
        Of(Date()),
        Of(Gen.OneOf(Gen.Elements(_decimals), ArbMap.Default.GeneratorFor<decimal>())),
        Of(Gen.OneOf(Gen.Elements(_doubles), ArbMap.Default.GeneratorFor<long>().Select(BitConverter.Int64BitsToDouble))),
        Of(Gen.OneOf(ArbMap.Default.GeneratorFor<int>(), Gen.Choose(int.MinValue, int.MaxValue))),
        Of(Long()),
        Of(Text()),
        Of(Gen.Choose(0, DateOnly.MaxValue.DayNumber).Select(DateOnly.FromDayNumber)),
        Of(Long().Select(ticks => new TimeSpan(ticks))),
        Of(Gen.Elements(_bytes).Select(bytes => (ReadOnlyMemory<byte>)bytes)));

    /// <summary>Short texts of well-formed characters.</summary>
    public static Gen<string> Text() => Gen.Elements(_texts).ListOf().Select(texts => string.Concat(texts.Take(4)));

    private static IEnumerable<FieldValue> OfAll<T>(T[] values) =>
        [.. values.Select(FieldValue.From), FieldValue.From<IReadOnlyList<T>>(values), FieldValue.From<IReadOnlyList<T>>([])];

    private static Gen<FieldValue> Of<T>(Gen<T> values) => Gen.OneOf(
        values.Select(FieldValue.From),
        values.ListOf().Select(list => FieldValue.From<IReadOnlyList<T>>([.. list])));

    private static Gen<long> Long() => Gen.Choose(int.MinValue, int.MaxValue).Two()
        .Select(halves => ((long)halves.Item1 << 32) ^ (uint)halves.Item2);

    private static Gen<DateTimeOffset> Date() => Gen.OneOf(
        Gen.Elements(_dates),
        from ticks in Long()
        from minutes in Gen.Choose(-840, 840)
        select new DateTimeOffset((ticks & long.MaxValue) % DateTime.MaxValue.Ticks, TimeSpan.Zero) is var instant
            && instant.Ticks > TimeSpan.TicksPerDay && instant.Ticks < DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay
                ? instant.ToOffset(TimeSpan.FromMinutes(minutes))
                : instant);
}
