using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Workflow.Core.CrashChild.Watching;

/// <summary>Ends the process the hard way when a point has been reached so many times.</summary>
/// <param name="point">The point.</param>
/// <param name="count">At the how manieth time; from 1.</param>
/// <param name="delay">For how many microseconds a COMMIT that was sent is left running.</param>
/// <param name="step">Only its commits count. Each must be a batch, as a commit on PostgreSQL is.</param>
internal sealed class KillSwitch(KillPoint point, int count, int delay, FamilyStep step = FamilyStep.Any) : IStatementWatch
{
    private volatile int _command = (int)FamilyStep.Any;
    private volatile bool _isArmed;
    private volatile bool _isDying;
    private int _reached;

    /// <summary>From now on it counts.</summary>
    public void Arm() => _isArmed = true;

    /// <summary>A command begins. Its commits are those of a step.</summary>
    public void Begin(FamilyStep command) => _command = (int)command;

    /// <inheritdoc/>
    public void Before(IReadOnlyList<SentStatement> statements, bool isBatch)
    {
        if (isBatch || statements[0].Text.StartsWith("BEGIN", StringComparison.OrdinalIgnoreCase))
        {
            Reach(KillPoint.BeforeTransaction, statements);
        }

        if (!Commits(statements, isBatch))
        {
            return;
        }

        if (!isBatch)
        {
            Reach(KillPoint.AfterLastStatement, statements);
        }

        if (IsReached(KillPoint.CommitSent, statements) || (isBatch && IsReached(KillPoint.AfterLastStatement, statements)))
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
            Reach(KillPoint.AfterAcknowledgement, statements);
        }

        Reach(KillPoint.AfterStatement, statements);
    }

    /// <summary>The point is reached; when it was often enough, nobody returns from here.</summary>
    public void Reach(KillPoint reached, IReadOnlyList<SentStatement>? statements = null)
    {
        if (IsReached(reached, statements ?? []))
        {
            Die();
        }
    }

    private static bool Commits(IReadOnlyList<SentStatement> statements, bool isBatch) =>
        isBatch || statements[0].Text.StartsWith("COMMIT", StringComparison.OrdinalIgnoreCase);

    private bool IsReached(KillPoint reached, IReadOnlyList<SentStatement> statements) =>
        _isArmed && reached == point && IsOfStep(statements) && Interlocked.Increment(ref _reached) == count;

    /// <summary>The statements of messages have the number of the message as their third value. It tells what the message is about.</summary>
    private bool IsOfStep(IReadOnlyList<SentStatement> statements) => step switch
    {
        FamilyStep.Any => true,
        FamilyStep.StartSent => Has(statements, "INSERT", 1),
        FamilyStep.ParentEndSent => Has(statements, "INSERT", 2),
        FamilyStep.EndSent => Has(statements, "INSERT", 3),
        FamilyStep.StartReceived => Has(statements, "DELETE", 1),
        FamilyStep.ParentEndReceived => Has(statements, "DELETE", 2),
        FamilyStep.EndReceived => Has(statements, "DELETE", 3),
        _ => _command == (int)step && statements.Any(statement => statement.Text.StartsWith("UPDATE", StringComparison.Ordinal)),
    };

    private static bool Has(IReadOnlyList<SentStatement> statements, string word, int number) => statements.Any(statement =>
        statement.Text.StartsWith(word, StringComparison.Ordinal) && statement.Text.Contains("message", StringComparison.Ordinal)
        && statement.Parameters is { Count: > 2 } values && values[2].Value is int sent && sent == number);

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
