using System.Data.Common;
using Workflow.Core.Instances;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Commits;

/// <summary>The content of an instance's row at a version, as a commit has left it: all that a commit has to know before it writes.</summary>
internal sealed record StoredRow(
    long Version, string LastCommit, int Shown, int Status, string Definition, int DefinitionVersion, string Folio, string Originator, long StartedAt,
    bool HasFields)
{
    /// <summary>The columns to read it from.</summary>
    public const string Columns = "version, shown, status, definition, definition_version, folio, originator, started_at, fields IS NOT NULL";

    public bool HasEnded => ShownStatus.HasEnded((ProcessInstanceStatus)Status);

    public static StoredRow From(DbDataReader row) => new(
        row.GetInt64(0), LastCommit: "", row.GetInt32(1), row.GetInt32(2), row.GetString(3), row.GetInt32(4), row.GetString(5), row.GetString(6),
        row.GetInt64(7), row.GetBoolean(8));

    /// <summary>The content after a commit. Null when the commit does not tell: it has no record, and the earlier content of the row is not known.</summary>
    /// <param name="plan">The commit.</param>
    /// <param name="before">The content before; null when that is not known.</param>
    public static StoredRow? After(CommitPlan plan, StoredRow? before)
    {
        var commit = plan.Commit;
        var version = commit.ExpectedVersion + 1;
        return commit.Record is { } record
            ? new StoredRow(
                version, plan.Id, ShownStatus.Of(record.Status, commit.HasPendingCall), (int)record.Status, StoredText.Of(record.Definition),
                record.DefinitionVersion, StoredText.Of(record.Folio), StoredText.Of(record.Originator), record.StartedAt.UtcTicks, record.Fields.Count > 0)
            : before is null ? null
            : before with { Version = version, LastCommit = plan.Id, Shown = ShownStatus.Of((ProcessInstanceStatus)before.Status, commit.HasPendingCall) };
    }

    /// <summary>Whether the instance is found under the same words as another row says.</summary>
    public bool IsFiledAs(StoredRow other) =>
        DefinitionVersion == other.DefinitionVersion && StartedAt == other.StartedAt
        && string.Equals(Definition, other.Definition, StringComparison.Ordinal)
        && string.Equals(Folio, other.Folio, StringComparison.Ordinal)
        && string.Equals(Originator, other.Originator, StringComparison.Ordinal);
}
