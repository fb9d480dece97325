using System.Data.Common;
using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Connections;

/// <summary>A file of SQLite that this process has for itself.</summary>
internal static class SqliteFile
{
    /// <summary>Takes the file that says who has the database. The operating system lets it go when the process ends, however it ends.</summary>
    public static IDisposable Lock(string path)
    {
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
                $"The database {path} is in use: another process, or another store of this one, has locked {lockPath}. A file of SQLite is for one process at a time; use PostgreSQL for several.",
                exception);
        }
    }

    public static DbDataSource DataSource(DbProviderFactory provider, string path)
    {
        var settings = provider.CreateConnectionStringBuilder() ?? new DbConnectionStringBuilder();
        settings["Data Source"] = path;

        // Connections are kept by the store. A pool would keep them beyond it, and the file with them.
        settings["Pooling"] = false;
        return provider.CreateDataSource(settings.ConnectionString);
    }
}
