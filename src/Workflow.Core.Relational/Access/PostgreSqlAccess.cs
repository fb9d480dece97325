using System.Data.Common;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Commits;
using Workflow.Core.Relational.Connections;
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
        _numbers = new NumberBlock(tables, longest: TimeSpan.FromSeconds(1));
        _commitSessions = new SessionPool(OpenForCommitsAsync);
        _committer = new PostgreSqlCommitter(new PostgreSqlGroup(_commitSessions, options), options);
    }

    public override CommitTexts Texts => _texts;

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

    public override async ValueTask<T> WriteAsync<T>(Func<Session, CancellationToken, ValueTask<T>> write, CancellationToken cancellation)
    {
        await EnsureReadyAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await InTransactionAsync(write, _options, cancellation).ConfigureAwait(false);
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
        await _committer.CommitAsync(new CommitJob(plan, _texts, _periods, _rows)).ConfigureAwait(false);
    }

    public override async ValueTask<ProcessInstanceId> ReserveAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return _numbers.Next() is { } ready ? ready : await _numbers.ReserveAsync(this, cancellation).ConfigureAwait(false);
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

    private async ValueTask<Session> OpenAsync(CancellationToken cancellation) =>
        new(await OwnConnections.OpenAsync(_dataSource, cancellation).ConfigureAwait(false), _tables, _options) { Clock = _options.Clock };

    /// <summary>A connection that carries commits notices by itself when its way breaks, and never waits for a lock for ever. Its statements are planned once: planned
    /// with each commit's values, as the server would have it, they cost less by an estimate and more by the time for the plan. All find what they need by its key, and shall
    /// do so even if there were few rows when they were planned.</summary>
    private async ValueTask<Session> OpenForCommitsAsync(CancellationToken cancellation)
    {
        var session = await OpenAsync(cancellation).ConfigureAwait(false);
        try
        {
            var milliseconds = ((long)_options.CommandTimeout.TotalMilliseconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            await session.ReadAsync(
                new Statement(
                    "SELECT set_config(name, CASE name WHEN 'client_connection_check_interval' THEN '5000' WHEN 'plan_cache_mode' THEN 'force_generic_plan' "
                    + "WHEN 'enable_seqscan' THEN 'off' ELSE $1 END, false) "
                    + "FROM pg_catalog.pg_settings WHERE name IN ('lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout', "
                    + "'client_connection_check_interval', 'plan_cache_mode', 'enable_seqscan')",
                    isReused: false),
                [milliseconds], _ => 0, cancellation).ConfigureAwait(false);
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
        Func<Session, CancellationToken, ValueTask<T>> write, RelationalStoreOptions options, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryInTransactionAsync(write, options, cancellation).ConfigureAwait(false);
            }
            catch (Exception exception) when (Failures.IsPassing(exception) && attempt <= MostRetries)
            {
                await Task.Delay(attempt * 5, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<T> TryInTransactionAsync<T>(
        Func<Session, CancellationToken, ValueTask<T>> write, RelationalStoreOptions options, CancellationToken cancellation)
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
                    var result = await write(session, cancellation).ConfigureAwait(false);
                    await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
                    return result;
                }
            }
        }
    }

    /// <summary>Tables that are there are used at once; otherwise one host makes or upgrades them, and the others wait for it, as long as it takes.</summary>
    private async ValueTask InstallAsync(CancellationToken cancellation)
    {
        var installer = new SchemaInstaller(_tables);
        var session = await OpenAsync(cancellation).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await installer.CheckServerAsync(session, cancellation).ConfigureAwait(false);
            if (!_options.AcceptsUnsynchronizedCommits)
            {
                await installer.CheckDurabilityAsync(session, cancellation).ConfigureAwait(false);
            }

            if (await installer.FindAsync(session, cancellation).ConfigureAwait(false) == SchemaText.Current)
            {
                return;
            }
        }

        await InTransactionAsync(
            async (inside, token) =>
            {
                var key = $"SELECT count(*) FROM (SELECT pg_advisory_xact_lock(hashtext('Workflow.Core {_tables.Qualifier}'))) AS locked";
                await inside.ReadAsync(new Statement(key, isReused: false), [], _ => 0, token).ConfigureAwait(false);
                await installer.InstallAsync(inside, token).ConfigureAwait(false);
                return true;
            },
            _options with { CommandTimeout = TimeSpan.Zero }, cancellation).ConfigureAwait(false);
    }
}
