namespace Workflow.Core.Persistence;

/// <summary>Names one part of a stored process instance: the header (0, 0), an activity instance (its number, 0), or a destination of one (its activity
/// instance's number, its own number).</summary>
/// <param name="ActivityInstance">The number of the activity instance, or 0.</param>
/// <param name="Destination">The number of the destination, or 0.</param>
public readonly record struct PartKey(int ActivityInstance, int Destination) : IComparable<PartKey>
{
    /// <summary>The part that every stored instance has.</summary>
    public static PartKey Header => default;

    /// <summary>Orders an activity instance before its destinations, and those by number.</summary>
    /// <param name="other">The key to compare with.</param>
    /// <returns>Less than, equal to or greater than zero.</returns>
    public int CompareTo(PartKey other)
    {
        var byActivity = ActivityInstance.CompareTo(other.ActivityInstance);
        return byActivity != 0 ? byActivity : Destination.CompareTo(other.Destination);
    }
}
