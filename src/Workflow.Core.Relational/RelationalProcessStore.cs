using System.Data.Common;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Relational.Access;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Queries;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational;

/// <summary>Keeps process instances in a relational database, through the driver of the host. The tables are made when the store is used first.</summary>
/// <remarks>SQLite has one connection for all writing, and commits that arrive together are written together. Asynchronous methods block there for as long as
/// the disk takes. On PostgreSQL a commit is one round trip.</remarks>
public sealed partial class RelationalProcessStore : IProcessStore, IAsyncDisposable, IDisposable
{
    private readonly StoreAccess _access;
    private readonly Statements _statements;
    private readonly StoreOrigin? _origin;
    private readonly IDisposable? _lock;

    private RelationalProcessStore(StoreAccess access, Statements statements, StoreOrigin? origin, IDisposable? held = null)
    {
        _access = access;
        _statements = statements;
        _origin = origin;
        _lock = held;
    }

    /// <inheritdoc/>
    public bool IsShared => true;

    /// <inheritdoc/>
    public string KeyPart => _access.Identity.KeyPart;

    /// <summary>Makes a store over a database of the host.</summary>
    /// <param name="dataSource">Where connections come from; it stays the host's, to be disposed of after the store.</param>
    /// <param name="dialect">Which database it is.</param>
    /// <param name="options">How to use it; null for the defaults.</param>
    /// <returns>The store. Nothing has been asked of the database yet. On SQLite, from its first use until it is disposed of, no store can open the file for
    /// itself.</returns>
    public static RelationalProcessStore Create(DbDataSource dataSource, SqlDialect dialect, RelationalStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        options ??= new RelationalStoreOptions();
        options.Validate(dialect);
        var tables = new TableNames(dialect, options);
        StoreAccess access = dialect is SqlDialect.Sqlite
            ? new SqliteAccess(dataSource, tables, options, isAlone: false)
            : new PostgreSqlAccess(dataSource, tables, options);
        return new RelationalProcessStore(access, new Statements(tables), new StoreOrigin(dataSource, tables, options));
    }

    /// <summary>Opens a file of SQLite for this process alone, with settings under which nothing that was acknowledged is lost. The store creates a missing
    /// file. Leases of engines that ended without giving them back are void.</summary>
    /// <param name="provider">The driver, for example <c>SqliteFactory.Instance</c> of Microsoft.Data.Sqlite.</param>
    /// <param name="path">The path of the file. Its log and a lock file are beside it. Do not move, replace or remove any of them while the store is open. The
    /// store would notice it and refuse to store more.</param>
    /// <param name="options">How to use it; null for the defaults.</param>
    /// <returns>The store; dispose of it to let the file go.</returns>
    /// <exception cref="ArgumentException">It is not the path of a file: a database in memory, a URI, a connection string.</exception>
    /// <exception cref="ProcessStoreException">Another process or another store has the file open under any name, or it cannot be opened.</exception>
    public static RelationalProcessStore OpenSqliteFile(DbProviderFactory provider, string path, RelationalStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(path);
        options ??= new RelationalStoreOptions();
        options.Validate(SqlDialect.Sqlite);
        var file = SqliteFile.PathOf(path);
        var held = SqliteFile.Lock(file);
        var dataSource = SqliteFile.DataSource(provider, file);
        var tables = new TableNames(SqlDialect.Sqlite, options);
        return new RelationalProcessStore(
            new SqliteAccess(dataSource, tables, options, isAlone: true), new Statements(tables), new StoreOrigin(dataSource, tables, options), held);
    }

    /// <summary>The statements that make the tables, or upgrade them, for those who run their own migrations. A store that finds the tables makes none. But on
    /// SQLite it makes a small one to recognize the file later (<c>file_mark</c>). Run the statements while no engine of an older version is at work, in one
    /// transaction that ends at the first error (<c>psql -1 -v ON_ERROR_STOP=1</c>, <c>sqlite3 -bail</c>). Then grant the accounts of the hosts SELECT, INSERT,
    /// UPDATE and DELETE on the new tables, unless they own them.</summary>
    /// <param name="dialect">For which database.</param>
    /// <param name="options">The names of the tables; null for the defaults.</param>
    /// <param name="from">The version of the tables that are there, which stands in the table schema_version; null when there are none.</param>
    /// <returns>The statements, each ended by a semicolon and a line break; nothing when the tables are of the current version.</returns>
    /// <exception cref="ArgumentOutOfRangeException">From that version there is no way.</exception>
    public static string SchemaScript(SqlDialect dialect, RelationalStoreOptions? options = null, int? from = null)
    {
        options ??= new RelationalStoreOptions();
        options.Validate(dialect);
        if (from is { } version)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(version, SchemaText.Oldest, nameof(from));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(version, SchemaText.Current, nameof(from));
        }

