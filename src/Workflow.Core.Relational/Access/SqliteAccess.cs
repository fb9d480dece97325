using System.Data.Common;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Commits;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Queries;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Access;

/// <summary>SQLite: one connection that writes, others that read.</summary>
internal sealed class SqliteAccess : StoreAccess
{
    private readonly Lock _readying = new();
    private readonly TableNames _tables;
    private readonly CommitTexts _texts;
    private readonly Periods _periods;
    private readonly KnownRows _rows = new();
    private readonly NewestProcesses _newest;
    private readonly CommitNames _names = new();
    private readonly SqliteConnections _connections;
    private readonly SqliteWriter _writer;
    private readonly NumberBlock _numbers;
    private readonly bool _isAlone;
    private volatile bool _isReady;

    /// <param name="dataSource">Where the database is.</param>
    /// <param name="tables">The names of the tables.</param>
    /// <param name="options">The options.</param>
    /// <param name="isAlone">Whether nobody else can use the database, so that leases that are found are of engines that ended.</param>
    public SqliteAccess(DbDataSource dataSource, TableNames tables, RelationalStoreOptions options, bool isAlone)
    {
        _tables = tables;
        _isAlone = isAlone;
        _texts = new CommitTexts(tables);
        _periods = new Periods(_texts);
        _newest = new NewestProcesses(tables);
        _connections = new SqliteConnections(dataSource, tables, options, isAlone);
        _writer = new SqliteWriter(_connections, options);
        Identity = new StoreIdentity(tables) { Changed = Forget };
        _numbers = new NumberBlock(tables, Identity, longest: TimeSpan.MaxValue);
    }

    public override StoreIdentity Identity { get; }

    public override T ReadNow<T>(Func<Session, T> read)
    {
        var session = _connections.RentReader();
        try
        {
            return read(session);
        }
        finally
        {
            SqliteConnections.Close(session);
        }
    }

    public override CommitTexts Texts => _texts;

    public override NumberBlock Numbers => _numbers;

    public override async ValueTask<T> ReadAsync<T>(Func<Session, CancellationToken, ValueTask<T>> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        EnsureReady();
        Session? session = null;
        try
        {
            session = _connections.RentReader();
            var result = await read(session, cancellation).ConfigureAwait(false);
            _connections.Return(session);
            return result;
        }
        catch (Exception exception)
        {
            if (session is not null)
            {
                SqliteConnections.Close(session);
            }

            if (Failures.IsOfDatabase(exception))
            {
                throw Failures.Explain(exception, _connections.File);
            }

            throw;
        }
    }

    public override ValueTask<T> WriteAsync<T>(Func<Session, CancellationToken, ValueTask<T>> write, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        EnsureReady();
        return Write(write);
    }

    public override ValueTask<T> ClaimAsync<T>(Func<Session, CancellationToken, ValueTask<T>> claim, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        EnsureReady();
        return Write(claim, isBackground: true);
    }

    public override ValueTask<T> WriteLongAsync<T>(Func<Session, CancellationToken, ValueTask<T>> write, CancellationToken cancellation) =>
        WriteAsync(write, cancellation);

    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        EnsureReady();
        var job = new CommitJob(new CommitPlan(commit, _names.Of(commit), _texts, isPostgreSql: false), _texts, _periods, _rows, _newest);
        job.NumberTaken = Forget;
        _writer.Submit(job);
        return job.Completion;
    }

    public override async ValueTask<ProcessInstanceId> ReserveAsync(CancellationToken cancellation)
    {
        if (Identity.IsOld)
        {
            await ReadAsync(Identity.LearnAsync, cancellation).ConfigureAwait(false);
        }

        if (_numbers.Next() is { } ready)
        {
            return ready;
        }

        _periods.Clear();
        return await _numbers.ReserveAsync(this, cancellation).ConfigureAwait(false);
    }

    public override ValueTask EnsureReadyAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        EnsureReady();
        return ValueTask.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        // Readers first: the last connection to be closed moves the log into the file, which is the writer's to do.
        await _connections.DisposeAsync().ConfigureAwait(false);
        _writer.Dispose();
        _connections.LetGo();
    }

    /// <summary>The store has changed, so the memory of it is no longer valid (statement 14.7c).</summary>
    private void Forget()
    {
        _numbers.GiveUp();
        _periods.Clear();
        _rows.Clear();
    }

    private void EnsureReady()
    {
        if (_isReady)
        {
            return;
        }

        lock (_readying)
        {
            if (!_isReady)
            {
                Write(InstallAsync).AsTask().GetAwaiter().GetResult();
                _isReady = true;
            }
        }
    }

    private ValueTask<T> Write<T>(Func<Session, CancellationToken, ValueTask<T>> write, bool isBackground = false)
    {
        var job = new WriterAction<T>(write, isBackground);
        _writer.Submit(job);
        return job.Completion;
    }

    private async ValueTask<bool> InstallAsync(Session session, CancellationToken cancellation)
    {
        var installer = new SchemaInstaller(_tables);
        await installer.CheckServerAsync(session, cancellation).ConfigureAwait(false);
        await installer.InstallAsync(session, cancellation).ConfigureAwait(false);
        await new RenewedKeys(_tables).RenewAsync(session, cancellation).ConfigureAwait(false);
        if (_isAlone)
        {
            var free = new Statement($"UPDATE {_tables.Process} SET owner = NULL WHERE {Conditions.IsOwned}", isReused: false);
            await session.ExecuteAsync(free, [], cancellation).ConfigureAwait(false);
        }

        return await Identity.LearnAsync(session, cancellation).ConfigureAwait(false);
    }
}
