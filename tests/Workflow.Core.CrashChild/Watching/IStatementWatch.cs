using System.Data.Common;

namespace Workflow.Core.CrashChild.Watching;

/// <summary>Stands between the store and its database: sees every statement before it is sent and after it was answered. Its exceptions reach the store as
/// those of the database.</summary>
internal interface IStatementWatch
{
    /// <param name="statements">One, or those of a batch.</param>
    /// <param name="isBatch">Whether it is a batch, which is a transaction of its own unless it is inside one.</param>
    void Before(IReadOnlyList<SentStatement> statements, bool isBatch)
    {
    }

    /// <inheritdoc cref="Before"/>
    void After(IReadOnlyList<SentStatement> statements, bool isBatch)
    {
    }

    /// <summary>A connection is about to be opened.</summary>
    void Opening()
    {
    }

    /// <summary>A connection was opened.</summary>
    void Opened(DbConnection connection)
    {
    }
}
