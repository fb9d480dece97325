using System.Data.Common;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>Finds server items.</summary>
internal sealed class ServerItemQueries(TableNames tables)
{
    private const string Columns = "process, destination, definition, activity, event, correlation_key, status, started_at, ended_at, ended_by";

    private readonly Statement _find = new($"SELECT {Columns} FROM {tables.ServerItem} WHERE process = $1 AND destination = $2");

    public async ValueTask<ServerItemRecord?> FindAsync(Session session, SerialNumber serial, CancellationToken cancellation) =>
        await session.ReadAsync(_find, [serial.ProcessInstance.Value, serial.Destination], Record, cancellation).ConfigureAwait(false) is [var found]
            ? found
            : null;

    public async ValueTask<IReadOnlyList<ServerItemRecord>> FindAsync(Session session, ServerItemQuery query, CancellationToken cancellation)
    {
        if (Definitions(query).IsEmpty)
        {
            return [];
        }

        var (statement, values) = Text(query);
        return await session.ReadAsync(statement, values, Record, cancellation).ConfigureAwait(false);
    }

    public (Statement Statement, object[] Values) Text(ServerItemQuery query)
    {
        var text = new QueryText();
        var definitions = Definitions(query);
        var isOfEach = definitions.IsSeveral && !IsNarrow(query);
        if (!isOfEach)
        {
            definitions.Restrict(text, "definition");
        }

        text.WhereIs("process", query.ProcessInstance?.Value).WhereText("activity", query.Activity)
            .WhereText("event", query.Event).WhereText("correlation_key", query.CorrelationKey);
        if (query.CorrelationKey is not null)
        {
            text.Where(Conditions.HasCorrelationKey);
        }

        if (query.Status is { } status)
        {
            text.Where(status is ServerItemStatus.Waiting ? Conditions.IsWaiting : $"status = {text.Parameter((int)status)}");
        }

        if (query.After is { } after)
        {
            text.Where($"(process, destination) > ({text.Parameter(after.ProcessInstance.Value)}, {text.Parameter(after.Destination)})");
        }

        var limit = text.Parameter(query.Limit);
        var page = isOfEach
            ? definitions.Page(text, new RowsOfDefinitions(tables.ServerItem, Alias: "", "process", "destination", IsDescending: false), limit, Columns)
            : $"SELECT {Columns} FROM {tables.ServerItem} WHERE {text.Conditions} ORDER BY process, destination LIMIT {limit}";
        return (QueryText.Once(page), text.Values);
    }

    /// <summary>Whether few items are asked for, of whatever definitions: those that wait are few among those that have ended.</summary>
    private static bool IsNarrow(ServerItemQuery query) =>
        query.Status is ServerItemStatus.Waiting || query.ProcessInstance is not null || query.CorrelationKey is not null;

    private DefinitionSet Definitions(ServerItemQuery query) => new(tables, query.Definition, query.Definitions);

    private static ServerItemRecord Record(DbDataReader row) => new()
    {
        Serial = new SerialNumber(new ProcessInstanceId(row.GetInt64(0)), row.GetInt32(1)),
        Definition = row.Text(2),
        Activity = row.Text(3),
        Event = row.Text(4),
        CorrelationKey = row.TextOrNull(5),
        Status = (ServerItemStatus)row.GetInt32(6),
        StartedAt = row.Instant(7),
        EndedAt = row.InstantOrNull(8),
        EndedBy = row.TextOrNull(9),
    };
}
