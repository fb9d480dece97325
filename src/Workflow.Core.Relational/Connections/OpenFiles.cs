using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Connections;

/// <summary>The files of a database of SQLite that is open. SQLite keeps using its open file when somebody moves, replaces or removes it. Everything that it
/// writes from then on is lost to the next one who opens the file. So the store looks before each transaction.</summary>
internal sealed class OpenFiles
{
    private readonly string _path;
    private readonly Func<string, bool, FileIdentity?> _identity;
    private readonly FileIdentity _database;
    private FileIdentity? _log;
    private FileIdentity? _checked;
    private FileIdentity? _trusted;
    private volatile bool _isOverwritten;

    /// <param name="path">The file of the database, which is open.</param>
    /// <param name="identity">Tells files apart, with the time of the last write or without it; null for the means of the system.</param>
    /// <exception cref="ProcessStoreException">The file is gone, or has more than one name.</exception>
    public OpenFiles(string path, Func<string, bool, FileIdentity?>? identity = null)
    {
        _path = path;
        _identity = identity ?? FileIdentity.Of;
        _database = _identity(path, true) ?? throw Gone(path);
        SqliteFile.RefuseOtherNames(path, _database);
    }

    private string Log => _path + "-wal";

    /// <summary>Whether nobody has written the database since it was found in order. Otherwise somebody has most often moved the log, as anybody may.</summary>
    public bool IsInOrder => _checked is { } now && _trusted is { } before && now.IsAsWrittenAt(before);

    /// <summary>Whether the system tells files apart. Otherwise only the content tells whether another file has
    /// the name, so it has to be opened anew.</summary>
    public bool IsNumberKnown => _database.Number != 0;

    /// <summary>The database was found in order. Changes after <see cref="Check"/> looked show at the next look.</summary>
    public void Trust() => _trusted = _checked;

    /// <summary>The database was found to be written over. Reads and writes are refused from now on.</summary>
    /// <exception cref="ProcessStoreException">Always.</exception>
    public void RefuseFromNowOn()
    {
        _isOverwritten = true;
        RefuseOverwritten();
    }

    /// <summary>The connection that writes is opened anew. If it was the last one, SQLite has moved the log into the database, removed it, and makes
    /// another.</summary>
    public void ForgetLog() => (_log, _checked, _trusted) = (null, null, null);

    /// <summary>For a connection that is about to be opened, whose log may be another.</summary>
    /// <exception cref="ProcessStoreException">The database is not the one that is open.</exception>
    public FileIdentity CheckDatabase()
    {
        RefuseOverwritten();
        return _identity(_path, true) is { } database && database.IsSameFileAs(_database) ? database : throw Gone(_path);
    }

    /// <summary>For a connection to read on. It looks at no file.</summary>
    /// <exception cref="ProcessStoreException">The database was found to be written over.</exception>
    public void RefuseOverwritten()
    {
        if (_isOverwritten)
        {
            throw new ProcessStoreException(
                $"Another program has overwritten the file {_path} with a copy while the store has it open. The log {Log} holds everything that was "
                + $"acknowledged since the copy was made, and the two do not belong together. If you may need the log, copy {Log} before you stop the "
                + $"engine. Then stop it, remove {Log} "
                + $"and {_path}-shm, put the copy in its place again, and start. After a restore, call RenewIdentityAsync (BACKUP.md). It stored nothing.");
        }
    }

    /// <summary>For the connection that writes.</summary>
    /// <exception cref="ProcessStoreException">A file is not the one that is open.</exception>
    public void Check()
    {
        var database = CheckDatabase();
        var log = _identity(Log, false);
        if (_log is { } before && (log is not { } now || !now.IsSameFileAs(before)))
        {
            throw new ProcessStoreException(
                $"The file {Log}, the log of the database, was moved, replaced or removed while the store has it open. "
                + "Everything acknowledged until now is in the files that the store has open. Stop the engine in order, which writes it into the database. "
                + "Then start again. It stored nothing.");
        }

        (_log, _checked) = (log, database);
    }

    private static ProcessStoreException Gone(string path) => new(
        $"The file {path} was moved, replaced or removed while the store has it open. Everything acknowledged until "
        + "now is in the file that the store has open, wherever it is, and not in another that has its name. "
        + "If it was moved, stop the engine in order, bring it back, and start again. "
        + "If it was removed, it is gone when the process ends: first copy it and its log, from /proc/<process>/fd on Linux. It stored nothing.");
}
