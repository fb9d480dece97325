using Workflow.Core.Contexts;

namespace Workflow.Core.Definitions;

/// <summary>How often the code of a server event is called before its exception counts, and how long the engine waits between two calls (statement
/// 13.2).</summary>
public sealed class RetryPolicy
{
    /// <summary>The most attempts of a policy.</summary>
    internal const int MostAttempts = 1_000;

    /// <summary>The longest wait between two attempts.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromDays(365);

    internal RetryPolicy(int attempts, TimeSpan wait, double factor, TimeSpan? atMost, double jitter, ExceptionFilter? when)
    {
        Attempts = attempts;
        Wait = wait;
        Factor = factor;
        AtMost = atMost;
        Jitter = jitter;
        When = when;
    }

    /// <summary>How often the code is called at most, the first call included; 2 or more.</summary>
    public int Attempts { get; }

    /// <summary>How long the engine waits before the second attempt.</summary>
    public TimeSpan Wait { get; }

    /// <summary>By how much each wait is longer than the one before; 1 for equal waits.</summary>
    public double Factor { get; }

    /// <summary>The longest wait, before the jitter is added; null for a year.</summary>
    public TimeSpan? AtMost { get; }

    /// <summary>The share of a wait, from 0 to 1, that is added to it at random at most. So instances that failed together are not retried together.</summary>
    public double Jitter { get; }

    /// <summary>Whether only some exceptions are retried, as code of the definition says.</summary>
    public bool HasFilter => When is not null;

    internal ExceptionFilter? When { get; }

    /// <summary>How long to wait after some number of failed attempts.</summary>
    /// <param name="failures">The attempts that have failed; positive.</param>
    /// <param name="drawn">The number that was drawn for the jitter, from 0 to 1.</param>
    internal TimeSpan WaitAfter(int failures, double drawn)
    {
        var longest = AtMost ?? LongestWait;
        var ticks = Wait.Ticks * Math.Pow(Factor, failures - 1);
        ticks = Math.Min(ticks, longest.Ticks);
        return TimeSpan.FromTicks((long)(ticks * (1 + (Jitter * drawn))));
    }
}
