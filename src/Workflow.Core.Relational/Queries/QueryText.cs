using System.Globalization;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>Collects the conditions of a query and the values of its parameters.</summary>
internal sealed class QueryText
{
    private readonly List<string> _conditions = [];
    private readonly List<object> _values = [];

    public QueryText()
    {
    }

    /// <summary>Makes another part of the same statement, with the same parameters.</summary>
    /// <param name="whole">The statement.</param>
    /// <param name="condition">The first condition of the part.</param>
    public QueryText(QueryText whole, string condition)
    {
        _values = whole._values;
        _conditions.Add(condition);
    }

    public object[] Values => [.. _values];

    /// <summary>The conditions, for behind WHERE; one that is always true when there are none.</summary>
    public string Conditions => _conditions.Count == 0 ? "1 = 1" : string.Join(" AND ", _conditions);

    public string Parameter(object value)
    {
        _values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${_values.Count}");
    }

    public QueryText Where(string condition)
    {
        _conditions.Add(condition);
        return this;
    }

    /// <summary>A page of process instances. On SQLite it is put together of those that are in the indexes and of the newest, which are not, unless the
    /// conditions have an index of all.</summary>
    public string Page(TableNames tables, string alias, string columns, string from, string order, int limit, bool hasIndexOfAll = false)
    {
        var rows = Parameter(limit);
        if (tables.IsPostgreSql || hasIndexOfAll)
        {
            return Select($"WHERE {Conditions}");
        }

        var indexed = Select($"WHERE {Conditions} AND {alias}{Sql.Conditions.IsIndexed}");
        var newest = Select($"WHERE {Conditions} AND {alias}{Sql.Conditions.IsNewest} AND {alias}id > (SELECT indexed_until FROM {tables.Number})");
        return $"SELECT * FROM ({indexed}) UNION ALL SELECT * FROM ({newest}) ORDER BY {order} LIMIT {rows}";

        string Select(string where) =>
            $"SELECT {columns} FROM {from} {where} ORDER BY {alias}{order.Replace(", ", ", " + alias, StringComparison.Ordinal)} LIMIT {rows}";
    }

    /// <summary>Restricts a column to a value, if there is one.</summary>
    public QueryText WhereIs(string column, object? value) => value is null ? this : Where($"{column} = {Parameter(value)}");

    /// <summary>Restricts a column to a text, if there is one.</summary>
    public QueryText WhereText(string column, string? text) => WhereIs(column, text is null ? null : StoredText.Of(text));

    /// <summary>Restricts a column to the texts that begin with a text. They are a range, because both databases compare by code points.</summary>
    public QueryText WhereBegins(string column, string start)
    {
        var from = StoredText.Of(start);
        Where($"{column} >= {Parameter(from)}");
        return StoredText.Behind(from) is { } end ? Where($"{column} < {Parameter(end)}") : this;
    }

    public static Statement Once(string text) => new(text, isReused: false);
}
