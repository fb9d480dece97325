namespace Workflow.Core.Instances;

/// <summary>Instants are held as ticks in UTC, a third of the memory of a date that may be absent.</summary>
internal static class Instant
{
    public static DateTimeOffset Of(long ticks) => new(ticks, TimeSpan.Zero);

    public static DateTimeOffset? OrNull(long ticks) => ticks == 0 ? null : Of(ticks);

    public static long Ticks(DateTimeOffset? instant) => instant?.UtcTicks ?? 0;
}
