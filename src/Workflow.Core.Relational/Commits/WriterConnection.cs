using System.Data.Common;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Commits;

/// <summary>The connection on which everything is written to SQLite: opened when it is needed, and anew when something broke.</summary>
internal sealed class WriterConnection(SqliteConnections connections)
{
    private static readonly Statement _rollback = new("ROLLBACK");

    private Session? _session;

    /// <summary>The connection, for the next transaction.</summary>
    /// <exception cref="ProcessStoreException">The files are not those that it has open.</exception>
    public Session Open()
    {
        if (_session is not null)
        {
            connections.CheckFiles();
        }

        return Reopen();
    }

    /// <summary>The connection, opened anew if it was discarded.</summary>
    public Session Reopen() => _session ??= connections.OpenWriter();

    /// <summary>Call it when a transaction has begun.</summary>
    /// <exception cref="ProcessStoreException">Another program has written over the database.</exception>
    public void RefuseOverwritten() => connections.RefuseOverwritten(_session!);

    /// <summary>Marks the database, as the last thing of a transaction.</summary>
    public void Mark() => connections.Mark(_session!);

    /// <summary>The transaction that has marked the database is stored.</summary>
    public void KeepMark() => connections.KeepMark();

    /// <returns>Whether there was something to roll back.</returns>
    public bool RollBack()
    {
        try
        {
            _session!.Execute(_rollback);
            return true;
        }
        catch (Exception exception) when (Failures.IsOfDatabase(exception))
        {
            Discard();
            return false;
        }
    }

    public void Discard()
    {
        var session = _session;
        _session = null;
        try
        {
            session?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        catch (DbException)
        {
            // A connection that cannot be closed in order is gone.
        }
    }

    /// <summary>The exception to throw after a failure.</summary>
    public Exception Told(Exception exception) => Failures.IsOfDatabase(exception) ? Failures.Explain(exception, connections.File) : exception;
}
