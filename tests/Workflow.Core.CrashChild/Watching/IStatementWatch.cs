namespace Workflow.Core.CrashChild.Watching;

/// <summary>Stands between the store and its database: sees every statement before it is sent and after it was answered.</summary>
internal interface IStatementWatch
{
    /// <param name="statement">The text; of a batch, all texts one after the other.</param>
    /// <param name="isBatch">Whether it is a batch, which is a transaction of its own unless it is inside one.</param>
    void Before(string statement, bool isBatch);

    /// <inheritdoc cref="Before"/>
    void After(string statement, bool isBatch);
}
