using System.Text;
using System.Text.Encodings.Web;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>Names of users, roles and groups as rows of a query. The text of the query is the same for any number of names, which take one or two parameters. A
/// database limits both the parameters and the parts of a statement.</summary>
internal static class NameTable
{
    /// <summary>The query that gives the rows: the columns kind and name_key.</summary>
    public static string Of(QueryText text, IReadOnlyCollection<Destination> names, TableNames tables)
    {
        if (tables.IsPostgreSql)
        {
            var kinds = text.Parameter(names.Select(name => (int)name.Kind).ToArray());
            var keys = text.Parameter(names.Select(name => StoredText.Key(name.Name)).ToArray());
            return $"SELECT given.kind, given.name_key FROM unnest({kinds}::integer[], {keys}::text[]) AS given (kind, name_key)";
        }

        return string.Join(" UNION ALL ", names.GroupBy(name => name.Kind).OrderBy(ofKind => ofKind.Key).Select(ofKind =>
            $"SELECT {((int)ofKind.Key).Invariant()} AS kind, value AS name_key FROM json_each({text.Parameter(Array(ofKind))})"));
    }

    /// <summary>The names that matter for a page in the order of the instances. Their first row is among the first rows of as many instances as fill the page.
    /// The others are asked for their first row only, however many rows they have. On SQLite, which cannot take a page of each name, it says where that page
    /// ends.</summary>
    /// <param name="tables">Of which database.</param>
    /// <param name="result">The name of the result, with the columns kind, name_key and, on SQLite, last.</param>
    /// <param name="ofName">From where, and under which conditions, the rows e of a name n come. It is asked for each name, so it should join no more than the
    /// conditions need.</param>
    /// <param name="limit">How many instances fill the page.</param>
    /// <param name="isDescending">Whether the newest instance comes first.</param>
    public static string Near(TableNames tables, string result, string ofName, string limit, bool isDescending)
    {
        var (direction, isNear, furthest, end) = isDescending ? (" DESC", ">=", "min", "0") : ("", "<=", "max", long.MaxValue.Invariant());
        var ordered = $"FROM {ofName} ORDER BY e.process{direction} LIMIT 1";
        var last = tables.IsPostgreSql ? "" : $", coalesce((SELECT DISTINCT e.process {ordered} OFFSET {limit} - 1), {end}) AS last";
        return $"""
            {result}_firsts AS MATERIALIZED (SELECT n.kind, n.name_key, (SELECT e.process {ordered}) AS first FROM names n),
            {result} AS MATERIALIZED (SELECT n.kind, n.name_key{last} FROM {result}_firsts n WHERE n.first {isNear} (SELECT {furthest}(near.first) FROM
                (SELECT DISTINCT first FROM {result}_firsts WHERE first IS NOT NULL ORDER BY first{direction} LIMIT {limit}) AS near))
            """;
    }

    /// <summary>An array of JSON.</summary>
    private static string Array(IEnumerable<Destination> names)
    {
        var array = new StringBuilder("[");
        foreach (var name in names)
        {
            array.Append(array.Length == 1 ? "\"" : ",\"").Append(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(StoredText.Key(name.Name))).Append('"');
        }

        return array.Append(']').ToString();
    }
}
