using Workflow.Core.Client;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;

namespace Workflow.Core.Management;

/// <summary>Pages through the instances that a command for many is for.</summary>
internal static class InstancePages
{
    private const int Page = 500;

    /// <summary>The numbers of all instances that match, in their order.</summary>
    /// <param name="host">The engine.</param>
    /// <param name="query">Says which instances.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public static async ValueTask<List<ProcessInstanceId>> AllAsync(ProcessHost host, ProcessQuery query, CancellationToken cancellation)
    {
        var found = new List<ProcessInstanceId>();
        var all = Pages.AllAsync(host, query with { Limit = Page }, host.Store.FindProcessesAsync, Pages.Behind, cancellation);
        await foreach (var record in all.ConfigureAwait(false))
        {
            found.Add(record.Id);
        }

        return found;
    }
}
