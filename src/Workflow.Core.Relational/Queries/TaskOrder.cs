using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>An order of worklists: some columns, and the serial number behind them.</summary>
internal sealed class TaskOrder
{
    private readonly (string Column, Func<WorklistHeaderRecord, object> Value)[] _columns;
    private readonly bool _isDescending;

    private TaskOrder(bool isDescending, params (string Column, Func<WorklistHeaderRecord, object> Value)[] columns)
    {
        _isDescending = isDescending;
        _columns = columns;
    }

    public static TaskOrder Of(WorklistOrder order) => order switch
    {
        WorklistOrder.Oldest => new TaskOrder(isDescending: false, ("started_at", header => header.StartedAt.UtcTicks)),
        WorklistOrder.Newest => new TaskOrder(isDescending: true, ("started_at", header => header.StartedAt.UtcTicks)),
        WorklistOrder.Priority => new TaskOrder(isDescending: false, ("priority", header => (int)header.Priority)),
        WorklistOrder.Folio => new TaskOrder(isDescending: false, ("folio", header => StoredText.Of(header.Folio))),
        WorklistOrder.Activity => new TaskOrder(
            isDescending: false, ("definition", header => StoredText.Of(header.Definition)), ("activity", header => StoredText.Of(header.Activity))),
        _ => new TaskOrder(isDescending: false),
    };

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
    private static string From(string column, string tasks) =>
        tasks == "pages" ? $"pages.{column}" : column is "folio" or "definition" ? $"p.{column}" : $"h.{column}";
}
