using System.Diagnostics;

namespace Workflow.Core.Relational.Commits;

/// <summary>How many jobs of the engine's own work may go into a transaction for which somebody else may have to wait. Their statements together take about
/// half as long as the end of a transaction, which waits for the disk. So whoever comes waits about three times as long as without them: for the transaction
/// that is under way, and for the one that has theirs.</summary>
internal sealed class GroupPace
{
    /// <summary>A measurement counts for this part of the average.</summary>
    private const double Weight = 0.125;

    private const int Least = 4;

    private double _job;
    private double _end;

    /// <summary>How many jobs.</summary>
    public int Few => _job > 0 ? Math.Max(Least, (int)Math.Min(_end / _job / 2, int.MaxValue)) : Least;

    /// <summary>A transaction was made.</summary>
    /// <param name="commits">How many commits it had.</param>
    /// <param name="spent">For how long they ran, in ticks of the stopwatch.</param>
    /// <param name="ending">When its end began, as a timestamp.</param>
    public void Note(int commits, long spent, long ending)
    {
        if (commits > 0)
        {
            Move(ref _job, (double)spent / commits);
        }

        Move(ref _end, Stopwatch.GetTimestamp() - ending);
    }

    private static void Move(ref double average, double measured) => average = average > 0 ? average + (Weight * (measured - average)) : measured;
}
