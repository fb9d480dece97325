using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Connections;

/// <summary>The files of a database of SQLite that is open. SQLite goes on with what it has open when somebody moves, replaces or removes a file, and everything that it writes
/// from then on is lost for whoever opens the file anew: so the store looks before each transaction.</summary>
internal sealed class OpenFiles
{
    private readonly string _path;
    private readonly bool _isAlone;
    private readonly Func<string, FileIdentity?> _identity;
    private readonly FileIdentity _database;
    private FileIdentity? _log;
    private FileIdentity? _checked;
    private (FileIdentity Database, FileIdentity? Log)? _left;
    private volatile bool _isOverwritten;

    /// <param name="path">The file of the database, which is open.</param>
    /// <param name="isAlone">Whether the store holds the file for itself.</param>
    /// <param name="identity">What tells files apart; null for what the system offers.</param>
    /// <exception cref="ProcessStoreException">It is not there any more, or has more than one name.</exception>
    public OpenFiles(string path, bool isAlone, Func<string, FileIdentity?>? identity = null)
    {
        _path = path;
        _isAlone = isAlone;
        _identity = identity ?? FileIdentity.Of;
        _database = _identity(path) ?? throw Gone(path);
        SqliteFile.RefuseOtherNames(path, _database);
    }

    private string Log => _path + "-wal";

    /// <summary>The connection that writes is opened anew: when it was the last one, SQLite has moved the log into the database and removed it, and makes another.</summary>
    public void ForgetLog() => (_log, _checked, _left) = (null, null, null);

    /// <summary>For a connection that is about to be opened, whose log may be another.</summary>
    /// <exception cref="ProcessStoreException">The database is not the one that is open.</exception>
    public FileIdentity CheckDatabase()
    {
        RefuseOverwritten();
        return _identity(_path) is { } database && database.IsSameFileAs(_database) ? database : throw Gone(_path);
    }

    /// <summary>For a connection to read on. It looks at no file.</summary>
    /// <exception cref="ProcessStoreException">The database was found to be written over.</exception>
    public void RefuseOverwritten()
    {
        if (_isOverwritten)
        {
            throw new ProcessStoreException(
                $"Another program has written into the file {_path} while the store has it open: a copy was put over it, or somebody has moved the log into it by hand. With a copy, what was answered "
                + $"since is in the log, and the two do not belong together. Stop the engine, keep {Log} as long as you may need it, remove it and {_path}-shm, put the copy in its place again, and start; "
                + "after a restore call RenewIdentityAsync (BACKUP.md). If only the log was moved, starting again is enough. It stored nothing.");
        }
    }

    /// <summary>For the connection that writes.</summary>
    /// <exception cref="ProcessStoreException">A file is not the one that is open.</exception>
    public void Check()
    {
        var database = CheckDatabase();
        var log = _identity(Log);
        if (_log is { } before && (log is not { } now || !now.IsSameFileAs(before)))
        {
            throw new ProcessStoreException(
                $"The file {Log}, the log of the database, was moved, replaced or removed while the store has it open. "
                + "Everything that was answered until now is in the files that the store has open. Stop the engine in order, which writes it into the database; "
                + "then start again. It stored nothing.");
        }

        _log = log;
        RefuseIfOverwritten(database, log);
        _checked = database;
    }

    /// <summary>Remembers how the connection that writes has left the files. Unless it has moved the log, the database is as it was before the transaction.</summary>
    public void Leave(bool hasMovedLog)
    {
        var database = hasMovedLog ? null : _checked;
        if ((database ?? _identity(_path)) is { } left)
        {
            _left = (left, _identity(Log));
        }
    }

    /// <summary>SQLite writes into the log, and into the database only what it moves from there, which makes it no shorter. Other connections, such as the host's, write the log first.
    /// So when the database was written, and the log was not, another program has done it; but another store may be about to move what it wrote before.</summary>
    private void RefuseIfOverwritten(FileIdentity database, FileIdentity? log)
    {
        if (_left is not var (databaseLeft, logLeft) || database.IsAsWrittenAt(databaseLeft))
        {
            return;
        }

        var isLogAsLeft = log is { } now && logLeft is { } then && now.IsAsWrittenAt(then);
        if (database.Size < databaseLeft.Size || (_isAlone && isLogAsLeft))
        {
            _isOverwritten = true;
            RefuseOverwritten();
        }
    }

    private static ProcessStoreException Gone(string path) => new(
        $"The file {path} was moved, replaced or removed while the store has it open. Everything that was answered until "
        + "now is in the file that the store has open, wherever it is, and not in another that has its name. If it was moved, stop the engine in order, bring it "
        + "back, and start again. If it was removed, it is gone when the process ends: first copy it and its "
        + "log, from /proc/<process>/fd on Linux. It stored nothing.");
}
