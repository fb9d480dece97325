namespace Workflow.Core.Persistence;

/// <summary>Names one part of a stored process instance. It is the header (0, 0), an activity instance (its number, 0), or a destination (its activity
/// instance's number, its own number). Further data of such an element, which can be long or changes by itself, has parts of its own, told by kind and
/// number.</summary>
/// <remarks>A store keeps all four values, compares them, and orders by them. It need not know the kinds: a newer engine may use others.</remarks>
public readonly record struct PartKey : IComparable<PartKey>
{
    /// <summary>Makes the name of a part.</summary>
    /// <param name="ActivityInstance">The number of the activity instance, or 0.</param>
    /// <param name="Destination">The number of the destination, or 0.</param>
    /// <param name="Kind">The kind of further data; none for the element itself.</param>
    /// <param name="Number">Which one of its kind, where an element has several; 0 otherwise.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="Kind"/> or <paramref name="Number"/> is negative or above <see cref="MostKind"/> or
    /// <see cref="MostNumber"/>, or there is a number without a kind.</exception>
#pragma warning disable CA1707, IDE1006, SA1313 // Named as the properties are, as in other records.
    public PartKey(int ActivityInstance, int Destination, DetailKind Kind = DetailKind.None, int Number = 0)
#pragma warning restore CA1707, IDE1006, SA1313
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)Kind, (uint)MostKind, nameof(Kind));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)Number, (uint)(Kind is DetailKind.None ? 0 : MostNumber), nameof(Number));
        this.ActivityInstance = ActivityInstance;
        this.Destination = Destination;
        this.Kind = Kind;
        this.Number = Number;
    }

    /// <summary>The greatest number that a kind can have.</summary>
    public static int MostKind => 127;

    /// <summary>The greatest number of a part of its kind.</summary>
    public static int MostNumber => 16_777_215;

    /// <summary>The part that every stored instance has.</summary>
    public static PartKey Header => default;

    /// <summary>The number of the activity instance, or 0.</summary>
    public int ActivityInstance { get; }

    /// <summary>The number of the destination, or 0.</summary>
    public int Destination { get; }

    /// <summary>The kind of further data; <see cref="DetailKind.None"/> for the element itself.</summary>
    public DetailKind Kind { get; }

    /// <summary>Which one of its kind, where an element has several; 0 otherwise.</summary>
    public int Number { get; }

    /// <summary>Orders an activity instance before its destinations, those by number, and each before its details, those by kind and number.</summary>
    /// <param name="other">The key to compare with.</param>
    /// <returns>Less than, equal to or greater than zero.</returns>
    public int CompareTo(PartKey other)
    {
        if (ActivityInstance != other.ActivityInstance)
        {
            return ActivityInstance.CompareTo(other.ActivityInstance);
        }

        if (Destination != other.Destination)
        {
            return Destination.CompareTo(other.Destination);
        }

        // As numbers: to compare values of an enumeration makes objects of them.
        return Kind != other.Kind ? ((int)Kind).CompareTo((int)other.Kind) : Number.CompareTo(other.Number);
    }

    /// <summary>The last key that a part of an element can have.</summary>
    internal static PartKey LastOf(int activityInstance, int destination) => new(activityInstance, destination, (DetailKind)MostKind, MostNumber);

    /// <summary>The name as people read it.</summary>
    /// <returns>The numbers, and the kind.</returns>
    public override string ToString() => Kind is DetailKind.None
        ? $"{ActivityInstance.Invariant()}/{Destination.Invariant()}"
        : $"{ActivityInstance.Invariant()}/{Destination.Invariant()}/{Kind}/{Number.Invariant()}";
}
