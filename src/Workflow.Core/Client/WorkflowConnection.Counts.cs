using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Workflow.Core.Client;

/// <content>Counts, and what is deployed.</content>
public sealed partial class WorkflowConnection
{
    /// <summary>The most that a count may be told to count.</summary>
    internal const int MostCounted = 100_000;

    /// <summary>Counts the process instances that the user may see (statement 13.10). The store counts them when it is asked: no command keeps a
    /// counter.</summary>
    /// <param name="query">Which ones; null for all. Its limit, its order and the place where its page begins do not matter.</param>
    /// <param name="atMost">How far to count; 1 to 100,000.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>How many there are, or that there are so many or more.</returns>
    /// <exception cref="ArgumentException">The query has a text that is not possible, or <paramref name="atMost"/> is out of range.</exception>
    /// <example><code>var failed = await engine.As("boss").CountProcessesAsync(new() { Status = ProcessInstanceStatus.Error });</code></example>
    [OperationRight(Operation.ReadInstance)]
    public async ValueTask<BoundedCount> CountProcessesAsync(
        ProcessQuery? query = null, int atMost = 10_000, CancellationToken cancellation = default)
    {
        query ??= new ProcessQuery();
        RefuseCount(atMost, nameof(atMost));
        RefuseQuery(query, nameof(query));
        return BoundedCount.Of(await new VisibleProcesses(_host, _principal).CountAsync(query, atMost, cancellation).ConfigureAwait(false), atMost);
    }

    /// <summary>Finds the process definitions that are deployed here and of which the user may start or see instances, with the number of instances that have
    /// not ended (statement 13.10).</summary>
    /// <param name="atMost">How far to count the instances of each status, of all definitions together that the user may see; 1 to 100,000. If there are as
    /// many or more, the newest are counted, and each count of that status says that there may be more.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The definitions, by name, ordinally.</returns>
    /// <example><code>var definitions = await engine.As("boss").FindDefinitionsAsync();</code></example>
    [OperationRight(Operation.ListDefinitions)]
    public async ValueTask<IReadOnlyList<DefinitionSummary>> FindDefinitionsAsync(int atMost = 10_000, CancellationToken cancellation = default)
    {
        RefuseCount(atMost, nameof(atMost));
        await Access.RefreshAsync(cancellation).ConfigureAwait(false);
        var memberships = new ListedMemberships(_host);
        var seen = await With(ProcessRight.View).ConfigureAwait(false);
        var started = await With(ProcessRight.Start).ConfigureAwait(false);
        var partlySeen = await With(ProcessRight.ViewParticipate).ConfigureAwait(false);
        var counts = seen.Count == 0 ? [] : await _host.Store.CountLiveAsync(_principal.IsSystem ? null : seen, atMost, cancellation).ConfigureAwait(false);
        return
        [
            .. seen.Union(started).Union(partlySeen).Order(StringComparer.Ordinal).Select(name => new DefinitionSummary(
                name, _host.Deployments.Find(name)!.Version, started.Contains(name), seen.Contains(name) ? CountsOf(name, counts, atMost) : null)),
        ];

        ValueTask<List<string>> With(ProcessRight right) => Access.DefinitionsWithAsync(right, definitions: null, memberships, cancellation);
    }

    internal static void RefuseCount(int atMost, string parameter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atMost, 1, parameter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(atMost, MostCounted, parameter);
    }

    private static void RefuseQuery(ProcessQuery query, string parameter)
    {
        Limits.RefuseLongList(query.Fields.Count, "data fields", parameter);
        Utf16.ThrowIfMalformed(query.FolioStart ?? "", parameter);
    }

    private static ProcessCounts CountsOf(string definition, IReadOnlyList<LiveCount> counts, int atMost)
    {
        return new ProcessCounts(
            Of(ProcessInstanceStatus.Running), Of(ProcessInstanceStatus.Active), Of(ProcessInstanceStatus.Error), Of(ProcessInstanceStatus.Stopped));

        BoundedCount Of(ProcessInstanceStatus status)
        {
            var ofStatus = counts.Where(count => count.Status == status).ToList();
            return new BoundedCount(
                ofStatus.Where(count => string.Equals(count.Definition, definition, StringComparison.Ordinal)).Sum(count => count.Instances),
                ofStatus.Sum(count => count.Instances) >= atMost);
        }
    }
}
