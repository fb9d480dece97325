namespace Workflow.Core.Relational.Commits;

/// <summary>Takes commits to PostgreSQL on a few connections. What arrives while all are busy waits and goes together.</summary>
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

        await group.RunAsync([job]).ConfigureAwait(false);
        if (Next() is { } waiting)
        {
            // The caller has what he came for; what has piled up meanwhile is not his to wait for.
            _ = Task.Run(() => RunAsync(waiting));
        }

        await job.Completion.ConfigureAwait(false);
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

    /// <summary>What waits; when nothing does, the connection is free.</summary>
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
            jobs = Next();
        }
    }
}
