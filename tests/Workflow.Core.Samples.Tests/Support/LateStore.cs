using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Samples.Tests.Support;

/// <summary>A store in which a commit of an engine that is gone arrives at a moment of the next one.
/// Whether it is refused then, nobody is there to be told.</summary>
internal sealed class LateStore(IProcessStore store, Commit commit, LateStore.Moment moment) : StoreAround
{
    private int _isUnderWay;

    /// <summary>When it arrives.</summary>
    public enum Moment
    {
        /// <summary>Just before somebody's worklist is read.</summary>
        AtAWorklist,

        /// <summary>Just before the first commit of the next engine.</summary>
        AtACommit,
    }

    /// <summary>Whether it has arrived, and was not refused.</summary>
    public bool HasArrived { get; private set; }

    protected override IProcessStore Asked => store;

    public override async ValueTask<IReadOnlyList<WorklistHeaderRecord>> FindTasksAsync(
        IReadOnlyCollection<Destination>? entries, WorklistQuery query, CancellationToken cancellation)
    {
        if (moment is Moment.AtAWorklist && entries is not null)
        {
            await ArriveAsync(cancellation);
        }

        return await base.FindTasksAsync(entries, query, cancellation);
    }

    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        if (moment is Moment.AtACommit)
        {
            await ArriveAsync(cancellation);
        }

        await base.CommitAsync(commit, cancellation);
    }

    private async ValueTask ArriveAsync(CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _isUnderWay, 1) != 0)
        {
            return;
        }

        try
        {
            await store.CommitAsync(commit, cancellation);
            HasArrived = true;
        }
        catch (ConcurrencyException)
        {
            // The next engine has been there already.
        }
    }
}
