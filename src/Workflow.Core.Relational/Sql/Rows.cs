using System.Data.Common;

namespace Workflow.Core.Relational.Sql;

/// <summary>Reads columns in the forms in which they are stored.</summary>
internal static class Rows
{
    /// <summary>In the place of an instant: none.</summary>
    public const long None = -1;

    public static string Text(this DbDataReader row, int column) => StoredText.Read(row.GetString(column));

    public static string? TextOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : StoredText.Read(row.GetString(column));

    public static byte[] Bytes(this DbDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    public static DateTimeOffset Instant(this DbDataReader row, int column) => new(row.GetInt64(column), TimeSpan.Zero);

    public static DateTimeOffset? InstantOrNull(this DbDataReader row, int column) => 
        row.GetInt64(column) is not None and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
}
