using Workflow.Core.Client;
using Operation = Workflow.Core.Client.Operation;

namespace Workflow.Core.Management;

/// <content>Counts.</content>
public sealed partial class WorklistManagement
{
    /// <summary>Counts the open tasks of everybody: of each user, group and role those that are for them, whatever they have done with them, of processes on
    /// which the caller has the Admin right (statement 13.10). A task for several counts for each of them.</summary>
    /// <param name="after">The last one of the page before; null to begin.</param>
    /// <param name="limit">How many users, groups and roles to return at most; 1 to 500.</param>
    /// <param name="atMost">How far to count for each of them; 1 to 100,000.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>One page of those who have any: first the users, then the groups, then the roles, each by name. It is shorter than the limit only when there
    /// are no more.</returns>
    /// <example><code>
    /// foreach (var (who, tasks) in await engine.As("boss").ManageWorklists().CountAsync())
    /// {
    ///     Console.WriteLine($"{who.Name}: {tasks}");
    /// }
    /// </code></example>
    [OperationRight(Operation.ListEverybodysWorklist)]
    public ValueTask<IReadOnlyList<PersonTaskCount>> CountAsync(
        Destination? after = null, int limit = 100, int atMost = 10_000, CancellationToken cancellation = default)
    {
        WorkflowConnection.RefusePage(limit, nameof(limit));
        WorkflowConnection.RefuseCount(atMost, nameof(atMost));
        return _commands.CountEverybodysAsync(after, limit, atMost, cancellation);
    }
}
