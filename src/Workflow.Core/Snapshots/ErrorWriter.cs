using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Writes why a process instance is in Error, and what waits in Error and Stopped. The details of an exception can be long and do not change, so they
/// have a part of their own.</summary>
internal static class ErrorWriter
{
    /// <summary>The error of the instance, if it is in Error, and the steps that wait.</summary>
    public static void Write(PartWriter writer, ProcessInstance process)
    {
        if (process.StoredStatus.IsHalted())
        {
            writer.Raise(PartFormat.WithStops);
        }

        writer.Flag(process.Error is not null);
        if (process.Error is { } error)
        {
            writer.Text(error.Element);
            writer.Text(error.Message);
            writer.Text(error.ExceptionType);
            writer.Instant(error.At, process.StartedAt);
            writer.Number(error.Number);
            Steps(writer, process);
            writer.Number(process.Skipped.Count);
            foreach (var element in process.Skipped)
            {
                writer.Text(element);
            }

            writer.OptionalChecksum(error.Details.Length > 0 ? process.DetailsChecksum : null);
        }
        else if (process.StoredStatus is ProcessInstanceStatus.Stopped)
        {
            Steps(writer, process);
        }
    }

    /// <summary>The part of the exception behind an error that is kept.</summary>
    public static Range Details(PartWriter writer, ProcessInstance process)
    {
        writer.Begin(PartKind.ErrorDetails);
        writer.Text(process.Error!.Details);
        var piece = writer.End(PartPlace.Of(process));
        process.DetailsChecksum = writer.ChecksumOf(piece);
        return piece;
    }

    private static void Steps(PartWriter writer, ProcessInstance process)
    {
        writer.Number(process.Suspended.Count);
        foreach (var step in process.Suspended)
        {
            writer.Text(step.Verb);
            writer.Number(step.ActivityInstance);
            writer.Number(step.Destination);
            writer.Text(step.Element);
            if (writer.Version >= PartFormat.WithJoins)
            {
                JoinWriter.Branches(writer, step.On);
            }
        }
    }
}
