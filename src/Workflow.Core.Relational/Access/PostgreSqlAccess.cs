using System.Data.Common;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Commits;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Queries;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Access;

/// <summary>PostgreSQL: commits on a few connections of their own, everything else on the host's pool.</summary>
internal sealed class PostgreSqlAccess : StoreAccess
{
    private const int MostRetries = 10;

    private readonly SemaphoreSlim _readying = new(1);
    private readonly DbDataSource _dataSource;
    private readonly TableNames _tables;
    private readonly RelationalStoreOptions _options;
    private readonly CommitTexts _texts;
    private readonly Periods _periods;
    private readonly KnownRows _rows = new();
    private readonly CommitNames _names = new();
    private readonly NumberBlock _numbers;
    private readonly SessionPool _commitSessions;
    private readonly PostgreSqlCommitter _committer;
    private volatile bool _isReady;
    private volatile bool _isClosed;

    public PostgreSqlAccess(DbDataSource dataSource, TableNames tables, RelationalStoreOptions options)
    {
        _dataSource = dataSource;
        _tables = tables;
        _options = options;
        _texts = new CommitTexts(tables);
        _periods = new Periods(_texts);
        Identity = new StoreIdentity(tables) { Changed = Forget };
        _numbers = new NumberBlock(tables, Identity, longest: TimeSpan.FromSeconds(1));
        _commitSessions = new SessionPool(OpenForCommitsAsync, PostgreSqlSettings.ResetAsync);
        _committer = new PostgreSqlCommitter(new PostgreSqlGroup(_commitSessions, options), options);
    }

    public override CommitTexts Texts => _texts;

    public override StoreIdentity Identity { get; }

    public override T ReadNow<T>(Func<Session, T> read)
    {
        var session = new Session(OwnConnections.Open(_dataSource), _tables, _options);
        try
        {
            return read(session);
        }
        finally
        {
            session.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    public override NumberBlock Numbers => _numbers;

    public override async ValueTask<T> ReadAsync<T>(Func<Session, CancellationToken, ValueTask<T>> read, CancellationToken cancellation)
    {
        await EnsureReadyAsync(cancellation).ConfigureAwait(false);
        try
        {
            var session = await OpenAsync(cancellation).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                return await read(session, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (Failures.IsOfDatabase(exception) && !cancellation.IsCancellationRequested)
        {
            throw Failures.Explain(exception);
        }
    }

    public override ValueTask<T> WriteAsync<T>(Func<Session, CancellationToken, ValueTask<T>> write, CancellationToken cancellation) =>
        WriteAsync(write, _options, isPlannedOnce: false, cancellation);

    public override ValueTask<T> ClaimAsync<T>(Func<Session, CancellationToken, ValueTask<T>> claim, CancellationToken cancellation) =>
        WriteAsync(claim, _options, isPlannedOnce: true, cancellation);

    public override ValueTask<T> WriteLongAsync<T>(Func<Session, CancellationToken, ValueTask<T>> write, CancellationToken cancellation) =>
        WriteAsync(write, _options with { CommandTimeout = TimeSpan.Zero }, isPlannedOnce: false, cancellation);

    private async ValueTask<T> WriteAsync<T>(
        Func<Session, CancellationToken, ValueTask<T>> write, RelationalStoreOptions options, bool isPlannedOnce, CancellationToken cancellation)
    {
        await EnsureReadyAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await InTransactionAsync(write, options, isPlannedOnce, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (Failures.IsOfDatabase(exception) && !cancellation.IsCancellationRequested)
        {
            throw Failures.Explain(exception);
        }
    }

    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        await EnsureReadyAsync(cancellation).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        var plan = new CommitPlan(commit, _names.Of(commit), _texts, isPostgreSql: true);
        await _committer.CommitAsync(new CommitJob(plan, _texts, _periods, _rows) { NumberTaken = Forget }).ConfigureAwait(false);
    }

    public override async ValueTask<ProcessInstanceId> ReserveAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_numbers.Next() is { } ready)
        {
            return ready;
        }

        _periods.Clear();
        return await _numbers.ReserveAsync(this, cancellation).ConfigureAwait(false);
    }

    public override async ValueTask EnsureReadyAsync(CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_isClosed, typeof(RelationalProcessStore));
        if (_isReady)
        {
            return;
        }

        await _readying.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!_isReady)
            {
                await InstallAsync(cancellation).ConfigureAwait(false);
                _isReady = true;
            }
        }
        catch (Exception exception) when (Failures.IsOfDatabase(exception) && !cancellation.IsCancellationRequested)
        {
            throw Failures.Explain(exception);
        }
        finally
        {
            _readying.Release();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        _isClosed = true;
        await _commitSessions.DisposeAsync().ConfigureAwait(false);
        _readying.Dispose();
    }

