using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>Finds timers.</summary>
internal sealed class TimerQueries(TableNames tables)
{
    private readonly Statement _nextDue = new($"SELECT due_at FROM {tables.Timer} WHERE due_at > $1 ORDER BY due_at LIMIT 1");

    public async ValueTask<DateTimeOffset?> NextDueAsync(Session session, DateTimeOffset? after, CancellationToken cancellation) =>
        await session.ReadAsync(_nextDue, [after?.UtcTicks ?? -1L], row => row.Instant(0), cancellation).ConfigureAwait(false) is [var due] ? due : null;

    public async ValueTask<IReadOnlyList<ProcessTimer>> FindAsync(Session session, TimerQuery query, CancellationToken cancellation)
    {
        if (Definitions(query).IsEmpty)
        {
            return [];
        }

        var (statement, values) = Text(query);
        return await session.ReadAsync(
            statement, values,
            row => new ProcessTimer(
                new ProcessInstanceId(row.GetInt64(0)), row.GetInt32(1), (ProcessTimerKind)row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.Instant(5),
                row.GetInt32(6), row.Text(7), row.GetInt32(8)),
            cancellation).ConfigureAwait(false);
    }

    public (Statement Statement, object[] Values) Text(TimerQuery query)
    {
        var text = new QueryText().WhereIs("process", query.ProcessInstance?.Value);
        if (query.DueUntil is { } until)
        {
            text.Where($"due_at <= {text.Parameter(until.UtcTicks)}");
        }

        if (query.After is { } after)
        {
            text.Where(
                $"(due_at, process, number) > ({text.Parameter(after.DueAt.UtcTicks)}, {text.Parameter(after.ProcessInstance.Value)}, "
                + $"{text.Parameter(after.Number)})");
        }

        if (query.Definition is not null || query.Definitions is not null)
        {
            text.Where($"EXISTS ({Process(text, query)})");
        }

        return (
            QueryText.Once($"""
                SELECT process, number, kind, activity_instance, destination, due_at, event_instance, element, occurrence FROM {tables.Timer}
                AS t WHERE {text.Conditions} ORDER BY due_at, process, number LIMIT {text.Parameter(query.Limit)}
                """),
            text.Values);
    }

    /// <summary>The row of the instance that has the timer, if it runs on a definition that is wanted. The row is found by its key. So the timers are read in
    /// the order of their due times, up to the end of the page.</summary>
    private string Process(QueryText text, TimerQuery query)
    {
        var process = new QueryText(text, "p.id = t.process");
        Definitions(query).Restrict(process, "p.definition");
        return $"SELECT 1 FROM {tables.Process} p WHERE {process.Conditions}";
    }

    private DefinitionSet Definitions(TimerQuery query) => new(tables, query.Definition, query.Definitions);
}
