using Workflow.Core.Persistence;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>A page of the instances whose folio begins with a text, on SQLite, which does not know how many there are. Few are read from their index and put in
/// order. Of many, the instances are read in their order and looked at, because one in so many fits. The statement finds out which it is. PostgreSQL knows, and
/// chooses by itself.</summary>
internal sealed class FolioPage
{
    /// <summary>How many are few. To put them in order takes as long as to look at as many instances.</summary>
    private const int Few = 10_000;

    private readonly string _few;
    private readonly string _page;
    private readonly string _order;
    private readonly string _limit;

    /// <param name="tables">The tables.</param>
    /// <param name="text">The whole query, with all its conditions.</param>
    /// <param name="from">The tables that it reads.</param>
    /// <param name="start">How the folios begin.</param>
    /// <param name="query">The query.</param>
    public FolioPage(TableNames tables, QueryText text, string from, string start, ProcessQuery query)
    {
        var begins = new QueryText(text, Conditions.HasFolio).WhereBegins("folio", start).Conditions;
        _limit = text.Parameter(query.Limit);
        _order = query.NewestFirst ? "id DESC" : "id";
        _few = $"""
            WITH few (id) AS MATERIALIZED (
                SELECT id FROM (SELECT id FROM {tables.Process} INDEXED BY {tables.Prefix}process_folio
                    WHERE {begins} AND {Conditions.IsIndexed} LIMIT {(Few + 1).Invariant()})
                UNION ALL
                SELECT id FROM {tables.Process} WHERE {begins} AND {Conditions.IsNewest} AND id > (SELECT indexed_until FROM {tables.Number}))
            """;
        _page = $"FROM few CROSS JOIN {from} WHERE p.id = few.id AND {text.Conditions} AND (SELECT count(*) FROM few) <= {Few.Invariant()} "
            + $"ORDER BY p.{_order} LIMIT {_limit}";
    }

    /// <summary>Leaves the query as it is where there are many, and lets it find nothing where there are few.</summary>
    public void LeaveMany(QueryText text) => text.Where($"(SELECT count(*) FROM few) > {Few.Invariant()}");

    /// <summary>Puts both pages together, of which one is empty.</summary>
    /// <param name="ofMany">The page of the query where there are many.</param>
    /// <param name="columns">The columns to read.</param>
    public string Of(string ofMany, string columns) =>
        $"{_few} SELECT * FROM (SELECT {columns} {_page}) UNION ALL SELECT * FROM ({ofMany}) ORDER BY {_order} LIMIT {_limit}";
}
