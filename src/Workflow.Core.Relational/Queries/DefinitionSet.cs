using System.Text;
using System.Text.Encodings.Web;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>The process definitions that a query is about, which may name one, several, or both.
/// Their number changes neither the text of a statement nor how many parameters it has.</summary>
internal sealed class DefinitionSet
{
    private readonly TableNames _tables;
    private readonly IReadOnlyList<string>? _names;
    private string? _parameter;

    public DefinitionSet(TableNames tables, string? one, IReadOnlyCollection<string>? several)
    {
        _tables = tables;
        _names = one is null
            ? several?.Distinct(StringComparer.Ordinal).ToList()
            : several is null || several.Contains(one, StringComparer.Ordinal) ? [one] : [];
    }

    /// <summary>Whether it is known that nothing can be found.</summary>
    public bool IsEmpty => _names is { Count: 0 };

    /// <summary>Whether there are several.</summary>
    public bool IsSeveral => _names is { Count: > 1 };

    /// <summary>Restricts a column to the names, unless all are wanted.</summary>
    public void Restrict(QueryText text, string column)
    {
        if (IsSeveral)
        {
            text.Where(_tables.IsPostgreSql ? $"{column} = ANY({Parameter(text)}::text[])" : $"{column} IN (SELECT value FROM json_each({Parameter(text)}))");
        }
        else if (_names is [var only])
        {
            text.WhereText(column, only);
        }
    }

    /// <summary>How many rows a page of all is looked for in. The rows of each definition lie in order, and are read no further than a page of them reaches. So
    /// what others there are costs nothing, however many.</summary>
    /// <param name="text">The query, without a condition for the definition.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="limit">The parameter that says how many there are on a page.</param>
    /// <param name="columns">The columns to read.</param>
    public string Page(QueryText text, RowsOfDefinitions rows, string limit, string columns)
    {
        var of = $"{rows.From} WHERE {rows.Alias}definition = n.name AND {text.Conditions}";
        if (_tables.IsPostgreSql)
        {
            return $"""
                SELECT page.* FROM (SELECT DISTINCT name FROM unnest({Parameter(text)}::text[]) AS given (name)) AS n
                    CROSS JOIN LATERAL (SELECT {columns} FROM {of} ORDER BY {rows.Order(rows.Alias)} LIMIT {limit}) AS page
                ORDER BY {rows.Order("page.")} LIMIT {limit}
                """;
        }

        // SQLite cannot take a page of each. The page of all ends where that of one of them ends at the latest.
        var (isWithin, first, end) = rows.IsDescending ? (">=", "max", "0") : ("<=", "min", long.MaxValue.Invariant());
        return $"""
            SELECT {columns} FROM (SELECT DISTINCT value AS name FROM json_each({Parameter(text)})) AS n CROSS JOIN {of}
                AND {rows.Alias}{rows.Number} {isWithin} (SELECT coalesce({first}(ends.last), {end}) FROM (SELECT
                    (SELECT {rows.Alias}{rows.Number} FROM {of} ORDER BY {rows.Order(rows.Alias)} LIMIT 1 OFFSET {limit} - 1) AS last
                    FROM (SELECT DISTINCT value AS name FROM json_each({Parameter(text)})) AS n) AS ends)
            ORDER BY {rows.Order(rows.Alias)} LIMIT {limit}
            """;
    }

    private string Parameter(QueryText text) => _parameter ??= text.Parameter(_tables.IsPostgreSql ? _names!.Select(StoredText.Of).ToArray() : Json());

    private string Json()
    {
        var array = new StringBuilder("[");
        foreach (var name in _names!)
        {
            array.Append(array.Length == 1 ? "\"" : ",\"").Append(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(StoredText.Of(name))).Append('"');
        }

        return array.Append(']').ToString();
    }
}
