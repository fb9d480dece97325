using Workflow.Core.CrashChild.Watching;

namespace Workflow.Core.Relational.Tests.Support;

/// <summary>Does something when the store has looked at the file of SQLite and is about to begin a transaction.</summary>
internal sealed class AtBegin : IStatementWatch
{
    public Action? Next { get; set; }

    public void Before(IReadOnlyList<SentStatement> statements, bool isBatch)
    {
        if (statements[0].Text == "BEGIN IMMEDIATE" && Next is { } next)
        {
            Next = null;
            next();
        }
    }
}
