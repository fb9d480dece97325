namespace Workflow.Core.Relational;

/// <summary>Which database the store is in.</summary>
public enum SqlDialect
{
    /// <summary>SQLite, 3.35 or later.</summary>
    Sqlite = 1,

    /// <summary>PostgreSQL, 13 or later.</summary>
    PostgreSql = 2,
}
