using System.Data;

namespace Workflow.Core.Relational.Sql;

/// <summary>No value, of a type. PostgreSQL wants to know the type before it prepares a statement.</summary>
internal sealed class TypedNull
{
    private TypedNull(DbType type) => Type = type;

    public static TypedNull Text { get; } = new(DbType.String);

    public static TypedNull Number { get; } = new(DbType.Int64);

    public static TypedNull Bytes { get; } = new(DbType.Binary);

    public DbType Type { get; }
}
