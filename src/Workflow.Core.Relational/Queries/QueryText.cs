using System.Globalization;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>Collects the conditions of a query and the values of its parameters.</summary>
internal sealed class QueryText
{
    private readonly List<string> _conditions = [];
    private readonly List<object> _values = [];

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

    /// <summary>Restricts a column to a value, if there is one.</summary>
    public QueryText WhereIs(string column, object? value) => value is null ? this : Where($"{column} = {Parameter(value)}");

    /// <summary>Restricts a column to a text, if there is one.</summary>
    public QueryText WhereText(string column, string? text) => WhereIs(column, text is null ? null : StoredText.Of(text));

    public static Statement Once(string text) => new(text, isReused: false);
}
