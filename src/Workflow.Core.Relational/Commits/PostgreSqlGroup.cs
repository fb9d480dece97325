using System.Data.Common;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Commits;

/// <summary>Commits that go to PostgreSQL in one batch, which is one transaction. A commit that does not fit leaves nothing in it.</summary>
/// <remarks>When the answer is lost, the store sends the same again on a new connection, under the same names. The one that comes first is stored. The other
/// waits for it and then does not fit. The name tells that the stored one was ours. So nothing is stored twice, and the engine draws no conclusions from a
/// plain read. Each attempt has a mark of its own, since what follows the first statement is done wherever its mark is found.</remarks>
internal sealed class PostgreSqlGroup(SessionPool sessions, RelationalStoreOptions options)
{
    private const int MostRetries = 10;

    /// <summary>Ends when every job knows its outcome or waits for a lock. In the latter case nothing of the job is stored, and it runs again later. Throws
    /// nothing.</summary>
    public async ValueTask RunAsync(List<CommitJob> jobs)
    {
        // In the order of the instances, so that two groups that meet do not wait for each other in a circle.
        if (jobs.Count > 1)
        {
            jobs = [.. jobs.OrderBy(job => job.Plan.Commit.ProcessInstance.Value)];
        }

        try
        {
            await TryAsync(jobs).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Any failure is told to those who wait.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await GiveUpAsync(jobs, exception).ConfigureAwait(false);
        }
    }

    private async ValueTask TryAsync(List<CommitJob> jobs)
    {
        var started = Environment.TickCount64;
        var wait = 1;
        for (var attempt = 1; ; attempt++, wait = Math.Min(wait * 2, 2_000))
        {
            Session? session = null;
            CommitJob? held = null;
            var isSent = false;
            try
            {
                session = await sessions.RentAsync(CancellationToken.None).ConfigureAwait(false);
                var statements = Statements(session, jobs, out var places);
                var kept = jobs.Count == 1 ? session.Batch(statements) : null;
                var batch = kept?.Batch ?? session.NewBatch(statements);
                try
                {
                    await (kept?.PrepareAsync() ?? batch.PrepareAsync()).ConfigureAwait(false);
                    isSent = true;
                    await batch.ExecuteNonQueryAsync().ConfigureAwait(false);
                    await TellAsync(session, batch, jobs, places).ConfigureAwait(false);
                }
                catch (DbException exception) when (jobs.Count > 1 && Failures.IsLockTimeout(exception))
                {
                    held = JobOf(batch, exception.BatchCommand, jobs);
                    throw;
                }
                finally
                {
                    if (kept is null)
                    {
                        await batch.DisposeAsync().ConfigureAwait(false);
                    }
                }

                sessions.Return(session);
                return;
            }
            catch (Exception exception) when (Failures.IsOfDatabase(exception))
            {
                await sessions.DiscardAsync(session, exception).ConfigureAwait(false);
                jobs.RemoveAll(job => job.IsTold);
                MarkUncertain(jobs, isSent && !Failures.IsRefusal(exception));
                if (!GoesOnWithout(held, jobs, exception) && !IsWorthRepeating(jobs, exception, attempt, started))
                {
                    throw;
                }
            }

            await Task.Delay(wait).ConfigureAwait(false);
        }
    }

    /// <summary>Takes out the job that waits for a lock. The others continue, and it comes back after a wait without a connection.</summary>
    private bool GoesOnWithout(CommitJob? held, List<CommitJob> jobs, Exception exception)
    {
        if (held is null || !jobs.Remove(held))
        {
            return false;
        }

        GiveUp(held, exception);
        return true;
    }

