namespace Workflow.Core.Persistence;

/// <summary>Names one part of a stored process instance: the header (0, 0), an activity instance (its number, 0), or a destination of one (its activity
/// instance's number, its own number). Data of each that can be long and changes seldom has a part of its own, told by the detail.</summary>
/// <param name="ActivityInstance">The number of the activity instance, or 0.</param>
/// <param name="Destination">The number of the destination, or 0.</param>
/// <param name="Detail">0 for the element itself. 1 of the header is who has acted where, 2 the details of the error, 1 of an activity instance whom it asks for and who has a turn, 1 of a
/// destination whom it is for, and above that each of its slots.</param>
public readonly record struct PartKey(int ActivityInstance, int Destination, int Detail = 0) : IComparable<PartKey>
{
    /// <summary>The detail under which it is stored whom a destination is for.</summary>
    internal const int People = 1;

    /// <summary>The detail of an activity instance under which the long lists of its planning are stored.</summary>
    internal const int Planning = 1;

    /// <summary>The detail of the header under which it is stored who has acted where.</summary>
    internal const int Actors = 1;

    /// <summary>The detail of the header under which the details of the error are stored.</summary>
    internal const int ErrorDetails = 2;

    /// <summary>The part that every stored instance has.</summary>
    public static PartKey Header => default;

    /// <summary>The detail of a slot.</summary>
    internal static int Slot(int number) => number + People;

    /// <summary>Orders an activity instance before its destinations, those by number, and a destination before its details.</summary>
    /// <param name="other">The key to compare with.</param>
    /// <returns>Less than, equal to or greater than zero.</returns>
    public int CompareTo(PartKey other)
    {
        var byActivity = ActivityInstance.CompareTo(other.ActivityInstance);
        if (byActivity != 0)
        {
            return byActivity;
        }

        var byDestination = Destination.CompareTo(other.Destination);
        return byDestination != 0 ? byDestination : Detail.CompareTo(other.Detail);
    }
}
