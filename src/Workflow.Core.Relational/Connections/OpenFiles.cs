using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Connections;

/// <summary>The files of a database of SQLite that is open. SQLite goes on with what it has open when somebody moves, replaces or removes a file, and everything that it writes
/// from then on is lost for whoever opens the file anew: so the store looks before each transaction.</summary>
internal sealed class OpenFiles
{
    private readonly string _path;
    private readonly FileIdentity _database;
    private FileIdentity? _log;

    /// <param name="path">The file of the database, which is open.</param>
    /// <exception cref="ProcessStoreException">It is not there any more, or has more than one name.</exception>
    public OpenFiles(string path)
    {
        _path = path;
        _database = FileIdentity.Of(path) ?? throw Gone(path);
        SqliteFile.RefuseOtherNames(path, _database);
    }

    private string Log => _path + "-wal";

    /// <summary>The connection that writes is opened anew: when it was the last one, SQLite has removed the log, and makes another.</summary>
    public void ForgetLog() => _log = null;

    /// <summary>For a connection that is about to be opened, whose log may be another.</summary>
    /// <exception cref="ProcessStoreException">The database is not the one that is open.</exception>
    public void CheckDatabase()
    {
        if (FileIdentity.Of(_path) is not { } database || !database.IsSameFileAs(_database))
        {
            throw Gone(_path);
        }
    }

    /// <summary>For the connection that writes.</summary>
    /// <exception cref="ProcessStoreException">A file is not the one that is open.</exception>
    public void Check()
    {
        CheckDatabase();
        var log = FileIdentity.Of(Log);
        if (_log is { } before && (log is not { } now || !now.IsSameFileAs(before)))
        {
            throw new ProcessStoreException(
                $"The file {Log}, the log of the database, was moved, replaced or removed while the store has it open. What was answered until now is in what the store has open. Stop the engine in "
                + "order, which writes it into the database; then start again. It stored nothing.");
        }

        _log = log;
    }

    private static ProcessStoreException Gone(string path) => new(
        $"The file {path} was moved, replaced or removed while the store has it open. What was answered until now is in the file that the store has open, wherever it is, and not in "
        + "another that has its name. If it was moved, stop the engine in order, bring it back, and start again. If it was removed, it is gone when the process ends: first copy it and its "
        + "log, from /proc/<process>/fd on Linux. It stored nothing.");
}
