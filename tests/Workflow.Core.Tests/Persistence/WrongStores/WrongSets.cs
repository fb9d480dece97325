using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Tests.Persistence.WrongStores;

internal sealed class AsksForTheFirstDefinition(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesAsync(ProcessQuery query, CancellationToken cancellation) =>
        base.FindProcessesAsync(query with { Definitions = query.Definitions?.Take(1).ToList() }, cancellation);
}

internal sealed class TakesNoDefinitionForAll(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesAsync(ProcessQuery query, CancellationToken cancellation) =>
        base.FindProcessesAsync(query with { Definitions = query.Definitions is { Count: 0 } ? null : query.Definitions }, cancellation);
}

internal sealed class ListsDefinitionAfterDefinition(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesAsync(ProcessQuery query, CancellationToken cancellation)
    {
        var found = new List<ProcessRecord>();
        foreach (var name in query.Definitions?.Distinct().Select(name => (IReadOnlyCollection<string>?)[name]) ?? [null])
        {
            found.AddRange(await base.FindProcessesAsync(query with { Definitions = name, Limit = query.Limit - found.Count + 1 }, cancellation));
        }

        return [.. found.Take(query.Limit)];
    }
}

internal sealed class ForgetsTheSetForWhoTookPart(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesOfAsync(
        IReadOnlyCollection<Destination> participants, ProcessQuery query, CancellationToken cancellation) =>
        base.FindProcessesOfAsync(participants, query with { Definitions = null }, cancellation);
}

internal sealed class FiltersThePageOfItems(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<ServerItemRecord>> FindServerItemsAsync(ServerItemQuery query, CancellationToken cancellation)
    {
        var found = await base.FindServerItemsAsync(query with { Definitions = null }, cancellation);
        return query.Definitions is null ? found : [.. found.Where(item => query.Definitions.Contains(item.Definition) && query.Definition is null)];
    }
}

internal sealed class ShowsTimersOfEveryDefinition(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<IReadOnlyList<ProcessTimer>> FindTimersAsync(TimerQuery query, CancellationToken cancellation) =>
        base.FindTimersAsync(query with { Definition = null, Definitions = null }, cancellation);
}

internal sealed class FiltersThePageOfTimers(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<ProcessTimer>> FindTimersAsync(TimerQuery query, CancellationToken cancellation)
    {
        var page = await base.FindTimersAsync(query with { Definition = null, Definitions = null }, cancellation);
        var wanted = await base.FindTimersAsync(query with { Limit = 1_000 }, cancellation);
        return [.. page.Where(wanted.Contains)];
    }
}

internal sealed class ShowsTasksOfEveryDefinition(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<IReadOnlyList<WorklistHeaderRecord>> FindTasksAsync(
        IReadOnlyCollection<Destination>? entries, WorklistQuery query, CancellationToken cancellation) =>
        base.FindTasksAsync(entries, query with { Definitions = null }, cancellation);
}
