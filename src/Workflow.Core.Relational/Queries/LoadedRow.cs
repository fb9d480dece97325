using System.Data.Common;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>One part of an instance that is loaded, beside what is known of the instance.</summary>
internal readonly record struct LoadedRow(
    long Version, long JournalCount, long Epoch, string? Owner, StoredPart? Part, string LastCommit, string KeyPart, bool HasPendingCall)
{
    public static LoadedRow From(DbDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.TextOrNull(3),
        row.IsDBNull(4) ? null : new StoredPart(PartColumn.Key((int)row.GetInt64(4), row.GetInt32(5), row.GetInt32(6)), row.Bytes(7)),
        row.Text(8), row.GetString(9), row.GetInt32(10) != 0);
}
