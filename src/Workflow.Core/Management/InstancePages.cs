using Workflow.Core.Persistence;

namespace Workflow.Core.Management;

/// <summary>Pages through the instances that a command for many is for.</summary>
internal static class InstancePages
{
    private const int Page = 500;

    /// <summary>The numbers of all instances that match, in their order.</summary>
    /// <param name="store">The store.</param>
    /// <param name="query">Says which instances.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public static async ValueTask<List<ProcessInstanceId>> AllAsync(IProcessStore store, ProcessQuery query, CancellationToken cancellation)
    {
        var found = new List<ProcessInstanceId>();
        query = query with { Limit = Page };
        var isLast = false;
        while (!isLast)
        {
            var page = await store.FindProcessesAsync(query, cancellation).ConfigureAwait(false);
            found.AddRange(page.Select(record => record.Id));
            isLast = page.Count < Page;
            query = isLast ? query : query with { After = page[^1].Id };
        }

        return found;
    }
}
