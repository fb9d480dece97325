using System.Collections.Concurrent;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Tests.Persistence.WrongStores;

internal sealed class FindsTheSubProcessesOfEverybody(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesAsync(ProcessQuery query, CancellationToken cancellation) =>
        base.FindProcessesAsync(query with { Parent = null }, cancellation);
}

internal sealed class FiltersThePageOfSubProcesses(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesAsync(ProcessQuery query, CancellationToken cancellation) =>
        [.. (await base.FindProcessesAsync(query with { Parent = null }, cancellation)).Where(query.Matches)];
}

/// <summary>Asks for the parent alone.</summary>
internal sealed class IgnoresOtherCriteriaBesideTheParent(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesAsync(ProcessQuery query, CancellationToken cancellation) => base.FindProcessesAsync(
        query.Parent is { } parent
            ? new ProcessQuery { Parent = parent, NewestFirst = query.NewestFirst, After = query.After, Limit = query.Limit }
            : query,
        cancellation);
}

internal sealed class ForgetsTheParentForWhoTookPart(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesOfAsync(
        IReadOnlyCollection<Destination> participants, ProcessQuery query, CancellationToken cancellation) =>
        [.. (await base.FindProcessesOfAsync(participants, query, cancellation)).Select(record => record with { Parent = null })];
}

/// <summary>Files an instance under the parent that its last record says.</summary>
internal sealed class TakesTheLastParent(IProcessStore asked) : WrongStore(asked)
{
    private readonly ConcurrentDictionary<ProcessInstanceId, ProcessInstanceId?> _last = new();

    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        await base.CommitAsync(commit, cancellation);
        if (commit.Record is { } record)
        {
            _last[record.Id] = record.Parent;
        }
    }

    public override async ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesAsync(ProcessQuery query, CancellationToken cancellation) =>
        [.. (await base.FindProcessesAsync(query with { Parent = null }, cancellation))
            .Select(record => record with { Parent = _last[record.Id] }).Where(query.Matches)];
}

/// <summary>Forgets whom a purged instance has started.</summary>
internal sealed class OrphansSubProcesses(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesAsync(ProcessQuery query, CancellationToken cancellation)
    {
        var found = new List<ProcessRecord>();
        foreach (var record in await base.FindProcessesAsync(query, cancellation))
        {
            var hasParent = record.Parent is { } parent && await LoadAsync(parent, cancellation) is not null;
            if (hasParent || query.Parent is null)
            {
                found.Add(hasParent ? record : record with { Parent = null });
            }
        }

        return found;
    }
}
