using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Reads what <see cref="TaskWriter"/> wrote.</summary>
internal static class TaskReader
{
    /// <returns>The header, and what it says of slots that are stored for themselves; nothing where it has none or does not say it.</returns>
    public static (WorklistHeader? Header, (int Count, ulong Sum)? Apart) Header(
        ref PartReader reader, ActivityInstanceDestination owner, ActivityDefinition definition, DateTimeOffset since)
    {
        string? url = null;
        switch (reader.Byte())
        {
            case TaskWriter.NoHeader:
                return (null, null);
            case TaskWriter.HeaderWithUrl:
                url = reader.Text();
                break;
            case TaskWriter.PlainHeader:
                break;
            case var other:
                throw reader.Refuse($"{other.Invariant()} says nothing about a task");
        }

        var isOpen = reader.Flag();
        var data = reader.OptionalText();
        var lastSlotId = reader.Integer();
        var header = new WorklistHeader(owner, data, url);
        var extras = reader.Flag() ? Extras(ref reader, since) : null;
        var isApart = reader.Flag();
        header.Restore(isOpen, isApart, lastSlotId, extras);
        (int Count, ulong Sum)? apart = isApart && reader.Version >= PartFormat.Counted ? (reader.Integer(), reader.Number()) : null;
        var count = isApart ? 0 : reader.Count();
        for (var index = 0; index < count; index++)
        {
            header.Restore(Slot(ref reader, definition, since));
        }

        return (header, apart);
    }

    public static Slot Slot(ref PartReader reader, ActivityDefinition definition, DateTimeOffset since)
    {
        var id = reader.Integer();
        var user = reader.Text();
        var party = reader.Text();
        var entry = SnapshotReader.Destination(ref reader);
        var status = reader.Choice<SlotStatus>();
        var action = reader.OptionalText();
        var completedAt = reader.OptionalInstant(since);
        var hasCopy = reader.Flag();
        Destination? through = reader.Flag() ? SnapshotReader.Destination(ref reader) : null;
        var slot = new Slot(id, user, party, entry, SnapshotReader.Fields(ref reader, definition.DestinationFields), through);
        slot.Restore(status, action, completedAt, hasCopy);
        return slot;
    }

    public static List<string> Texts(ref PartReader reader)
    {
        var texts = new List<string>();
        for (var left = reader.Count(); left > 0; left--)
        {
            texts.Add(reader.Text());
        }

        return texts;
    }

    private static TaskExtras Extras(ref PartReader reader, DateTimeOffset since)
    {
        var excluded = Texts(ref reader);
        var sleeps = Sleeps(ref reader, since);
        var delegations = Delegations(ref reader);
        var rights = Rights(ref reader);
        return new TaskExtras
        {
            Excluded = excluded,
            Sleeps = sleeps,
            Delegations = delegations,
            ActionRights = rights,
            Inheritances = Inheritances(ref reader),
        };
    }

    private static List<ItemSleep> Sleeps(ref PartReader reader, DateTimeOffset since)
    {
        var sleeps = new List<ItemSleep>();
        for (var left = reader.Count(); left > 0; left--)
        {
            sleeps.Add(new ItemSleep(reader.Text(), reader.Text(), reader.OptionalInstant(since), reader.Integer()));
        }

        return sleeps;
    }

    private static List<Delegation> Delegations(ref PartReader reader)
    {
        var delegations = new List<Delegation>();
        for (var left = reader.Count(); left > 0; left--)
        {
            var by = reader.Text();
            var entry = SnapshotReader.Destination(ref reader);
            var to = SnapshotReader.Destination(ref reader);
            delegations.Add(new Delegation(by, entry, to, reader.Flag() ? Texts(ref reader) : null));
        }

        return delegations;
    }

    private static List<ItemActionRight> Rights(ref PartReader reader)
    {
        var rights = new List<ItemActionRight>();
        for (var left = reader.Count(); left > 0; left--)
        {
            rights.Add(new ItemActionRight(reader.Text(), SnapshotReader.Destination(ref reader), reader.Flag()));
        }

        return rights;
    }

    private static List<Inheritance> Inheritances(ref PartReader reader)
    {
        var inheritances = new List<Inheritance>();
        for (var left = reader.Count(); left > 0; left--)
        {
            inheritances.Add(new Inheritance(reader.Text(), SnapshotReader.Destination(ref reader)));
        }

        return inheritances;
    }
}
