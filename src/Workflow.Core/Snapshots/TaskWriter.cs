using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Writes what a client event keeps of the people who work on it.</summary>
internal static class TaskWriter
{
    /// <summary>Whether there is a header. An address that has to be kept is rare, so a header without one is as it was before there were any.</summary>
    public const byte NoHeader = 0;
    public const byte PlainHeader = 1;
    public const byte HeaderWithUrl = 2;

    public static void Header(PartWriter writer, ActivityInstanceDestination destination, DateTimeOffset since)
    {
        if (destination.WorklistHeader is not { } header)
        {
            writer.Byte(NoHeader);
            return;
        }

        writer.Byte(header.Url is null ? PlainHeader : HeaderWithUrl);
        if (header.Url is not null)
        {
            writer.Text(header.Url);
        }

        writer.Flag(header.IsOpen);
        writer.OptionalText(header.Data);
        writer.Number(header.LastSlotId);
        Extras(writer, header.ExtrasOrNull, since);
        writer.Flag(header.StoresSlotsApart);
        if (header.StoresSlotsApart)
        {
            writer.Raise(PartFormat.Counted);
            writer.Number(header.SlotList.Count);
            writer.Number(header.SlotSum);
            return;
        }

        writer.Number(header.Slots.Count);
        foreach (var slot in header.SlotList)
        {
            Slot(writer, slot, since);
        }
    }

    public static void Slot(PartWriter writer, Slot slot, DateTimeOffset since)
    {
        writer.Number(slot.Id);
        writer.Text(slot.User);
        writer.Text(slot.Party);
        SnapshotWriter.Destination(writer, slot.Entry);
        writer.Choice(slot.Status);
        writer.OptionalText(slot.Action);
        writer.OptionalInstant(slot.CompletedAt, since);
        writer.Flag(slot.HasCopy);
        writer.Flag(slot.Through is not null);
        if (slot.Through is { } through)
        {
            SnapshotWriter.Destination(writer, through);
        }

        SnapshotWriter.Fields(writer, slot.Fields);
    }

    public static void Texts(PartWriter writer, IReadOnlyList<string> texts)
    {
        writer.Number(texts.Count);
        foreach (var text in texts)
        {
            writer.Text(text);
        }
    }

    private static void Extras(PartWriter writer, TaskExtras? extras, DateTimeOffset since)
    {
        writer.Flag(extras is not null);
        if (extras is null)
        {
            return;
        }

        Texts(writer, extras.Excluded);
        Sleeps(writer, extras.Sleeps, since);
        Delegations(writer, extras.Delegations);
        Rights(writer, extras.ActionRights);
        Inheritances(writer, extras.Inheritances);
    }

    private static void Sleeps(PartWriter writer, List<ItemSleep> sleeps, DateTimeOffset since)
    {
        writer.Number(sleeps.Count);
        foreach (var sleep in sleeps)
        {
            writer.Text(sleep.User);
            writer.Text(sleep.Party);
            writer.OptionalInstant(sleep.Until, since);
            writer.Number(sleep.Timer);
        }
    }

    private static void Delegations(PartWriter writer, List<Delegation> delegations)
    {
        writer.Number(delegations.Count);
        foreach (var delegation in delegations)
        {
            writer.Text(delegation.By);
            SnapshotWriter.Destination(writer, delegation.Entry);
            SnapshotWriter.Destination(writer, delegation.To);
            writer.Flag(delegation.Actions is not null);
            if (delegation.Actions is { } actions)
            {
                Texts(writer, actions);
            }
        }
    }

    private static void Rights(PartWriter writer, List<ItemActionRight> rights)
    {
        writer.Number(rights.Count);
        foreach (var right in rights)
        {
            writer.Text(right.Action);
            SnapshotWriter.Destination(writer, right.Who);
            writer.Flag(right.IsAllowed);
        }
    }

    private static void Inheritances(PartWriter writer, List<Inheritance> inheritances)
    {
        writer.Number(inheritances.Count);
        foreach (var inheritance in inheritances)
        {
            writer.Text(inheritance.User);
            SnapshotWriter.Destination(writer, inheritance.From);
        }
    }
}
