using System.Data.Common;
using Workflow.Core.Runtime;

namespace Workflow.Core.Relational;

/// <summary>Sets an engine up to keep its instances in a database.</summary>
public static class RelationalWorkflowOptions
{
    /// <summary>Keeps process instances in a database of the host.</summary>
    /// <param name="options">The options of the engine.</param>
    /// <param name="dataSource">Where connections come from; it stays the host's, to be disposed of after the engine.</param>
    /// <param name="dialect">Which database it is.</param>
    /// <param name="storeOptions">How to use it; null for the defaults.</param>
    /// <returns>The store; the engine disposes of it when it has stopped.</returns>
    public static RelationalProcessStore UseRelational(
        this WorkflowOptions options, DbDataSource dataSource, SqlDialect dialect, RelationalStoreOptions? storeOptions = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var store = RelationalProcessStore.Create(dataSource, dialect, storeOptions);
        options.UseOwnStore(store);
        return store;
    }

    /// <summary>Keeps process instances in a file of SQLite that this process has for itself.</summary>
    /// <param name="options">The options of the engine.</param>
    /// <param name="provider">The driver, for example <c>SqliteFactory.Instance</c> of Microsoft.Data.Sqlite.</param>
    /// <param name="path">The path of the file. Do not move, replace or remove the file while the engine is up.</param>
    /// <param name="storeOptions">How to use it; null for the defaults.</param>
    /// <returns>The store; the engine disposes of it when it has stopped.</returns>
    /// <exception cref="ArgumentException">It is not the path of a file: a database in memory, a URI, a connection string.</exception>
    /// <exception cref="Persistence.ProcessStoreException">Another process or another store has the file open under any name, or it cannot be
    /// opened.</exception>
    public static RelationalProcessStore UseSqliteFile(
        this WorkflowOptions options, DbProviderFactory provider, string path, RelationalStoreOptions? storeOptions = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var store = RelationalProcessStore.OpenSqliteFile(provider, path, storeOptions);
        options.UseOwnStore(store);
        return store;
    }
}
