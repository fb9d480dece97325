using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Connections;

/// <summary>The connections to an SQLite database, with the settings that lose nothing. The log is synchronized with each commit. Memory is not mapped, and
/// only the writer makes checkpoints.</summary>
/// <param name="dataSource">Where the database is.</param>
/// <param name="tables">The names of the tables.</param>
/// <param name="options">The options.</param>
/// <param name="isAlone">Whether the store holds the file for itself.</param>
internal sealed class SqliteConnections(DbDataSource dataSource, TableNames tables, RelationalStoreOptions options, bool isAlone) : IAsyncDisposable
{
    private readonly ConcurrentBag<Session> _readers = [];
    private readonly FileMark _mark = new(tables);
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

            _files ??= new OpenFiles(File);
            _files.ForgetLog();
            _mark.ForgetConnection();
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

    /// <summary>Sees to it that the database is still the one that the store has marked. Call it at the beginning of a transaction that writes.</summary>
    /// <exception cref="ProcessStoreException">Another program has written over it.</exception>
    public void RefuseOverwritten(Session writer)
    {
        if (_files is not { IsInOrder: false } files || !_mark.IsKnown)
        {
            return;
        }

        // The reader is kept, also when it fails: with the last connection SQLite would move the log into what lies there now, and remove it.
        var reader = files.IsNumberKnown ? TakeReader() : OpenReader();
        try
        {
            if (_mark.IsOverwritten(writer, reader))
            {
                files.RefuseFromNowOn();
            }

            files.Trust();
        }
        catch (DbException exception) when (Failures.IsLocked(exception))
        {
            // That it could not be looked at says nothing of it. The next transaction looks again.
        }
        finally
        {
            Return(reader);
        }
    }

    /// <summary>Marks the database, as the last thing of a transaction behind which the log is moved into it.</summary>
    public void Mark(Session writer) => _mark.Renew(writer);

    /// <summary>The transaction that has marked the database is stored.</summary>
    public void KeepMark() => _mark.Keep();

    /// <summary>A connection to read on; give it back.</summary>
    public Session RentReader()
    {
        ObjectDisposedException.ThrowIf(_isClosed, typeof(RelationalProcessStore));
        _files?.RefuseOverwritten();
        return TakeReader();
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

    private Session TakeReader() => _readers.TryTake(out var session) ? session : OpenReader();

    private Session OpenReader() => Open("PRAGMA query_only = 1");

    private static string? FileIn(string connectionString)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = connectionString }.TryGetValue("Data Source", out var path)
                && path is string { Length: > 0 } text
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
            var limited = options with { CommandTimeout = TimeSpan.FromSeconds(1) };
            var session = new Session(connection, tables, limited) { Clock = options.Clock ?? TimeProvider.System };
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
