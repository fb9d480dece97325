using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Reads what <see cref="ErrorWriter"/> wrote.</summary>
internal static class ErrorReader
{
    /// <summary>The error of the instance, if it is in Error, and the steps that wait.</summary>
    /// <returns>The error, the steps, the elements that the first step does not ask any more, and the checksum of the details; null for no details.</returns>
    public static (ProcessError? Error, IReadOnlyList<SuspendedStep> Suspended, IReadOnlyList<string> Skipped, uint? Details) Read(
        ref PartReader reader, ProcessInstanceStatus status, DateTimeOffset since)
    {
        if (!reader.Flag())
        {
            return (null, status is ProcessInstanceStatus.Stopped ? Steps(ref reader) : [], [], null);
        }

        var error = new ProcessError(reader.Text(), reader.Text(), reader.Text(), reader.Instant(since));
        if (reader.Version >= PartFormat.WithStops)
        {
            error = error with { Number = (long)reader.Number() };
        }

        var suspended = Steps(ref reader);
        IReadOnlyList<string> skipped = reader.Version >= PartFormat.WithStops ? TaskReader.Texts(ref reader) : [];
        return (error, suspended, skipped, reader.Version >= PartFormat.Counted ? reader.OptionalChecksum() : null);
    }

    /// <summary>The part of the exception behind the error that is kept.</summary>
    public static void Details(ReadOnlySpan<byte> part, ProcessInstance process)
    {
        var reader = new PartReader(part, PartKind.ErrorDetails, PartPlace.Of(process), $"details of the error of process instance {process.Id}");
        var details = reader.Text();
        reader.End();
        process.DetailsChecksum = PartFormat.ChecksumOf(part);
        process.Error = process.Error is { } error ? error with { Details = details } : throw reader.Refuse("the process instance is not in Error");
    }

    private static SuspendedStep[] Steps(ref PartReader reader)
    {
        var steps = new SuspendedStep[reader.Count()];
        for (var index = 0; index < steps.Length; index++)
        {
            steps[index] = new SuspendedStep(reader.Text(), reader.Integer(), reader.Integer(), reader.Text(), JoinReader.BranchesIfAny(ref reader));
        }

        return steps;
    }
}
