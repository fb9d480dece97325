using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Workflow.Core.Relational.Tests.Databases;

/// <summary>A command of a <see cref="WatchedSource"/>; the answer to COMMIT may be lost.</summary>
[SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "Tests write their own statements.")]
internal sealed class WatchedCommand(DbCommand inner, WatchedSource source) : DbCommand
{
    [AllowNull]
    public override string CommandText { get => inner.CommandText; set => inner.CommandText = value; }

    public override int CommandTimeout { get => inner.CommandTimeout; set => inner.CommandTimeout = value; }

    public override CommandType CommandType { get => inner.CommandType; set => inner.CommandType = value; }

    public override bool DesignTimeVisible { get => inner.DesignTimeVisible; set => inner.DesignTimeVisible = value; }

    public override UpdateRowSource UpdatedRowSource { get => inner.UpdatedRowSource; set => inner.UpdatedRowSource = value; }

    protected override DbConnection? DbConnection { get => inner.Connection; set => inner.Connection = value; }

    protected override DbParameterCollection DbParameterCollection => inner.Parameters;

    protected override DbTransaction? DbTransaction { get => inner.Transaction; set => inner.Transaction = value; }

    public override void Cancel() => inner.Cancel();

    public override int ExecuteNonQuery()
    {
        source.Note(CommandText, inner.Parameters);
        var isLost = CommandText == "COMMIT" && source.IsLostNow();
        if (isLost && !source.IsSent)
        {
            throw new IOException("The way to the database broke before it was sent.");
        }

        var count = inner.ExecuteNonQuery();
        return isLost ? throw new IOException("The way to the database broke before it answered.") : count;
    }

    public override object? ExecuteScalar() => inner.ExecuteScalar();

    public override void Prepare() => inner.Prepare();

    protected override DbParameter CreateDbParameter() => inner.CreateParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        source.Note(CommandText, inner.Parameters);
        return inner.ExecuteReader(behavior);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
