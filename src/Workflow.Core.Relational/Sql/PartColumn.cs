using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Sql;

/// <summary>Kind and number of a part as one column of 32 bits: the kind in the upper seven, the number in the others. Everything that was stored before there
/// were kinds stays as it was, in the lowest numbers. For the header, 1 and 2 are its details. For an activity instance, 1 is its planning. For a destination,
/// 1 is its people, and higher numbers are its slots. So no row has to be written anew, whichever version of the tables it comes from.</summary>
internal static class PartColumn
{
    private const int KindShift = 24;
    private const int Numbers = 1 << KindShift;
    private const int First = 1;
    private const int Second = 2;

    public static int Of(in PartKey key) => key switch
    {
        { Kind: DetailKind.None } => 0,
        { ActivityInstance: 0, Destination: 0, Kind: DetailKind.Actors, Number: 0 } => First,
        { ActivityInstance: 0, Destination: 0, Kind: DetailKind.ErrorDetails, Number: 0 } => Second,
        { ActivityInstance: not 0, Destination: 0, Kind: DetailKind.Planning, Number: 0 } => First,
        { Destination: not 0, Kind: DetailKind.People, Number: 0 } => First,
        { Destination: not 0, Kind: DetailKind.Slot, Number: > 0 and < Numbers - First } => key.Number + First,
        _ => ((int)key.Kind << KindShift) | key.Number,
    };

    /// <summary>The key of a row. A column that no store has written is a part of the last kind, which nothing is known of.</summary>
    public static PartKey Key(int activityInstance, int destination, int column)
    {
        if (column is 0)
        {
            return new PartKey(activityInstance, destination);
        }

        if (column is < 0 or >= Numbers)
        {
            return new PartKey(activityInstance, destination, (DetailKind)(column < 0 ? PartKey.MostKind : column >> KindShift), column & (Numbers - 1));
        }

        var kind = (activityInstance, destination, column) switch
        {
            (0, 0, First) => DetailKind.Actors,
            (0, 0, Second) => DetailKind.ErrorDetails,
            (_, 0, First) => DetailKind.Planning,
            (_, not 0, First) => DetailKind.People,
            _ => DetailKind.Slot,
        };
        return kind is DetailKind.Slot ? new PartKey(activityInstance, destination, kind, column - First) : new PartKey(activityInstance, destination, kind);
    }
}