    /// <summary>The store has changed, so the memory of it is no longer valid (statement 14.7c).</summary>
    private void Forget()
    {
        _numbers.GiveUp();
        _periods.Clear();
        _rows.Clear();
    }

    private async ValueTask<Session> OpenAsync(CancellationToken cancellation) =>
        new(await OwnConnections.OpenAsync(_dataSource, cancellation).ConfigureAwait(false), _tables, _options) { Clock = _options.Clock };

    private async ValueTask<Session> OpenForCommitsAsync(CancellationToken cancellation)
    {
        var session = await OpenAsync(cancellation).ConfigureAwait(false);
        try
        {
            await PostgreSqlSettings.SetForCommitsAsync(session, _options, cancellation).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Runs something in a transaction of its own, and again when others were in the way.</summary>
    private async ValueTask<T> InTransactionAsync<T>(
        Func<Session, CancellationToken, ValueTask<T>> write, RelationalStoreOptions options, bool isPlannedOnce, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryInTransactionAsync(write, options, isPlannedOnce, cancellation).ConfigureAwait(false);
            }
            catch (Exception exception) when (Failures.IsPassing(exception) && attempt <= MostRetries)
            {
                await Task.Delay(attempt * 5, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<T> TryInTransactionAsync<T>(
        Func<Session, CancellationToken, ValueTask<T>> write, RelationalStoreOptions options, bool isPlannedOnce, CancellationToken cancellation)
    {
        var connection = await OwnConnections.OpenAsync(_dataSource, cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                var session = new Session(connection, _tables, options, transaction) { Clock = _options.Clock };
                await using (session.ConfigureAwait(false))
                {
                    await PostgreSqlSettings.BeginAsync(session, options, isPlannedOnce, cancellation).ConfigureAwait(false);
                    var result = await write(session, cancellation).ConfigureAwait(false);
                    await CommitAsync(transaction).ConfigureAwait(false);
                    return result;
                }
            }
        }
    }

    private static async ValueTask CommitAsync(DbTransaction transaction)
    {
        try
        {
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (Failures.IsOfDatabase(exception) && !Failures.IsRefusal(exception))
        {
            throw Failures.ExplainLostAnswer(exception);
        }
    }

    /// <summary>The store uses tables that exist at once. Otherwise one host makes or upgrades them, and the others wait as long as it takes.</summary>
    private async ValueTask InstallAsync(CancellationToken cancellation)
    {
        var installer = new SchemaInstaller(_tables);
        var keys = new RenewedKeys(_tables);
        var check = new PostgreSqlServerCheck(_dataSource, _tables, _options);
        check.CheckPool();
        var session = await OpenAsync(cancellation).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await installer.CheckServerAsync(session, cancellation).ConfigureAwait(false);
            await check.CheckPoolerAsync(session, cancellation).ConfigureAwait(false);
            if (!_options.AcceptsUnsynchronizedCommits)
            {
                await installer.CheckDurabilityAsync(session, cancellation).ConfigureAwait(false);
            }

            if (await installer.FindAsync(session, cancellation).ConfigureAwait(false) == SchemaText.Current
                && await keys.AreCurrentAsync(session, cancellation).ConfigureAwait(false))
            {
                await Identity.LearnAsync(session, cancellation).ConfigureAwait(false);
                return;
            }
        }

        await InTransactionAsync(
            async (inside, token) =>
            {
                var key = $"SELECT count(*) FROM (SELECT pg_advisory_xact_lock(hashtext('Workflow.Core {_tables.Qualifier}'))) AS locked";
                await inside.ReadAsync(new Statement(key, isReused: false), [], _ => 0, token).ConfigureAwait(false);
                await installer.InstallAsync(inside, token).ConfigureAwait(false);
                await keys.RenewAsync(inside, token).ConfigureAwait(false);
                return await Identity.LearnAsync(inside, token).ConfigureAwait(false);
            },
            _options with { CommandTimeout = TimeSpan.Zero }, isPlannedOnce: false, cancellation).ConfigureAwait(false);
    }
}
