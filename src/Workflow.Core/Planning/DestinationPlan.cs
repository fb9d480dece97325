namespace Workflow.Core.Planning;

/// <summary>The result of a destination rule: how many activity instance destinations, for whom, with how many slots and what instance data (statement
/// 4.5).</summary>
internal sealed class DestinationPlan
{
    private readonly FieldValue _data;

    private DestinationPlan(IReadOnlyList<IReadOnlyList<Destination>> destinations, int slotsEach, int slotTotal, in FieldValue data)
    {
        Destinations = destinations;
        SlotsEach = slotsEach;
        SlotTotal = slotTotal;
        _data = data;
    }

    /// <summary>The plan of most activities without people; made once.</summary>
    public static DestinationPlan OneForNobody { get; } = new([[]], slotsEach: 1, slotTotal: 1, FieldValue.Null);

    /// <summary>The users, groups and roles that each activity instance destination is for.</summary>
    public IReadOnlyList<IReadOnlyList<Destination>> Destinations { get; }

    /// <summary>How many slots each has.</summary>
    public int SlotsEach { get; }

    /// <summary>How many slots there are over all.</summary>
    public int SlotTotal { get; }

    /// <summary>Whether they are made one after the other.</summary>
    public bool IsInTurn { get; private init; }

    /// <summary>How many of them are active at once.</summary>
    public int ActiveAtOnce => IsInTurn ? Math.Min(Destinations.Count, 1) : Destinations.Count;

    public static DestinationPlan JustOnce(IReadOnlyList<Destination> everybody, int slots) => new([everybody], slots, slots, FieldValue.Null);

    public static DestinationPlan PerDestination(IReadOnlyList<Destination> destinations, int slots, bool inTurn)
    {
        // This array has its length from the beginning, where a collection expression grows a list.
        var each = destinations.Select(destination => (IReadOnlyList<Destination>)[destination]).ToArray();
        return new DestinationPlan(each, slotsEach: 1, slots, FieldValue.Null) { IsInTurn = inTurn };
    }

    public static DestinationPlan PerSlot(int slots, in FieldValue data) =>
        new([.. Enumerable.Repeat<IReadOnlyList<Destination>>([], slots)], slotsEach: 1, slots, data);

    /// <summary>The value that the destination of a position gets: the next element of the list; nothing when the list is shorter (statement 4.7).</summary>
    public FieldValue DataOf(int position) => _data.ElementOrNull(position);
}
