using System.Collections.Concurrent;
using System.Data.Common;

namespace Workflow.Core.Relational.Tests.Databases;

/// <summary>A data source that writes down what is sent through it, and breaks it when told to.</summary>
internal sealed class WatchedSource(DbDataSource inner) : DbDataSource
{
    private int _lost;

    /// <summary>The statements that were sent, each with the values it was sent with first.</summary>
    public ConcurrentDictionary<string, object?[]> Statements { get; } = new();

    /// <summary>What every connection runs when it is opened.</summary>
    public string? FirstStatement { get; init; }

    public override string ConnectionString => inner.ConnectionString;

    /// <summary>How often connecting fails from now on.</summary>
    public int RefusedConnections { get; set; }

    /// <summary>Breaks the next answers to what commits, after it is done; or before it is sent.</summary>
    public void Lose(int answers, bool isSent)
    {
        IsSent = isSent;
        Interlocked.Exchange(ref _lost, answers);
    }

    public bool IsSent { get; private set; }

    public bool IsLostNow() => Volatile.Read(ref _lost) > 0 && Interlocked.Decrement(ref _lost) >= 0;

    public void Note(string text, DbParameterCollection parameters) =>
        Statements.TryAdd(text, [.. parameters.Cast<DbParameter>().Select(parameter => parameter.Value)]);

    protected override DbConnection CreateDbConnection() => new WatchedConnection(inner.CreateConnection(), this);
}
