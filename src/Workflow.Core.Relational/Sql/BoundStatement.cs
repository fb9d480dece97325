namespace Workflow.Core.Relational.Sql;

/// <summary>A statement, with the values of its parameters.</summary>
internal readonly record struct BoundStatement(Statement Statement, object[] Values);
