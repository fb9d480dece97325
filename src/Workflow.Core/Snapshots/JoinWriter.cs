using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Writes the arrivals that joins keep and the runs of splits, at the end of the header, and the branches of an activity instance, at the end of its
/// part. Where there are none nothing is written, unless something else has raised the part to the version that has joins.</summary>
internal static class JoinWriter
{
    /// <summary>Raises the header to the version that it needs. The version comes before all that is written.</summary>
    public static void Raise(PartWriter writer, ProcessInstance process)
    {
        if (process.JoinedOrNull is { Arrivals.Count: > 0 } or { Runs.Count: > 0 }
            || (process.StoredStatus.IsHalted() && process.Suspended.Any(step => step.On is not null)))
        {
            writer.Raise(PartFormat.WithJoins);
        }
    }

    /// <summary>As <see cref="Raise(PartWriter, ProcessInstance)"/>, for the part of an activity instance.</summary>
    public static void Raise(PartWriter writer, ActivityInstance activity)
    {
        if (activity.Process.JoinedOrNull?.BranchesOf(activity.Id) is not null)
        {
            writer.Raise(PartFormat.WithJoins);
        }
    }

    public static void Joins(PartWriter writer, ProcessInstance process)
    {
        if (writer.Version < PartFormat.WithJoins)
        {
            return;
        }

        var runs = process.JoinedOrNull?.Runs ?? [];
        writer.Number(runs.Count);
        foreach (var run in runs)
        {
            writer.Number(run.Split);
            writer.Text(run.Activity);
            writer.Number(run.Lines.Count);
            foreach (var line in run.Lines)
            {
                writer.Text(line.Line);
                writer.Flag(line.IsOver);
            }
        }

        var joins = process.JoinedOrNull?.Arrivals ?? [];
        writer.Number(joins.Count);
        foreach (var join in joins)
        {
            writer.Text(join.Activity);
            writer.Number(join.Split - JoinArrivals.ByLines);
            writer.Flag(join.HasPassed);
            writer.Flag(join.IsRefused);
            writer.Number(join.Kept.Count);
            foreach (var kept in join.Kept)
            {
                writer.Text(kept.Line);
                writer.Number(kept.Count);
                Branches(writer, kept.On);
            }
        }
    }

    public static void BranchesOf(PartWriter writer, ActivityInstance activity)
    {
        if (writer.Version >= PartFormat.WithJoins)
        {
            Branches(writer, activity.Process.JoinedOrNull?.BranchesOf(activity.Id));
        }
    }

    public static void Branches(PartWriter writer, Branches? branches)
    {
        writer.Number(branches?.All.Count ?? 0);
        foreach (var branch in branches?.All ?? [])
        {
            writer.Number(branch.Split);
            writer.Text(branch.Line);
        }
    }
}
