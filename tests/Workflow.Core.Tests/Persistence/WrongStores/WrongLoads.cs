using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Persistence.WrongStores;

/// <summary>Loads several instances in another order than asked for.</summary>
internal sealed class LoadsInstancesInTheOrderOfTheirNumbers(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<IReadOnlyList<StoredProcess?>> LoadProcessesAsync(
        IReadOnlyList<ProcessInstanceId> processInstances, CancellationToken cancellation) =>
        base.LoadProcessesAsync([.. processInstances.OrderBy(id => id.Value)], cancellation);
}

/// <summary>Loads fewer instances than asked for.</summary>
internal sealed class LeavesOutMissingInstances(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<StoredProcess?>> LoadProcessesAsync(
        IReadOnlyList<ProcessInstanceId> processInstances, CancellationToken cancellation) =>
        [.. (await base.LoadProcessesAsync(processInstances, cancellation)).Where(stored => stored is not null)];
}

/// <summary>Loads each of several instances without its last part.</summary>
internal sealed class LeavesOutAPartOfSeveralInstances(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<StoredProcess?>> LoadProcessesAsync(
        IReadOnlyList<ProcessInstanceId> processInstances, CancellationToken cancellation) =>
        [.. (await base.LoadProcessesAsync(processInstances, cancellation)).Select(stored => stored is null
            ? null
            : stored with { Parts = [.. stored.Parts.SkipLast(1)] })];
}
