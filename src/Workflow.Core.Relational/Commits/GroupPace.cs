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
    /// <param name="jobs">How many jobs it had.</param>
    /// <param name="began">When its first job began, as a timestamp.</param>
    /// <param name="ending">When its end began.</param>
    public void Note(int jobs, long began, long ending)
    {
        Move(ref _job, (double)(ending - began) / jobs);
        Move(ref _end, Stopwatch.GetTimestamp() - ending);
    }

    private static void Move(ref double average, double measured) => average = average > 0 ? average + (Weight * (measured - average)) : measured;
}
