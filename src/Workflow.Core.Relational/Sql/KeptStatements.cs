namespace Workflow.Core.Relational.Sql;

/// <summary>The statements of questions whose text depends on what is asked. An application asks few different ones again and again, so preparing them pays. On
/// PostgreSQL, planning the question for a page takes as long as answering it.</summary>
internal sealed class KeptStatements
{
    /// <summary>How many are kept. Each takes memory in every connection; the text of one more is sent as it is.</summary>
    private const int Most = 64;

    /// <summary>Of how many texts that came once it is known that they did.</summary>
    private const int MostSeen = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Statement> _kept = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>The statement of a text, which is kept when it comes for the second time.</summary>
    public Statement Of(string text)
    {
        lock (_lock)
        {
            if (_kept.TryGetValue(text, out var kept))
            {
                return kept;
            }

            var isWorthKeeping = _kept.Count < Most && !_seen.Add(text);
            if (_seen.Count > MostSeen)
            {
                _seen.Clear();
            }

            var statement = new Statement(text, isReused: isWorthKeeping);
            if (isWorthKeeping)
            {
                _seen.Remove(text);
                _kept.Add(text, statement);
            }

            return statement;
        }
    }
}
