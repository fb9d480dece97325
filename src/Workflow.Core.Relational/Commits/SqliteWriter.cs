using System.Diagnostics;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Commits;

/// <summary>Writes to SQLite, which lets one write at a time. Commits that arrive while a transaction is under way wait and go into the next one together. When
/// nobody writes, the caller's thread writes, since handing the commit over takes longer than writing it. A thread of the writer takes the commits that have
/// piled up meanwhile, so at most one caller's thread is ever held up. Commits that somebody waits for pass those of the engine's own work. A transaction takes
/// along what has come while its statements ran, since its end takes most of the time and costs the same for one more.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int MostAtOnce = 256;

    /// <summary>After this many transactions their writes are moved from the log into the file, so that the log stays short and is reused.</summary>
    private const int TransactionsToCheckpoint = 100;

    private static readonly Statement _begin = new("BEGIN IMMEDIATE");
    private static readonly Statement _commit = new("COMMIT");
    private static readonly Statement _checkpoint = new("PRAGMA wal_checkpoint(PASSIVE)");

    private readonly object _gate = new();
    private readonly WaitingJobs<WriterJob> _waiting = new(MostAtOnce);
    private readonly GroupPace _pace = new();
    private readonly WriterConnection _connection;
    private readonly RelationalStoreOptions _options;
    private readonly Thread _thread;
    private bool _isBusy;
    private bool _isStopped;
    private int _transactions = TransactionsToCheckpoint - 1;

    /// <param name="connections">Where the connection to write on comes from.</param>
    /// <param name="options">The time limits.</param>
    public SqliteWriter(SqliteConnections connections, RelationalStoreOptions options)
    {
        _connection = new WriterConnection(connections);
        _options = options;
        _thread = new Thread(RunWaiting) { IsBackground = true, Name = "Workflow.Core.Relational SQLite writer" };
        _thread.Start();
    }

    /// <summary>Whether the log is moved behind this transaction. It is behind the first one too, so that the mark of this store is in the database from the
    /// beginning.</summary>
    private bool IsCheckpointDue => _transactions + 1 >= TransactionsToCheckpoint;

    /// <summary>Runs a job, at once or behind others; it is told itself what becomes of it.</summary>
    public void Submit(WriterJob job)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isStopped, typeof(RelationalProcessStore));
            var now = Environment.TickCount64;
            _waiting.Note(job, now);
            if (_isBusy || _waiting.AreBefore(job, now) || SynchronizationContext.Current is not null)
            {
                _waiting.Add(job, now);
                if (!_isBusy)
                {
                    Monitor.Pulse(_gate);
                }

                return;
            }

            _isBusy = true;
        }

        try
        {
            Run([job], takesMore: true);
        }
        finally
        {
            Rest();
        }
    }

    /// <summary>Ends when the submitted jobs have been written.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isStopped)
            {
                return;
            }

            _isStopped = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
        _connection.Discard();
    }

    private void Rest()
    {
        lock (_gate)
        {
            _isBusy = false;
            if (!_waiting.IsEmpty || _isStopped)
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    private void RunWaiting()
    {
        var group = new List<WriterJob>(MostAtOnce);
        while (Take(group))
        {
            try
            {
                Run(group, takesMore: true);
            }
            finally
            {
                group.Clear();
                Rest();
            }
        }
    }

    private bool Take(List<WriterJob> group)
    {
        lock (_gate)
        {
            while (_isBusy || _waiting.IsEmpty)
            {
                if (_isStopped && !_isBusy)
                {
                    return false;
                }

                Monitor.Wait(_gate);
            }

            _waiting.Take(group, Environment.TickCount64, _pace.Few);
            _isBusy = true;
            return true;
        }
    }

    /// <summary>Nothing is known to be stored before COMMIT was sent, so whatever breaks until then fails. The jobs of a group are then run one by one, and
    /// only the job that is to blame fails.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="takesMore">Whether jobs are added that have come meanwhile.</param>
    private void Run(List<WriterJob> jobs, bool takesMore)
    {
        Session session;
        long spent;
        try
        {
            session = _connection.Open();
            session.Execute(_begin);
            _connection.RefuseOverwritten();
        }
#pragma warning disable CA1031 // Any failure is told to those who wait.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _connection.Discard();
            jobs.ForEach(job => job.Fail(_connection.Told(exception)));
            return;
        }

        try
        {
            spent = jobs.RunFrom(0, session);
            var count = jobs.Count;
            if (takesMore && TakeMore(jobs))
            {
                spent += jobs.RunFrom(count, session);
            }

            if (IsCheckpointDue)
            {
                _connection.Mark();
            }
        }
#pragma warning disable CA1031 // Any failure is told to the one who is to blame.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _connection.RollBack();
            FailOrRunAlone(jobs, exception);
            return;
        }

        Commit(session, jobs, spent);
    }

    private bool TakeMore(List<WriterJob> jobs)
    {
        lock (_gate)
        {
            return !_waiting.IsEmpty && _waiting.TakeMore(jobs, Environment.TickCount64, _pace.Few);
        }
    }

    private void Commit(Session session, List<WriterJob> jobs, long spent)
    {
        try
        {
            var ending = Stopwatch.GetTimestamp();
            session.Execute(_commit);
            _pace.Note(jobs.Count(job => job is CommitJob), spent, ending);
        }
#pragma warning disable CA1031 // After any failure the writer has to find out what is stored.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // A transaction that can still be rolled back was not committed, nor was one for which there was no room.
            if (_connection.RollBack() || Failures.IsFull(exception))
            {
                FailOrRunAlone(jobs, exception);
                return;
            }

            _connection.Discard();
            jobs.ForEach(job => FindOut(job, exception));
            return;
        }

        jobs.Succeed();
        CheckPoint(session);
    }

    /// <summary>Asks on a new connection for the outcome of a job whose COMMIT was not answered.</summary>
    private void FindOut(WriterJob job, Exception exception)
    {
        var started = Environment.TickCount64;
        for (var wait = 10; ; wait = Math.Min(wait * 2, 2_000))
        {
            try
            {
                switch (job.IsStored(_connection.Reopen()))
                {
                    case true:
                        job.Succeed();
                        return;
                    case false:
                        job.Fail(_connection.Told(exception));
                        return;
                    default:
                        job.LoseSight(exception);
                        return;
                }
            }
            catch (Exception asking) when (Failures.IsOfDatabase(asking) || asking is ProcessStoreException)
            {
                _connection.Discard();
            }

            if (Environment.TickCount64 - started > _options.OutcomeTimeout.TotalMilliseconds)
            {
                job.LoseSight(exception);
                return;
            }

            using var pause = new ManualResetEventSlim();
            pause.Wait(wait);
        }
    }

    /// <summary>Of several jobs only the one that is to blame fails.</summary>
    private void FailOrRunAlone(List<WriterJob> jobs, Exception exception)
    {
        if (jobs.Count == 1)
        {
            jobs[0].Fail(_connection.Told(exception));
            return;
        }

        jobs.ForEach(job => Run([job], takesMore: false));
    }

    /// <summary>Between transactions; what goes wrong with it goes wrong with the next transaction too, which can say so.</summary>
    private void CheckPoint(Session session)
    {
        if (!IsCheckpointDue)
        {
            _transactions++;
            return;
        }

        _transactions = 0;
        _connection.KeepMark();
        try
        {
            session.Read(_checkpoint, _ => 0);
        }
        catch (Exception exception) when (Failures.IsOfDatabase(exception))
        {
            _connection.Discard();
        }
    }
}
