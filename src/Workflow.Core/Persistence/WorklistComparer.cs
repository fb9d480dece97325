using Workflow.Core.Records;

namespace Workflow.Core.Persistence;

/// <summary>The orders of worklists: tasks that are alike follow in the order of their serial numbers.</summary>
internal sealed class WorklistComparer(WorklistQuery query) : IComparer<WorklistHeaderRecord>
{
    public int Compare(WorklistHeaderRecord? left, WorklistHeaderRecord? right)
    {
        var first = By(left!, right!);
        return first != 0 ? first : left!.Serial.CompareTo(right!.Serial);
    }

    private int By(WorklistHeaderRecord left, WorklistHeaderRecord right) => query.Order switch
    {
        WorklistOrder.Oldest => left.StartedAt.CompareTo(right.StartedAt),
        WorklistOrder.Newest => right.StartedAt.CompareTo(left.StartedAt),
        WorklistOrder.Priority => left.Priority.CompareTo(right.Priority),
        WorklistOrder.Folio => string.CompareOrdinal(left.Folio, right.Folio),
        WorklistOrder.Activity => ByActivity(left, right),
        WorklistOrder.Lateness => query.ExpectedEndOf(left).CompareTo(query.ExpectedEndOf(right)),
        _ => 0,
    };

    private static int ByActivity(WorklistHeaderRecord left, WorklistHeaderRecord right)
    {
        var byDefinition = string.CompareOrdinal(left.Definition, right.Definition);
        return byDefinition != 0 ? byDefinition : string.CompareOrdinal(left.Activity, right.Activity);
    }
}
