using System.Data.Common;
using System.Runtime.CompilerServices;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Access;

/// <summary>Where a store comes from, so that it can go into a transaction of the host.</summary>
/// <param name="dataSource">Where the store's own connections come from.</param>
/// <param name="tables">The names of the tables.</param>
/// <param name="options">The options.</param>
internal sealed class StoreOrigin(DbDataSource dataSource, TableNames tables, RelationalStoreOptions options)
{
    private readonly Lazy<Type> _connectionType = new(() =>
    {
        using var connection = dataSource.CreateConnection();
        return connection.GetType();
    });

    private static readonly Statement _hasName = new(
        "SELECT count(*) FROM pg_catalog.pg_attribute WHERE attrelid = to_regclass($1) AND attname = 'store_name' AND NOT attisdropped", isReused: false);

    /// <summary>The connections that are known to be on the store's own database.</summary>
    private readonly ConditionalWeakTable<DbConnection, object> _own = [];

    public StoreAccess Within(DbTransaction transaction, StoreAccess access)
    {
        if (TransactionAccess.ConnectionOf(transaction) is not { } connection)
        {
            throw new ArgumentException("The transaction has ended. Begin another one, and ask the store again.", nameof(transaction));
        }

        if (connection.GetType() != _connectionType.Value)
        {
            throw new ArgumentException(
                $"The transaction is on a {connection.GetType().Name}, and the store is on a {_connectionType.Value.Name}. Both must be in the same database.",
                nameof(transaction));
        }

        RefuseOther(transaction, access);
        return new TransactionAccess(transaction, tables, options, access, access.Texts, access.Numbers);
    }

    /// <summary>Compares the name of the store with the one in the tables that the transaction sees, once for each connection.</summary>
    private void RefuseOther(DbTransaction transaction, StoreAccess access)
    {
        var connection = transaction.Connection!;
        if (_own.TryGetValue(connection, out _))
        {
            return;
        }

        var own = access.Identity.Name is { Length: > 0 } known ? known : OwnName(access);
        var name = NameIn(transaction, access.Identity);
        if (own is null && name is null)
        {
            return;
        }

        // The store may have been restored since its name was read.
        if (name != own && name != OwnName(access))
        {
            throw new ArgumentException(
                "The transaction is on another database, or sees another schema, than the store. Begin it on a connection to the store's own database.",
                nameof(transaction));
        }

        _own.AddOrUpdate(connection, connection);
    }

    /// <summary>Null as long as the store has no tables of this version. When the transaction sees none either,
    /// its use says that they have to be made first.</summary>
    private static string? OwnName(StoreAccess access) => Read(() => access.ReadNow(access.Identity.ReadName));

    /// <summary>On PostgreSQL a statement that fails ends the host's transaction, so it is asked first whether there is something to read.</summary>
    private string? NameIn(DbTransaction transaction, StoreIdentity identity) => Read(() =>
    {
        var session = new Session(transaction.Connection!, tables, options, transaction);
        return tables.IsPostgreSql && session.Read(_hasName, row => row.GetInt64(0), tables.Version) is not [> 0] ? null : identity.ReadName(session);
    });

    private static string? Read(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (DbException exception) when (Failures.IsOlderSchema(exception))
        {
            return null;
        }
        catch (Exception exception) when (Failures.IsOfDatabase(exception))
        {
            throw Failures.Explain(exception);
        }
    }
}
