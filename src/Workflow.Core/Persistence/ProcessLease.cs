namespace Workflow.Core.Persistence;

/// <summary>The engine that works on an instance, and how long it may leave the others waiting.</summary>
/// <param name="Owner">The engine.</param>
/// <param name="Duration">How long from now, by the clock of the store; positive, and <see cref="Longest"/> at most.</param>
public sealed record ProcessLease(string Owner, TimeSpan Duration)
{
    /// <summary>The longest time for which a lease can be taken or renewed: one minute. A lease that ends later than this from now was taken before the clock
    /// of the store was set back, and is void (statement 14.3).</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest time for which an instance can be put off: one hour. An instance that is put off for longer was
    /// put off before the clock was set back.</summary>
    public static TimeSpan LongestPutOff { get; } = TimeSpan.FromHours(1);
}