    /// <summary>A commit that may succeed at once is tried ten times. When it is not known whether a commit is stored, the group keeps it until that is found
    /// out, or the time is over.</summary>
    private bool IsWorthRepeating(List<CommitJob> jobs, Exception exception, int attempt, long started)
    {
        if (Failures.IsPassing(exception))
        {
            return attempt <= MostRetries;
        }

        // The holder of the lock may keep it for long, and no connection is to be kept for that.
        if (Failures.IsLockTimeout(exception))
        {
            return false;
        }

        // Somebody else has taken the idempotency key at the same moment: now it is seen, and the commit refused in order.
        if (Failures.IsDuplicateKey(exception))
        {
            return attempt == 1 && jobs is [{ Plan.Commit.Request: not null }];
        }

        return jobs.Exists(job => job.IsUncertain) && (jobs.Count == 1 || !Failures.IsRefusal(exception))
            && Environment.TickCount64 - started < options.OutcomeTimeout.TotalMilliseconds;
    }

    private async ValueTask GiveUpAsync(List<CommitJob> jobs, Exception exception)
    {
        var left = jobs.Where(job => !job.IsTold).ToList();
        if (left.Count > 1 && Failures.IsRefusal(exception) && !Failures.IsPassing(exception))
        {
            // Each for itself, so that only the one to blame fails.
            foreach (var job in left)
            {
                await RunAsync([job]).ConfigureAwait(false);
            }

            return;
        }

        left.ForEach(job => GiveUp(job, exception));
    }

    /// <summary>Tells the job that it failed, unless it only waits for a lock and has time left.</summary>
    private void GiveUp(CommitJob job, Exception exception)
    {
        if (Failures.IsLockTimeout(exception) && job.MayWaitForLock(LongestWaitForLock(job)))
        {
            return;
        }

        if (job.IsUncertain)
        {
            job.LoseSight(exception);
        }
        else
        {
            job.Fail(Failures.IsOfDatabase(exception) ? Failures.Explain(exception) : exception);
        }
    }

    /// <summary>For how long a commit waits for a lock, all tries together. One that may be stored waits as long as the outcome may be sought.</summary>
    private TimeSpan LongestWaitForLock(CommitJob job) => job.IsUncertain ? options.OutcomeTimeout : options.CommandTimeout / 2;

    /// <summary>The job to which the statement belongs that failed; null when the driver does not tell the statement.</summary>
    private static CommitJob? JobOf(DbBatch batch, DbBatchCommand? failed, List<CommitJob> jobs)
    {
        var place = failed is null ? -1 : batch.BatchCommands.IndexOf(failed);
        return place < 0 ? null : jobs.FindLast(job => job.Begin <= place);
    }

    private static List<BoundStatement> Statements(Session session, List<CommitJob> jobs, out int[] places)
    {
        var statements = new List<BoundStatement>();
        places = new int[jobs.Count];
        for (var index = 0; index < jobs.Count; index++)
        {
            places[index] = jobs[index].AddTo(statements, session.Now);
        }

        return statements;
    }

    /// <summary>Tells each job its outcome. One that did not fit is looked up: it may be that it was stored before its answer was lost.</summary>
    private async ValueTask TellAsync(Session session, DbBatch batch, List<CommitJob> jobs, int[] places)
    {
        for (var index = 0; index < jobs.Count; index++)
        {
            var job = jobs[index];
            if (batch.BatchCommands[places[index]].RecordsAffected == 1)
            {
                job.Succeed();
            }
        }

        foreach (var job in jobs.Where(job => !job.IsTold))
        {
            var head = await job.FindAsync(session).ConfigureAwait(false);
            switch (job.IsUncertain ? job.Verdict(head) : false)
            {
                case true:
                    job.Succeed();
                    break;
                case false:
                    job.Refuse(head?.Version ?? 0);
                    break;
                default:
                    job.LoseSight(new ProcessStoreException("The instance has been committed several times since the answer was lost."));
                    break;
            }
        }
    }

    private static void MarkUncertain(List<CommitJob> jobs, bool isUncertain)
    {
        if (isUncertain)
        {
            jobs.ForEach(job => job.IsUncertain = true);
        }
    }
}
