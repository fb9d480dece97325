namespace Workflow.Core.Relational.Commits;

/// <summary>Takes commits to PostgreSQL on a few connections. Commits that arrive while all are busy wait and go together. Commits of the engine's own work use
/// all connections but one, so that somebody who waits finds one free.</summary>
internal sealed class PostgreSqlCommitter(PostgreSqlGroup group, RelationalStoreOptions options)
{
    private const int MostAtOnce = 32;

    /// <summary>How many commits of the engine's own work go together while somebody else comes now and then.</summary>
    private const int FewAtOnce = 8;

    private readonly Lock _lock = new();
    private readonly WaitingJobs<CommitJob> _waiting = new(MostAtOnce);
    private int _busy;

    private int MostInBackground => Math.Max(1, options.CommitConnections - 1);

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
            var now = Environment.TickCount64;
            _waiting.Note(job, now);
            if (_busy >= (job.IsBackground ? MostInBackground : options.CommitConnections))
            {
                _waiting.Add(job, now);
                return false;
            }

            _busy++;
            return true;
        }
    }

    /// <summary>The commits that go next; when none does, the connection is free.</summary>
    private List<CommitJob>? Next()
    {
        lock (_lock)
        {
            if (_waiting.IsEmpty)
            {
                _busy--;
                return null;
            }

            var jobs = new List<CommitJob>();
            _waiting.Take(jobs, Environment.TickCount64, FewAtOnce, takesBackground: _busy <= MostInBackground);
            if (jobs.Count > 0)
            {
                return jobs;
            }

            _busy--;
            return null;
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
