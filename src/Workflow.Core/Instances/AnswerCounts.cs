using System.Runtime.InteropServices;

namespace Workflow.Core.Instances;

/// <summary>How many completed slots hold each text in a destination field. Most slot functions ask for this. So asking them again need not look at every slot
/// (statement 14.6).</summary>
/// <remarks>A text is counted when a rule asks for it for the first time, and kept up to date from then on. A rule asks for texts of the definition, so they
/// are few. The content of a completed slot never changes.</remarks>
internal sealed class AnswerCounts
{
    /// <summary>Among so few slots, looking at each is no slower than a count.</summary>
    public const int Few = 16;

    /// <summary>A longer text is not counted, since it would be stored with every answer.</summary>
    private const int LongestText = 256;

    /// <summary>So many texts are counted at most: each answer is compared with all of them.</summary>
    private const int Most = 64;

    private readonly List<CountedText> _counts = new(1);

    /// <summary>The counts, in the order in which they were asked for first.</summary>
    public ReadOnlySpan<CountedText> All => CollectionsMarshal.AsSpan(_counts);

    /// <summary>How many completed slots hold a text; null when that is not counted.</summary>
    public int? Find(int ordinal, string text)
    {
        foreach (ref readonly var count in All)
        {
            if (count.Is(ordinal, text))
            {
                return count.Slots;
            }
        }

        return null;
    }

    /// <summary>Whether another text can be counted.</summary>
    public bool Takes(string text) => text.Length <= LongestText && _counts.Count < Most && Utf16.IsWellFormed(text);

    /// <summary>Counts another text.</summary>
    /// <returns>How many completed slots hold it.</returns>
    public int Add(int ordinal, string text, ReadOnlySpan<ActivityInstanceDestination> destinations)
    {
        var count = new CountedText(ordinal, text, CountIn(ordinal, text, destinations));
        _counts.Add(count);
        return count.Slots;
    }

    /// <summary>Puts back a count that was stored.</summary>
    public void Restore(in CountedText count) => _counts.Add(count);

    /// <summary>How many completed slots of destinations hold a text.</summary>
    public static int CountIn(int ordinal, string text, ReadOnlySpan<ActivityInstanceDestination> destinations)
    {
        var found = 0;
        foreach (var destination in destinations)
        {
            foreach (var slot in CollectionsMarshal.AsSpan(destination.SlotList))
            {
                found += slot.Status is SlotStatus.Completed && Holds(slot, ordinal, text) ? 1 : 0;
            }
        }

        return found;
    }

    /// <summary>A slot has been completed.</summary>
    public void Add(Slot slot) => Change(slot, by: 1);

    /// <summary>The completed slots of a destination count no more.</summary>
    public void Forget(List<Slot> slots)
    {
        foreach (var slot in slots)
        {
            if (slot.Status is SlotStatus.Completed)
            {
                Change(slot, by: -1);
            }
        }
    }

    private void Change(Slot slot, int by)
    {
        foreach (ref var count in CollectionsMarshal.AsSpan(_counts))
        {
            if (Holds(slot, count.Ordinal, count.Text))
            {
                count = count with { Slots = count.Slots + by };
            }
        }
    }

    private static bool Holds(Slot slot, int ordinal, string text) => string.Equals(slot.Fields[ordinal].Reference as string, text, StringComparison.Ordinal);
}
