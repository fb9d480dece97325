using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Commits;

/// <summary>A statement of a commit, with its values.</summary>
internal readonly record struct CommitStep(Statement Statement, object[] Values);
