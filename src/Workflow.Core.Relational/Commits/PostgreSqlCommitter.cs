namespace Workflow.Core.Relational.Commits;

/// <summary>Takes commits to PostgreSQL on a few connections. Commits that arrive while all are busy wait and go together.</summary>
internal sealed class PostgreSqlCommitter(PostgreSqlGroup group, RelationalStoreOptions options)
{
    private const int MostAtOnce = 32;

    private readonly Lock _lock = new();
    private readonly Queue<CommitJob> _waiting = new();
    private int _busy;

    public async ValueTask CommitAsync(CommitJob job)
    {
        if (!TryEnter(job))
        {
            await job.Completion.ConfigureAwait(false);
            return;
        }

        await RunFirstAsync(job).ConfigureAwait(false);
        await job.Completion.ConfigureAwait(false);
    }

    private async ValueTask RunFirstAsync(CommitJob job)
    {
        await group.RunAsync([job]).ConfigureAwait(false);
        if (Next() is { } waiting)
        {
            // The caller has its result; it need not wait for the commits that have piled up meanwhile.
            _ = Task.Run(() => RunAsync(waiting));
        }

        if (!job.IsTold)
        {
            _ = TryLaterAsync(job);
        }
    }

    /// <summary>A commit that waits for a lock has no connection meanwhile, so it holds up nobody else (statement 14.7b).</summary>
    private async Task TryLaterAsync(CommitJob job)
    {
        await Task.Delay(job.PauseForLock).ConfigureAwait(false);
        if (TryEnter(job))
        {
            await RunFirstAsync(job).ConfigureAwait(false);
        }
    }

    private bool TryEnter(CommitJob job)
    {
        lock (_lock)
        {
            if (_busy == options.CommitConnections)
            {
                _waiting.Enqueue(job);
                return false;
            }

            _busy++;
            return true;
        }
    }

    /// <summary>The commits that wait; when none does, the connection is free.</summary>
    private List<CommitJob>? Next()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                _busy--;
                return null;
            }

            var jobs = new List<CommitJob>(Math.Min(_waiting.Count, MostAtOnce));
            while (jobs.Count < MostAtOnce && _waiting.TryDequeue(out var job))
            {
                jobs.Add(job);
            }

            return jobs;
        }
    }

    private async Task RunAsync(List<CommitJob>? jobs)
    {
        while (jobs is not null)
        {
            await group.RunAsync(jobs).ConfigureAwait(false);
            foreach (var job in jobs.Where(job => !job.IsTold))
            {
                _ = TryLaterAsync(job);
            }

            jobs = Next();
        }
    }
}
