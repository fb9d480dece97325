using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Reads what <see cref="SignalWriter"/> wrote.</summary>
internal static class SignalReader
{
    public static void Signals(ref PartReader reader, ProcessInstance process)
    {
        if (reader.Version < PartFormat.WithSignals)
        {
            return;
        }

        for (var left = reader.Count(); left > 0; left--)
        {
            var name = reader.Text();
            var (user, at, changes) = Values(ref reader, process.StartedAt);
            process.Restore(new KeptSignal(name, user, at, changes));
        }
    }

    public static (string User, DateTimeOffset At, FieldChange[] Changes) Values(ref PartReader reader, DateTimeOffset since)
    {
        var user = reader.Text();
        var at = reader.Instant(since);
        return (user, at, ChangeList.Read(ref reader));
    }
}
