using System.Diagnostics;
using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Writes messages between parents and sub-processes. A message is a piece of its own, whose place is its receiver, its sender and its
/// number.</summary>
internal static class MessageWriter
{
    public static Range Write(PartWriter writer, ProcessInstanceId from, FamilyMessage message)
    {
        writer.Begin(PartKind.Message, PartFormat.WithSubProcesses);
        if (message is FamilyMessage.Started { Start.AttachedText: not null })
        {
            writer.Raise(PartFormat.WithAttachedTexts);
        }

        writer.Number(message.Number);
        switch (message)
        {
            case FamilyMessage.Started started:
                Start(writer, started.Start);
                break;
            case FamilyMessage.Ended ended:
                writer.Number(ended.Destination);
                writer.Number(ended.EventInstance);
                writer.Flag(ended.IsAwaited);
                writer.Flag(ended.WasMoved);
                End(writer, ended.End);
                break;
            case FamilyMessage.ParentEnded:
                break;
            default:
                throw new UnreachableException();
        }

        return writer.End(PlaceOf(message.To, from, message.Number));
    }

    /// <summary>The place of a message.</summary>
    public static PartPlace PlaceOf(ProcessInstanceId to, ProcessInstanceId from, int number) => new(to.Value, number, 0, from.Value);

    /// <summary>The sub-process of an event, or none.</summary>
    public static void Run(PartWriter writer, SubProcessRun? run)
    {
        writer.Flag(run is not null);
        if (run is null)
        {
            return;
        }

        writer.Number(run.SubProcess.Id.Value);
        writer.Text(run.SubProcess.Definition);
        writer.Number(run.SubProcess.DefinitionVersion);
        writer.Flag(run.End is not null);
        if (run.End is { } end)
        {
            End(writer, end);
        }
    }

    /// <summary>The event that has started an instance, or none.</summary>
    public static void Parent(PartWriter writer, ParentProcess? parent)
    {
        writer.Flag(parent is not null);
        if (parent is null)
        {
            return;
        }

        writer.Number(parent.Id.Value);
        writer.Number(parent.Serial.Destination);
        writer.Text(parent.Activity);
        writer.Text(parent.Event);
        writer.Number(parent.Depth);
        writer.Number(parent.EventInstance);
        writer.Flag(parent.Waits);
        writer.Flag(parent.EndsWithIt);
        writer.Number(parent.Returned.Count);
        foreach (var (name, field) in parent.Returned)
        {
            writer.Text(name);
            writer.Text(field);
        }
    }

    private static void Start(PartWriter writer, SubProcessStart start)
    {
        writer.Text(start.Definition);
        writer.Number(start.DefinitionVersion);
        writer.Text(start.Folio);
        writer.Text(start.Originator);
        writer.Flag(start.DueAt is not null);
        if (start.DueAt is { } due)
        {
            writer.Instant(due);
        }

        ChangeList.Write(writer, start.Fields);
        Parent(writer, start.Parent);
        if (writer.Version >= PartFormat.WithAttachedTexts)
        {
            writer.OptionalText(start.AttachedText);
        }
    }

    private static void End(PartWriter writer, SubProcessEnd end)
    {
        writer.Flag(end.IsDeleted);
        ChangeList.Write(writer, end.Values);
        writer.OptionalText(end.Problem);
    }
}
