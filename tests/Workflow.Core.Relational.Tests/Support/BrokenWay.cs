using System.Collections.Concurrent;
using Workflow.Core.CrashChild.Watching;

namespace Workflow.Core.Relational.Tests.Support;

/// <summary>The way to a database, which breaks when it is told to.</summary>
internal sealed class BrokenWay : IStatementWatch
{
    private readonly ConcurrentDictionary<IReadOnlyList<SentStatement>, bool> _unanswered = new();
    private int _lost;
    private bool _isSent;

    /// <summary>How often connecting fails from now on.</summary>
    public int RefusedConnections { get; set; }

    /// <summary>Breaks the next answers to what commits, after it is done; or before it is sent.</summary>
    public void Lose(int answers, bool isSent)
    {
        _isSent = isSent;
        Interlocked.Exchange(ref _lost, answers);
    }

    public void Before(IReadOnlyList<SentStatement> statements, bool isBatch)
    {
        var isBroken = (isBatch || statements[0].Text == "COMMIT") && Volatile.Read(ref _lost) > 0 && Interlocked.Decrement(ref _lost) >= 0;
        if (isBroken && !_isSent)
        {
            throw new IOException("The way to the database broke before it was sent.");
        }

        if (isBroken)
        {
            _unanswered.TryAdd(statements, true);
        }
    }

    public void After(IReadOnlyList<SentStatement> statements, bool isBatch)
    {
        if (_unanswered.TryRemove(statements, out _))
        {
            throw new IOException("The way to the database broke before it answered.");
        }
    }

    public void Opening()
    {
        if (RefusedConnections > 0)
        {
            RefusedConnections--;
            throw new IOException("The way to the database is broken.");
        }
    }
}
