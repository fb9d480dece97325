namespace Workflow.Core.Planning;

/// <summary>What a destination rule comes to: how many activity instance destinations, how many slots each, and what instance data (statement 4.5).</summary>
/// <param name="Destinations">How many destinations to make; zero when there is no slot (statement 4.13).</param>
/// <param name="SlotsEach">How many slots each has.</param>
/// <param name="Data">The list that hands out instance data; null value for none.</param>
internal readonly record struct DestinationPlan(int Destinations, int SlotsEach, FieldValue Data)
{
    /// <summary>How many slots there are over all destinations.</summary>
    public int SlotTotal => Destinations * SlotsEach;

    /// <summary>What the destination of a position gets: the next element of the list; nothing when the list is shorter (statement 4.7).</summary>
    public FieldValue DataOf(int position) => Data.ElementOrNull(position);
}
