using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Support;

/// <summary>A store in memory that a test can disturb. It remembers every commit, so a test can make the store again as it was after any of them.</summary>
internal sealed class WatchedStore : StoreAround
{
    private readonly InMemoryProcessStore _inner = new();
    private readonly List<Commit> _commits = [];
    private int _asked;

    protected override IProcessStore Asked => _inner;

    /// <summary>Called before each commit, with its number from 1; may throw, or wait.</summary>
    public Func<int, Commit, Task>? BeforeCommit { get; set; }

    public Func<Task>? BeforeReserve { get; set; }

    public Func<ProcessInstanceId, Task>? BeforeLoad { get; set; }

    /// <summary>How many commits went through.</summary>
    public int Count
    {
        get
        {
            lock (_commits)
            {
                return _commits.Count;
            }
        }
    }

    public IReadOnlyList<Commit> Commits
    {
        get
        {
            lock (_commits)
            {
                return [.. _commits];
            }
        }
    }

    /// <summary>A store of its own with what this one had after a number of commits.</summary>
    public async Task<WatchedStore> CopyAsync(int count = int.MaxValue)
    {
        var copy = new WatchedStore();
        foreach (var commit in Commits.Take(count))
        {
            await copy.CommitAsync(commit with { Epoch = 0 }, CancellationToken.None);
        }

        copy._asked = 0;
        return copy;
    }

    /// <summary>Fails the commit of a number, counted from now.</summary>
    public void FailAt(int number, Func<Commit, Exception> failure)
    {
        _asked = 0;
        BeforeCommit = (asked, commit) => asked == number ? Task.FromException(failure(commit)) : Task.CompletedTask;
    }

    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        var asked = Interlocked.Increment(ref _asked);
        if (BeforeCommit is { } before)
        {
            await before(asked, commit);
        }

        await _inner.CommitAsync(commit, cancellation);
        lock (_commits)
        {
            _commits.Add(Support.Commits.Copy(commit));
        }
    }

    public override async ValueTask<ProcessInstanceId> ReserveAsync(CancellationToken cancellation)
    {
        if (BeforeReserve is { } before)
        {
            await before().WaitAsync(cancellation);
        }

        return await _inner.ReserveAsync(cancellation);
    }

    public override async ValueTask<StoredProcess?> LoadAsync(ProcessInstanceId processInstance, CancellationToken cancellation)
    {
        if (BeforeLoad is { } before)
        {
            await before(processInstance);
        }

        return await _inner.LoadAsync(processInstance, cancellation);
    }

    public override async ValueTask<StoredProcess?> LoadTaskAsync(SerialNumber serial, CancellationToken cancellation)
    {
        if (BeforeLoad is { } before)
        {
            await before(serial.ProcessInstance);
        }

        return await _inner.LoadTaskAsync(serial, cancellation);
    }
}
