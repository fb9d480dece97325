using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Connections;

/// <summary>The connections to an SQLite database, with the settings under which nothing is lost: a log that is synchronized with each commit, no memory mapping,
/// and no checkpoint but the writer's.</summary>
/// <param name="dataSource">Where the database is.</param>
/// <param name="tables">The names of the tables.</param>
/// <param name="options">The options.</param>
/// <param name="isAlone">Whether the store holds the file for itself.</param>
internal sealed class SqliteConnections(DbDataSource dataSource, TableNames tables, RelationalStoreOptions options, bool isAlone) : IAsyncDisposable
{
    private readonly ConcurrentBag<Session> _readers = [];
    private volatile bool _isClosed;
    private OpenFiles? _files;
    private IDisposable? _shared;

    /// <summary>The file of the database, as far as it is known.</summary>
    public string? File { get; private set; } = FileIn(dataSource.ConnectionString);

    /// <summary>A connection to write on.</summary>
    public Session OpenWriter()
    {
        var session = Open("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA cache_size = -16000");
        try
        {
            File = SqliteFile.PathOf(session);
            if (!isAlone)
            {
                _shared ??= SqliteFile.Share(File);
            }

            _files ??= new OpenFiles(File, isAlone);
            _files.ForgetLog();
            return session;
        }
        catch
        {
            Close(session);
            if (_files is null)
            {
                LetGo();
            }

            throw;
        }
    }

    /// <summary>Lets the file go, once all connections are closed.</summary>
    public void LetGo()
    {
        _shared?.Dispose();
        _shared = null;
    }

    /// <summary>Sees to it that the files are still those that the connection to write on has open.</summary>
    /// <exception cref="ProcessStoreException">They are not.</exception>
    public void CheckFiles() => _files?.Check();

    /// <summary>Remembers how the connection to write on has left the files.</summary>
    public void LeaveFiles(bool hasMovedLog) => _files?.Leave(hasMovedLog);

    /// <summary>A connection to read on; give it back.</summary>
    public Session RentReader()
    {
        ObjectDisposedException.ThrowIf(_isClosed, typeof(RelationalProcessStore));
        _files?.RefuseOverwritten();
        return _readers.TryTake(out var session) ? session : Open("PRAGMA query_only = 1");
    }

    public void Return(Session session)
    {
        if (_isClosed)
        {
            Close(session);
            return;
        }

        _readers.Add(session);
    }

    public static void Close(Session session)
    {
        try
        {
            session.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        catch (DbException)
        {
            // A connection that cannot be closed in order is gone.
        }
    }

    public ValueTask DisposeAsync()
    {
        _isClosed = true;
        while (_readers.TryTake(out var session))
        {
            Close(session);
        }

        return ValueTask.CompletedTask;
    }

    private static string? FileIn(string connectionString)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = connectionString }.TryGetValue("Data Source", out var path) && path is string { Length: > 0 } text
                ? Path.GetFullPath(text)
                : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private Session Open(params ReadOnlySpan<string> settings)
    {
        _files?.CheckDatabase();
        var connection = OwnConnections.Open(dataSource);
        try
        {
            var session = new Session(connection, tables, options with { CommandTimeout = TimeSpan.FromSeconds(1) }) { Clock = options.Clock ?? TimeProvider.System };
            Set(session, string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {(long)options.CommandTimeout.TotalMilliseconds}"));
            Set(session, "PRAGMA mmap_size = 0");
            foreach (var setting in settings)
            {
                Set(session, setting);
            }

            Set(session, "PRAGMA wal_autocheckpoint = 0");
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Set(Session session, string text) => session.Read(new Statement(text, isReused: false), _ => 0);
}
