namespace Workflow.Core.Instances;

/// <summary>How many completed slots hold which text in a destination field: what most slot functions ask,
/// so that asking them again need not look at every slot (statement 14.6).</summary>
/// <remarks>It is made when a rule asks among many slots for the first time, and kept up to date from then on. It is not stored. The content of a completed
/// slot never changes, and texts are only looked up, so the order of the table is never seen.</remarks>
internal sealed class AnswerCounts
{
    /// <summary>Among so few, slots or destinations, looking at each is no slower than a table.</summary>
    public const int Few = 16;

    private readonly Dictionary<(int Ordinal, string Text), int> _counts = [];
    private readonly List<int> _ordinals = new(1);

    /// <summary>Whether a field is counted yet.</summary>
    public bool IsCounted(int ordinal) => _ordinals.Contains(ordinal);

    /// <summary>Counts a field too.</summary>
    public void Count(int ordinal, ReadOnlySpan<ActivityInstanceDestination> destinations)
    {
        _ordinals.Add(ordinal);
        foreach (var destination in destinations)
        {
            if (destination.SlotList is { } slots)
            {
                Change(ordinal, slots, by: 1);
            }
        }
    }

    /// <summary>How many completed slots hold a text in a field that is counted.</summary>
    public int Of(int ordinal, string text) => _counts.GetValueOrDefault((ordinal, text));

    /// <summary>A slot has been completed.</summary>
    public void Add(Slot slot)
    {
        foreach (var ordinal in _ordinals)
        {
            Change(ordinal, slot, by: 1);
        }
    }

    /// <summary>The completed slots of a destination count no more.</summary>
    public void Forget(List<Slot> slots)
    {
        foreach (var ordinal in _ordinals)
        {
            Change(ordinal, slots, by: -1);
        }
    }

    private void Change(int ordinal, List<Slot> slots, int by)
    {
        foreach (var slot in slots)
        {
            if (slot.Status is SlotStatus.Completed)
            {
                Change(ordinal, slot, by);
            }
        }
    }

    private void Change(int ordinal, Slot slot, int by)
    {
        if (slot.Fields[ordinal].Reference is string text)
        {
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_counts, (ordinal, text), out _) += by;
        }
    }
}
