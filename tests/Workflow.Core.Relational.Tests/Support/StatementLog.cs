using System.Collections.Concurrent;
using System.Data.Common;
using Workflow.Core.CrashChild.Watching;

namespace Workflow.Core.Relational.Tests.Support;

/// <summary>Writes down what is sent.</summary>
internal sealed class StatementLog : IStatementWatch
{
    /// <summary>The statements that were sent, each with the values it was sent with first.</summary>
    public ConcurrentDictionary<string, object?[]> Statements { get; } = new();

    public void Before(IReadOnlyList<SentStatement> statements, bool isBatch)
    {
        foreach (var (text, parameters) in statements)
        {
            Statements.TryAdd(text, [.. (parameters?.Cast<DbParameter>() ?? []).Select(parameter => parameter.Value)]);
        }
    }
}
