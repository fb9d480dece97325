using Workflow.Core.Relational.Connections;

namespace Workflow.Core.Relational.Commits;

/// <summary>A write to SQLite. It can run again until it knows its outcome.</summary>
internal abstract class WriterJob
{
    /// <summary>Whether it is of the engine's own work, so that the jobs of others may pass it.</summary>
    public virtual bool IsBackground => false;

    /// <summary>Runs the statements, inside a transaction. It may be called again after the transaction was rolled back.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="together">How many jobs the transaction has.</param>
    public abstract void Run(Session session, int together);

    /// <summary>Whether what the last run wrote is stored; asked after the answer to a COMMIT was lost. Null when that cannot be said.</summary>
    public abstract bool? IsStored(Session session);

    /// <summary>The transaction is committed.</summary>
    public abstract void Succeed();

    /// <summary>Nothing is stored.</summary>
    public abstract void Fail(Exception exception);

    /// <summary>It cannot be said whether it is stored.</summary>
    public abstract void LoseSight(Exception exception);
}
