using System.Text;
using System.Text.Encodings.Web;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>An order of worklists: some columns, and the serial number behind them.</summary>
internal sealed class TaskOrder
{
    /// <summary>The columns of a task, and those of the state of its instance.</summary>
    private const string TaskColumns =
        "h.process AS process, h.destination AS destination, h.activity_instance AS activity_instance, p.definition AS definition, p.folio AS folio, "
        + "p.originator AS originator, h.activity AS activity, h.event AS event, h.priority AS priority, h.started_at AS started_at, "
        + "p.definition_version AS definition_version, p.version AS version";

    private const string End = "expected_end";

    private readonly (string Column, Func<WorklistHeaderRecord, object> Value)[] _columns;
    private readonly bool _isDescending;
    private readonly string? _end;
    private readonly string _columnsOfTask;

    private TaskOrder(TableNames tables, bool isDescending, params (string Column, Func<WorklistHeaderRecord, object> Value)[] columns)
    {
        _columnsOfTask = $"{TaskColumns}, {Conditions.NameOfCommit("p.last_commit", tables.IsPostgreSql)} AS last_commit";
        _isDescending = isDescending;
        _columns = columns;
    }

    private TaskOrder(TableNames tables, string end, WorklistQuery query)
        : this(tables, isDescending: false, (End, header => query.ExpectedEndOf(header))) => _end = end;

    /// <summary>The columns of a task, and what the order needs besides.</summary>
    public string Select => _end is null ? _columnsOfTask : $"{_columnsOfTask}, {_end} AS {End}";

    /// <param name="query">The query.</param>
    /// <param name="text">Takes the parameters that the order needs.</param>
    /// <param name="tables">The tables.</param>
    public static TaskOrder Of(WorklistQuery query, QueryText text, TableNames tables) => query.Order switch
    {
        WorklistOrder.Lateness => new TaskOrder(tables, EndOf(query.ExpectedDurations, text, tables), query),
        WorklistOrder.Oldest => new TaskOrder(tables, isDescending: false, ("started_at", header => header.StartedAt.UtcTicks)),
        WorklistOrder.Newest => new TaskOrder(tables, isDescending: true, ("started_at", header => header.StartedAt.UtcTicks)),
        WorklistOrder.Priority => new TaskOrder(tables, isDescending: false, ("priority", header => (int)header.Priority)),
        WorklistOrder.Folio => new TaskOrder(tables, isDescending: false, ("folio", header => StoredText.Of(header.Folio))),
        WorklistOrder.Activity => new TaskOrder(
            tables, isDescending: false, ("definition", header => StoredText.Of(header.Definition)), ("activity", header => StoredText.Of(header.Activity))),
        _ => new TaskOrder(tables, isDescending: false),
    };

    /// <summary>When the expected duration of a task is over. The durations are few, and are given to the database as a table.</summary>
    private static string EndOf(IReadOnlyList<ExpectedDuration> expected, QueryText text, TableNames tables)
    {
        var given = tables.IsPostgreSql
            ? $"unnest({text.Parameter(expected.Select(each => StoredText.Of(each.Version.Name)).ToArray())}::text[], "
                + $"{text.Parameter(expected.Select(each => each.Version.Version).ToArray())}::integer[], "
                + $"{text.Parameter(expected.Select(each => StoredText.Of(each.Activity)).ToArray())}::text[], "
                + $"{text.Parameter(expected.Select(each => each.Duration.Ticks).ToArray())}::bigint[]) AS d (definition, version, activity, ticks)"
            : "(SELECT json_extract(value, '$[0]') AS definition, json_extract(value, '$[1]') AS version, json_extract(value, '$[2]') AS activity, "
                + $"json_extract(value, '$[3]') AS ticks FROM json_each({text.Parameter(Json(expected))})) AS d";
        return $"coalesce(h.started_at + (SELECT d.ticks FROM {given} WHERE d.definition = p.definition AND d.version = p.definition_version "
            + $"AND d.activity = h.activity LIMIT 1), {long.MaxValue.Invariant()})";
    }

    /// <summary>An array of JSON.</summary>
    private static string Json(IReadOnlyList<ExpectedDuration> expected)
    {
        var array = new StringBuilder("[");
        foreach (var (version, activity, duration) in expected)
        {
            array.Append(array.Length == 1 ? "[" : ",[").Append(Text(version.Name)).Append(',').Append(version.Version.Invariant()).Append(',')
                .Append(Text(activity)).Append(',').Append(duration.Ticks.Invariant()).Append(']');
        }

        return array.Append(']').ToString();

        static string Text(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(StoredText.Of(text))}\"";
    }

    /// <summary>For behind ORDER BY. The serial number is taken from where the index is that has it.</summary>
    public string Columns(string tasks) =>
        string.Concat(_columns.Select(column => $"{From(column.Column, tasks)}{(_isDescending ? " DESC" : "")}, ")) + $"{tasks}.process, {tasks}.destination";

    /// <summary>The condition that a task lies behind the last one of the page before.</summary>
    public string Behind(QueryText text, WorklistHeaderRecord? last, SerialNumber serial, string tasks)
    {
        var serialBehind =
            $"({tasks}.process, {tasks}.destination) > ({text.Parameter(serial.ProcessInstance.Value)}, {text.Parameter(serial.Destination)})";
        if (_columns.Length == 0)
        {
            return serialBehind;
        }

        var columns = string.Join(", ", _columns.Select(column => From(column.Column, "h")));
        var values = string.Join(", ", _columns.Select(column => text.Parameter(column.Value(last!))));
        return $"(({columns}) {(_isDescending ? "<" : ">")} ({values}) OR (({columns}) = ({values}) AND {serialBehind}))";
    }

    /// <summary>Folio and definition stand with the instance, everything else with the task.</summary>
    private string From(string column, string tasks) =>
        tasks == "pages" ? $"pages.{column}" : column is End ? _end! : column is "folio" or "definition" ? $"p.{column}" : $"h.{column}";
}