        return new SchemaInstaller(new TableNames(dialect, options)).Script(from);
    }

    /// <summary>Creates the tables if they are missing, and upgrades older ones. Without this call the first use does so. Many hosts may call it at
    /// once.</summary>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>A task that ends when they are there.</returns>
    /// <exception cref="ProcessStoreException">The database cannot be used, or its tables are of a version that this one does not know.</exception>
    public ValueTask EnsureSchemaAsync(CancellationToken cancellation = default) => _access.EnsureReadyAsync(cancellation);

    /// <inheritdoc/>
    public IProcessStore Within(DbTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return _origin is null
            ? throw new InvalidOperationException("The store is in a transaction already.")
            : new RelationalProcessStore(_origin.Within(transaction, _access), _statements, origin: null);
    }

    /// <inheritdoc/>
    public ValueTask<ProcessInstanceId> ReserveAsync(CancellationToken cancellation) => _access.ReserveAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask<StoredProcess?> LoadAsync(ProcessInstanceId processInstance, CancellationToken cancellation) =>
        LoadAsync((session, token) => _statements.Processes.LoadAsync(session, processInstance, token), cancellation);

    /// <inheritdoc/>
    public ValueTask<StoredProcess?> LoadAsync(ProcessInstanceId processInstance, int activityInstance, int destination, CancellationToken cancellation) =>
        LoadAsync((session, token) => _statements.Processes.LoadAsync(session, processInstance, activityInstance, destination, token), cancellation);

    /// <inheritdoc/>
    public ValueTask<StoredProcess?> LoadTaskAsync(SerialNumber serial, CancellationToken cancellation) =>
        LoadAsync((session, token) => _statements.Processes.LoadTaskAsync(session, serial, token), cancellation);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredProcess?>> LoadTasksAsync(IReadOnlyList<WorklistHeaderRecord> tasks, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        if (tasks.Count == 0)
        {
            return [];
        }

        return await LoadSeveralAsync((session, token) => _statements.TaskLoads.LoadAsync(session, tasks, token), cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredProcess?>> LoadProcessesAsync(
        IReadOnlyList<ProcessInstanceId> processInstances, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(processInstances);
        return processInstances.Count == 0
            ? []
            : await LoadSeveralAsync((session, token) => _statements.ProcessLoads.LoadAsync(session, processInstances, token), cancellation)
                .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(commit);
        if (commit.Lease is { } lease)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(lease.Duration, ProcessLease.Longest, nameof(commit));
        }

        return _access.CommitAsync(commit, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredJournal>> ReadJournalAsync(ProcessInstanceId processInstance, long after, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return _access.ReadAsync((session, token) => _statements.Processes.ReadJournalAsync(session, processInstance, after, limit, token), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<ServerItemRecord?> FindServerItemAsync(SerialNumber serial, CancellationToken cancellation) =>
        _access.ReadAsync((session, token) => _statements.ServerItems.FindAsync(session, serial, token), cancellation);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ServerItemRecord>> FindServerItemsAsync(ServerItemQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit, nameof(query));
        return _access.ReadAsync((session, token) => _statements.ServerItems.FindAsync(session, query, token), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesAsync(ProcessQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit, nameof(query));
        return _access.ReadAsync((session, token) => _statements.Processes.FindAsync(session, query, token), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesOfAsync(
        IReadOnlyCollection<Destination> participants, ProcessQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(participants);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit, nameof(query));
        return _access.ReadAsync((session, token) => _statements.Processes.FindOfAsync(session, participants, query, token), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ClaimedProcess>> ClaimAsync(ClaimQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit, nameof(query));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(query.Lease, TimeSpan.Zero, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Lease, ProcessLease.Longest, nameof(query));
        return _access.ClaimAsync((session, token) => _statements.Claims.ClaimAsync(session, query, token), cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask RenewAsync(string owner, TimeSpan lease, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lease, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lease, ProcessLease.Longest);
        await _access.WriteAsync((session, token) => _statements.Claims.RenewAsync(session, owner, lease, token), cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask ReleaseAsync(ClaimedProcess claim, TimeSpan putOff, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(putOff, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(putOff, ProcessLease.LongestPutOff);
        await _access.WriteAsync((session, token) => _statements.Claims.ReleaseAsync(session, claim, putOff, token), cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<bool> SetAsideAsync(ProcessInstanceId processInstance, string? reason, CancellationToken cancellation) =>
        _access.WriteAsync((session, token) => _statements.Claims.SetAsideAsync(session, processInstance, reason, token), cancellation);

    /// <inheritdoc/>
    public ValueTask<StoredTask?> FindTaskAsync(SerialNumber serial, CancellationToken cancellation) =>
        _access.ReadAsync((session, token) => _statements.Tasks.FindAsync(session, serial, token), cancellation);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WorklistHeaderRecord>> FindTasksAsync(
        IReadOnlyCollection<Destination>? entries, WorklistQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit, nameof(query));
        return _access.ReadAsync((session, token) => _statements.Tasks.FindAsync(session, entries, query, token), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Destination>> FindRolesOfTasksAsync(Destination? after, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return _access.ReadAsync((session, token) => _statements.Tasks.FindRolesAsync(session, after, limit, token), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<bool> HasTakenPartAsync(ProcessInstanceId processInstance, IReadOnlyCollection<Destination> entries, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return _access.ReadAsync((session, token) => _statements.Tasks.HasTakenPartAsync(session, processInstance, entries, token), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ProcessTimer>> FindTimersAsync(TimerQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit, nameof(query));
        return _access.ReadAsync((session, token) => _statements.Timers.FindAsync(session, query, token), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> NextDueAsync(DateTimeOffset? after, CancellationToken cancellation) =>
        _access.ReadAsync((session, token) => _statements.Timers.NextDueAsync(session, after, token), cancellation);

    /// <inheritdoc/>
    public async ValueTask SaveAsync(string user, OutOfOffice? absence, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(user);
        await _access.WriteAsync((session, token) => _statements.Absences.SaveAsync(session, user, absence, token), cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<OutOfOffice?> FindAbsenceAsync(string user, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(user);
        return _access.ReadAsync((session, token) => _statements.Absences.FindAsync(session, user, token), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OutOfOffice>> FindAbsencesSharedWithAsync(string substitute, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(substitute);
        return _access.ReadAsync((session, token) => _statements.Absences.FindSharedWithAsync(session, substitute, token), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<StoredRequest?> FindRequestAsync(string key, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return _access.ReadAsync((session, token) => _statements.Processes.FindRequestAsync(session, key, token), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ProcessMessage>> FindMessagesAsync(MessageQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit, nameof(query));
        return _access.ReadAsync((session, token) => _statements.Messages.FindAsync(session, query, token), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<bool> DiscardMessageAsync(MessageKey message, CancellationToken cancellation) =>
        _access.WriteAsync((session, token) => _statements.Messages.DiscardAsync(session, message, token), cancellation);

    /// <inheritdoc/>
    public bool KeepsNews => true;

    /// <inheritdoc/>
    public ValueTask<NewsPage> ReadNewsAsync(string? place, string owner, int limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return _access.ReadAsync((session, token) => _statements.News.ReadAsync(session, place, owner, limit, token), cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask RemoveNewsAsync(string place, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(place);
        await _access.WriteAsync((session, token) => _statements.News.RemoveAsync(session, place, token), cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<int> PurgeAsync(DateTimeOffset endedBefore, string? definition, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return _access.WriteAsync((session, token) => _statements.Purges.PurgeAsync(session, endedBefore, definition, limit, token), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<bool> RemoveAsync(ProcessInstanceId processInstance, CancellationToken cancellation) =>
        _access.WriteAsync((session, token) => _statements.Purges.RemoveAsync(session, processInstance.Value, token), cancellation);

    /// <inheritdoc/>
    public ValueTask<StoredDefinition> KeepDefinitionAsync(StoredDefinition definition, bool becomesDefault, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return _access.WriteAsync((session, token) => _statements.Definitions.KeepAsync(session, definition, becomesDefault, token), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredDefinition>> FindDefinitionsAsync(string name, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _access.ReadAsync((session, token) => _statements.Definitions.FindAsync(session, name, token), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<DefinitionVersion>> FindDefaultVersionsAsync(CancellationToken cancellation) =>
        _access.ReadAsync(_statements.Definitions.FindDefaultsAsync, cancellation);

    /// <inheritdoc/>
    public ValueTask<bool> SetDefaultVersionAsync(DefinitionVersion version, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(version.Name, nameof(version));
        return _access.WriteAsync((session, token) => _statements.Definitions.SetDefaultAsync(session, version, token), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<DefinitionRemoval> RemoveDefinitionAsync(DefinitionVersion version, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(version.Name, nameof(version));
        return _access.WriteAsync((session, token) => _statements.Definitions.RemoveAsync(session, version, token), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<VersionInUse>> CountVersionsInUseAsync(CancellationToken cancellation) =>
        _access.ReadAsync(_statements.Definitions.CountAsync, cancellation);

    /// <summary>Makes another store of one that was restored from a backup (statement 14.7c). Call it once after each restore, best before engines use the
    /// database again. It writes every instance that has not ended, and waits for transactions of hosts that hold one. New instances get numbers that outside
    /// systems do not know yet. The idempotency keys that code receives begin with another part. Engines that stayed up forget their memory of instances.
    /// BACKUP.md says how to back up and restore.</summary>
    /// <param name="skippedNumbers">How many numbers of process instances to leave out: at least as many instances as were started since the backup.
    /// A million unless given; 0 to 100 million.</param>
    /// <param name="cancellation">Cancels the call while nothing is stored.</param>
    /// <returns>A task that ends when it is stored. Engines that are up start new instances under the new part one second later at the latest.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is out of range.</exception>
    /// <exception cref="InvalidOperationException">The store is inside a transaction of the host.</exception>
    /// <exception cref="ProcessStoreException">The database cannot be used. The message says whether nothing is stored,
    /// or that this is not known: then call again.</exception>
    public async ValueTask RenewIdentityAsync(long skippedNumbers = 1_000_000, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(skippedNumbers);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(skippedNumbers, 100_000_000);
        if (_origin is null)
        {
            throw new InvalidOperationException("The identity of a store cannot be renewed inside a transaction. Call RenewIdentityAsync on the store itself.");
        }

        await _access.WriteLongAsync((session, token) => _statements.Restores.RenewAsync(session, skippedNumbers, token), cancellation).ConfigureAwait(false);
        await _access.ReadAsync(_access.Identity.LearnAsync, cancellation).ConfigureAwait(false);
    }

    private async ValueTask<IReadOnlyList<StoredProcess?>> LoadSeveralAsync(
        Func<Session, CancellationToken, ValueTask<IReadOnlyList<LoadedProcess?>>> load, CancellationToken cancellation)
    {
        var asked = _access.Identity.Ask();
        var loaded = await _access.ReadAsync(load, cancellation).ConfigureAwait(false);

        // A transaction of the host may see what stood in the tables when it began.
        if (_origin is not null && loaded.FirstOrDefault(process => process is not null) is { } any)
        {
            _access.Identity.Learn(any.KeyPart, asked);
        }

        return [.. loaded.Select(process => process?.Process)];
    }

    private async ValueTask<StoredProcess?> LoadAsync(Func<Session, CancellationToken, ValueTask<LoadedProcess?>> load, CancellationToken cancellation)
    {
        var asked = _access.Identity.Ask();
        if (await _access.ReadAsync(load, cancellation).ConfigureAwait(false) is not { } loaded)
        {
            return null;
        }

        // A transaction of the host may see what stood in the tables when it began.
        if (_origin is not null)
        {
            _access.Identity.Learn(loaded.KeyPart, asked);
        }

        return loaded.Process;
    }

    /// <summary>Closes the connections of the store when the work under way has ended. The store of a transaction has none.</summary>
    /// <returns>A task that ends when they are closed.</returns>
    public async ValueTask DisposeAsync()
    {
        await _access.DisposeAsync().ConfigureAwait(false);
        _lock?.Dispose();
    }

    /// <summary>As <see cref="DisposeAsync"/>, for containers that cannot wait: it blocks the thread until the connections are closed. Use
    /// <see cref="DisposeAsync"/> wherever you can.</summary>
    public void Dispose() => Task.Run(() => DisposeAsync().AsTask()).GetAwaiter().GetResult();
}
