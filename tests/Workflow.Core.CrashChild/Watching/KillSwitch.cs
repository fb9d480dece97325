using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Workflow.Core.CrashChild.Watching;

/// <summary>Ends the process the hard way when a point has been reached so many times.</summary>
/// <param name="point">The point.</param>
/// <param name="count">At the how manieth time; from 1.</param>
/// <param name="delay">For how many microseconds a COMMIT that was sent is left running.</param>
internal sealed class KillSwitch(KillPoint point, int count, int delay) : IStatementWatch
{
    private volatile bool _isArmed;
    private volatile bool _isDying;
    private int _reached;

    /// <summary>From now on it counts.</summary>
    public void Arm() => _isArmed = true;

    /// <inheritdoc/>
    public void Before(IReadOnlyList<SentStatement> statements, bool isBatch)
    {
        if (isBatch || statements[0].Text.StartsWith("BEGIN", StringComparison.OrdinalIgnoreCase))
        {
            Reach(KillPoint.BeforeTransaction);
        }

        if (!Commits(statements, isBatch))
        {
            return;
        }

        if (!isBatch)
        {
            Reach(KillPoint.AfterLastStatement);
        }

        if (IsReached(KillPoint.CommitSent) || (isBatch && IsReached(KillPoint.AfterLastStatement)))
        {
            DieSoon();
        }
    }

    /// <inheritdoc/>
    public void After(IReadOnlyList<SentStatement> statements, bool isBatch)
    {
        if (_isDying)
        {
            WaitForDeath();
        }

        if (Commits(statements, isBatch))
        {
            Reach(KillPoint.AfterAcknowledgement);
        }

        Reach(KillPoint.AfterStatement);
    }

    /// <summary>The point is reached; when it was often enough, nobody returns from here.</summary>
    public void Reach(KillPoint reached)
    {
        if (IsReached(reached))
        {
            Die();
        }
    }

    private static bool Commits(IReadOnlyList<SentStatement> statements, bool isBatch) =>
        isBatch || statements[0].Text.StartsWith("COMMIT", StringComparison.OrdinalIgnoreCase);

    private bool IsReached(KillPoint reached) => _isArmed && reached == point && Interlocked.Increment(ref _reached) == count;

    /// <summary>From another thread: the statement that follows blocks this one.</summary>
    private void DieSoon()
    {
        _isDying = true;
        var thread = new Thread(() =>
        {
            var began = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(began).TotalMicroseconds < delay)
            {
                Thread.SpinWait(20);
            }

            Die();
        });
        thread.Start();
    }

    [DoesNotReturn]
    private static void Die()
    {
        Process.GetCurrentProcess().Kill();
        WaitForDeath();
    }

    [DoesNotReturn]
    private static void WaitForDeath()
    {
        using var never = new ManualResetEventSlim();
        never.Wait();
        throw new UnreachableException();
    }
}
