using Workflow.Core.Persistence;

namespace Workflow.Core.Client;

/// <content>Counts.</content>
internal sealed partial class ItemCommands
{
    public ValueTask<TaskCounts> CountAsync(WorklistQuery query, int atMost, CancellationToken cancellation)
    {
        Limits.RefuseLongList(query.Statuses.Count, "statuses", nameof(query));
        return Reader.CountAsync(this, query, atMost, cancellation);
    }

    /// <summary>Counts the tasks of everybody, of the definitions on which the user has the Admin right.</summary>
    public async ValueTask<IReadOnlyList<PersonTaskCount>> CountEverybodysAsync(
        Destination? after, int limit, int atMost, CancellationToken cancellation)
    {
        var visible = await Access.VisibleAsync(Operation.ListEverybodysWorklist, definition: null, definitions: null, cancellation).ConfigureAwait(false);
        var found = new List<PersonTaskCount>();
        IReadOnlyList<TaskCountOf> page;
        do
        {
            var query = new TaskCountQuery { Definitions = visible, After = after, Limit = limit, AtMost = atMost };
            page = visible is { Count: 0 } ? [] : await _host.Store.CountTasksAsync(query, cancellation).ConfigureAwait(false);

            // The tasks of some may all be of definitions that the user does not administer.
            found.AddRange(page.Where(each => each.Tasks > 0).Take(limit - found.Count)
                .Select(each => new PersonTaskCount(each.Who, BoundedCount.Of(each.Tasks, atMost))));
            after = page.Count > 0 ? page[^1].Who : after;
        }
        while (page.Count == limit && found.Count < limit);
        return found;
    }
}
