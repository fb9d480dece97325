using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Writes the signals that an instance keeps, at the end of its header, and the values that a signal or a finish brings. Where no signal is kept
/// nothing is written, unless something else has raised the header to the version that has them.</summary>
internal static class SignalWriter
{
    /// <summary>Raises the header to the version that it needs. The version comes before all that is written.</summary>
    public static void Raise(PartWriter writer, ProcessInstance process)
    {
        if (process.KeptSignals.Count > 0)
        {
            writer.Raise(PartFormat.WithSignals);
        }
    }

    public static void Signals(PartWriter writer, ProcessInstance process)
    {
        if (writer.Version < PartFormat.WithSignals)
        {
            return;
        }

        writer.Number(process.KeptSignals.Count);
        foreach (var signal in process.KeptSignals)
        {
            writer.Text(signal.Name);
            Values(writer, signal.User, signal.At, signal.Changes, process.StartedAt);
        }
    }

    public static void Values(PartWriter writer, string user, DateTimeOffset at, IReadOnlyList<FieldChange> changes, DateTimeOffset since)
    {
        writer.Text(user);
        writer.Instant(at, since);
        ChangeList.Write(writer, changes);
    }
}
