using System.Data.Common;
using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Connections;

/// <summary>A file of SQLite that this process has for itself.</summary>
internal static class SqliteFile
{
    private const string InMemory = "A database in memory is lost with its connection, and each connection would have its own. "
        + "For tests, and where nothing has to be kept, use the store in memory: leave out UseSqliteFile, or set WorkflowOptions.Store to a new "
        + "InMemoryProcessStore. Otherwise give the path of a file.";

    /// <summary>The path of the file itself, behind all symbolic links.</summary>
    /// <exception cref="ArgumentException">It is no path of a file, but something else that SQLite or its driver understands.</exception>
    public static string PathOf(string path)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains(":memory:", StringComparison.OrdinalIgnoreCase)
            || path.Contains("mode=memory", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"'{path}' is a database in memory, or is temporary. {InMemory}", nameof(path));
        }

        if (path.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || path.StartsWith("|DataDirectory|", StringComparison.OrdinalIgnoreCase)
            || path.StartsWith("Data Source", StringComparison.OrdinalIgnoreCase) || path.StartsWith("Filename=", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                $"'{path}' is a URI or a connection string, and the path of a file is needed. Give only the path. For settings of your own, use "
                    + $"RelationalProcessStore.Create with a data source.",
                nameof(path));
        }

        var full = Path.GetFullPath(path);
        return new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
    }

    /// <summary>The file of the database on a connection.</summary>
    /// <exception cref="ProcessStoreException">It is a database in memory, or a temporary one.</exception>
    public static string PathOf(Session session) =>
        session.Read(new Sql.Statement("PRAGMA database_list", isReused: false), row => (Name: row.GetString(1), File: row.IsDBNull(2) ? "" : row.GetString(2)))
            .Find(database => database.Name == "main").File is { Length: > 0 } file
            ? file
            : throw new ProcessStoreException($"The connection string opens a database in memory, or is temporary. {InMemory}");

    /// <summary>SQLite keeps the log beside the file under the name that opened it. By another name the log is not found, and its content is lost.</summary>
    /// <exception cref="ProcessStoreException">The file has another name, and somebody may open it under that name.</exception>
    public static void RefuseOtherNames(string path, FileIdentity? identity)
    {
        if (identity is { Names: > 1 } several)
        {
            throw new ProcessStoreException(
                $"The file {path} has {several.Names.Invariant()} names (hard links). Its log lies beside one of them, and a program that opens it by "
                    + $"another name does not find the log. "
                + "Remove the other names. For a backup, make a copy (BACKUP.md).");
        }

        if (identity is { IsMount: true })
        {
            throw new ProcessStoreException(
                $"The file {path} is mounted by itself, without its folder. Its log lies in the folder. Others who mount the file do not find it there, and "
                    + $"it may be lost with the container. "
                + "Mount the folder.");
        }
    }

    /// <summary>Takes the file that says who has the database. The operating system lets it go when the process ends, however it ends.</summary>
    public static IDisposable Lock(string path)
    {
        RefuseOtherNames(path, FileIdentity.Of(path, isTimeNeeded: false));
        var lockPath = path + ".lock";
        try
        {
            return new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (DirectoryNotFoundException exception)
        {
            throw new ProcessStoreException($"The folder of {path} does not exist. Create it.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new ProcessStoreException($"The account of the host may not write {lockPath}. Make the folder of the database writable for it.", exception);
        }
        catch (IOException exception)
        {
            throw new ProcessStoreException(
                FileFailure.Of(exception) switch
                {
                    FileFailure.Cause.InUse => InUse(path),
                    FileFailure.Cause.ReadOnly => $"The disk of {path} is mounted read-only. Mount it so that it can be written.",
                    FileFailure.Cause.Full => $"The disk of {path} is full. Make room, and open the store again.",
                    _ => $"The file {lockPath} cannot be opened. The system says: {exception.Message}",
                },
                exception);
        }
    }

    /// <summary>Says that a store on a data source of the host has the file open. Other stores of that kind may have it open
    /// too, and none may have it for itself.</summary>
    /// <returns>Dispose of it to let the file go; null where nothing can be said, since no file can be made beside the database.</returns>
    /// <exception cref="ProcessStoreException">A store has the file for itself.</exception>
    public static IDisposable? Share(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
        catch (IOException exception) when (FileFailure.Of(exception) is not FileFailure.Cause.InUse)
        {
            // SQLite, which makes files in the same folder, says what is wrong with it.
            return null;
        }
        catch (IOException exception)
        {
            throw new ProcessStoreException(InUse(path), exception);
        }
    }

    private static string InUse(string path) =>
        $"The database {path} is in use: another process, or another store of this one, has locked {path}.lock. A file of SQLite is for one process at a "
            + $"time. Use PostgreSQL for several.";

    public static DbDataSource DataSource(DbProviderFactory provider, string path)
    {
        var settings = provider.CreateConnectionStringBuilder() ?? new DbConnectionStringBuilder();
        settings["Data Source"] = path;

        // Connections are kept by the store. A pool would keep them beyond it, and the file with them.
        settings["Pooling"] = false;
        return provider.CreateDataSource(settings.ConnectionString);
    }
}
