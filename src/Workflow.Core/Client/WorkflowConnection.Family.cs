using System.Runtime.CompilerServices;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Client;

/// <content>Processes together with their sub-processes.</content>
public sealed partial class WorkflowConnection
{
    /// <summary>How many facts of one instance are read at a time, where the histories of many are read as one.</summary>
    private const int FactsAtOnce = 50;

    /// <summary>Finds the sub-processes of a process instance, and those of these, and so on (statement 7.7). Instances that the user may not see are left out,
    /// with all that are below them.</summary>
    /// <param name="processInstance">The process instance at the top; any instance, also one that is itself a sub-process.</param>
    /// <param name="limit">How many sub-processes to return at most; 1 to 10,000.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The instance with the sub-processes below it, as they are stored now.</returns>
    /// <example><code>var family = await engine.As("dora").ReadFamilyAsync(order.Id);</code></example>
    /// <inheritdoc cref="ReadAsync" path="/exception"/>
    [OperationRight(Operation.ReadInstance)]
    public async ValueTask<ProcessFamily> ReadFamilyAsync(ProcessInstanceId processInstance, int limit = 1_000, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 10_000);
        await ReadAsync(processInstance, cancellation).ConfigureAwait(false);
        var top = await _host.Reader.FindRecordAsync(processInstance, cancellation).ConfigureAwait(false)
            ?? throw new Runtime.ProcessInstanceNotFoundException(processInstance);
        var (children, hasMore) = await FindBelowAsync(top, limit, cancellation).ConfigureAwait(false);
        return Build(top, children, hasMore);
    }

    /// <summary>Reads the histories of a process instance and of the sub-processes below it as one, oldest first. Facts of the same instant come by instance,
    /// in the order of <see cref="ProcessFamily.All"/>.</summary>
    /// <param name="processInstance">The process instance at the top.</param>
    /// <param name="limit">How many sub-processes to include at most, as <see cref="ReadFamilyAsync"/> finds them; 1 to 10,000.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The facts, read page by page while they are asked for.</returns>
    /// <inheritdoc cref="ReadAsync" path="/exception"/>
    [OperationRight(Operation.ReadInstance)]
    public IAsyncEnumerable<FamilyFact> ReadFamilyHistoryAsync(
        ProcessInstanceId processInstance, int limit = 1_000, CancellationToken cancellation = default)
    {
        _host.RefuseWhenStopped();
        return ReadFactsAsync(processInstance, limit, cancellation);
    }

    private async IAsyncEnumerable<FamilyFact> ReadFactsAsync(
        ProcessInstanceId processInstance, int limit, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var family = await ReadFamilyAsync(processInstance, limit, cancellation).ConfigureAwait(false);
        var next = new PriorityQueue<(ProcessInstanceId Id, int Position, IReadOnlyList<JournalEntry> Page, int Index), (DateTimeOffset, int)>();
        var position = 0;
        foreach (var member in family.All())
        {
            await ReadOnAsync(member.Id, position++, after: 0).ConfigureAwait(false);
        }

        while (next.TryDequeue(out var item, out _))
        {
            yield return new FamilyFact(item.Id, item.Page[item.Index]);
            if (item.Index + 1 < item.Page.Count)
            {
                next.Enqueue(item with { Index = item.Index + 1 }, (item.Page[item.Index + 1].Time, item.Position));
            }
            else
            {
                await ReadOnAsync(item.Id, item.Position, item.Page[item.Index].Number).ConfigureAwait(false);
            }
        }

        async ValueTask ReadOnAsync(ProcessInstanceId id, int place, long after)
        {
            var page = await _host.Reader.ReadHistoryAsync(id, after, FactsAtOnce, cancellation).ConfigureAwait(false);
            if (page.Count > 0)
            {
                next.Enqueue((id, place, page, 0), (page[0].Time, place));
            }
        }
    }

    /// <summary>Level by level, so that the limit cuts the family off below.</summary>
    private async ValueTask<(Dictionary<ProcessInstanceId, List<ProcessRecord>> Children, bool HasMore)> FindBelowAsync(
        ProcessRecord top, int limit, CancellationToken cancellation)
    {
        var children = new Dictionary<ProcessInstanceId, List<ProcessRecord>>();
        var open = new Queue<ProcessRecord>([top]);
        var left = limit;
        while (open.TryDequeue(out var parent))
        {
            List<ProcessRecord> found = [];
            IReadOnlyList<ProcessRecord> page;
            do
            {
                var query = new ProcessQuery { Parent = parent.Id, After = found is [.., var last] ? last.Id : null, Limit = Math.Min(PageLimit, left + 1) };
                page = await FindProcessesAsync(query, cancellation).ConfigureAwait(false);
                if (page.Count > left)
                {
                    found.AddRange(page.Take(left));
                    children[parent.Id] = found;
                    return (children, true);
                }

                found.AddRange(page);
                left -= page.Count;
            }
            while (page.Count == PageLimit);
            children[parent.Id] = found;
            found.ForEach(open.Enqueue);
        }

        return (children, false);
    }

    private static ProcessFamily Build(ProcessRecord top, Dictionary<ProcessInstanceId, List<ProcessRecord>> children, bool hasMore) => new()
    {
        Process = top,
        SubProcesses = children.TryGetValue(top.Id, out var below) ? [.. below.Select(child => Build(child, children, hasMore))] : [],
        HasMore = hasMore,
    };
}
