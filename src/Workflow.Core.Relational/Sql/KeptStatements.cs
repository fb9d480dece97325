using System.Collections.Concurrent;

namespace Workflow.Core.Relational.Sql;

/// <summary>The statements of questions whose text depends on what is asked. An application asks few different ones, so these are worth preparing: on PostgreSQL, to
/// plan the question for a page takes as long as to answer it.</summary>
internal sealed class KeptStatements
{
    /// <summary>How many are kept. Each takes memory in every connection; the text of one more is sent as it is.</summary>
    private const int Most = 64;

    private readonly ConcurrentDictionary<string, Statement> _ofTexts = new(StringComparer.Ordinal);

    /// <summary>The statement of a text.</summary>
    public Statement Of(string text) =>
        _ofTexts.TryGetValue(text, out var kept) ? kept
        : _ofTexts.Count >= Most ? new Statement(text, isReused: false)
        : _ofTexts.GetOrAdd(text, static text => new Statement(text));
}
