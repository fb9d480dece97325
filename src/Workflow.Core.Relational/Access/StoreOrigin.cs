using System.Data.Common;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Access;

/// <summary>Where a store comes from, so that it can go into a transaction of the host.</summary>
internal sealed class StoreOrigin(DbDataSource dataSource, TableNames tables, RelationalStoreOptions options)
{
    private readonly Lazy<Type> _connectionType = new(() =>
    {
        using var connection = dataSource.CreateConnection();
        return connection.GetType();
    });

    public StoreAccess Within(DbTransaction transaction, StoreAccess access)
    {
        if (TransactionAccess.ConnectionOf(transaction) is not { } connection)
        {
            throw new ArgumentException("The transaction has ended. Begin one, and ask the store again (statement 13.6).", nameof(transaction));
        }

        if (connection.GetType() != _connectionType.Value)
        {
            throw new ArgumentException(
                $"The transaction is on a {connection.GetType().Name}, and the store is on a {_connectionType.Value.Name}. Both have to be in one database (statement 13.6).",
                nameof(transaction));
        }

        return new TransactionAccess(transaction, tables, options, access, access.Texts, access.Numbers);
    }
}
