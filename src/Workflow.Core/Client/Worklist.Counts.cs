using Workflow.Core.Persistence;

namespace Workflow.Core.Client;

/// <content>Counts.</content>
public sealed partial class Worklist
{
    /// <summary>Counts the tasks that <see cref="ListAllAsync"/> would list, by process definition and activity, with those that are late (statement 13.10).
    /// It costs what it counts, and not what else is in the store.</summary>
    /// <param name="query">Which ones; null for those that the user can open or has open. Its order and its limit do not matter.</param>
    /// <param name="atMost">How far to count; 1 to 1,000.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The counts.</returns>
    /// <example><code>var mine = (await engine.As("ann").Worklist.CountAsync()).Total;</code></example>
    [OperationRight(Operation.ListWorklist)]
    public ValueTask<TaskCounts> CountAsync(WorklistQuery? query = null, int atMost = 1_000, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atMost, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(atMost, 1_000);
        return _commands.CountAsync(query ?? new WorklistQuery(), atMost, cancellation);
    }
}
