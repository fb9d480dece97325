using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>Finds and removes messages that have not been received. Each statement reads the primary key in its order, from where the page begins.</summary>
internal sealed class MessageStatements(TableNames tables)
{
    private readonly Statement _all = Page(tables, "1 = 1", parameters: 0);
    private readonly Statement _behind = Page(tables, "(receiver, sender, number) > ($1, $2, $3)", parameters: 3);
    private readonly Statement _of = Page(tables, "receiver = $1", parameters: 1);
    private readonly Statement _ofBehind = Page(tables, "receiver = $1 AND (sender, number) > ($2, $3)", parameters: 3);
    private readonly Statement _discard = new($"DELETE FROM {tables.Message} WHERE receiver = $1 AND sender = $2 AND number = $3");

    public async ValueTask<IReadOnlyList<ProcessMessage>> FindAsync(Session session, MessageQuery query, CancellationToken cancellation)
    {
        if (query.To is { } to && query.After is { } last && last.To.CompareTo(to) > 0)
        {
            return [];
        }

        var (statement, values) = Text(query);
        return await session.ReadAsync(
            statement, values,
            row => new ProcessMessage(new ProcessInstanceId(row.GetInt64(0)), row.GetInt32(1), new ProcessInstanceId(row.GetInt64(2)), row.Bytes(3)),
            cancellation).ConfigureAwait(false);
    }

    public async ValueTask<bool> DiscardAsync(Session session, MessageKey message, CancellationToken cancellation) =>
        await session.ExecuteAsync(_discard, [message.To.Value, message.From.Value, message.Number], cancellation).ConfigureAwait(false) == 1;

    private static Statement Page(TableNames tables, string condition, int parameters) => new(
        $"SELECT sender, number, receiver, content FROM {tables.Message} WHERE {condition} ORDER BY receiver, sender, number "
            + $"LIMIT ${(parameters + 1).Invariant()}");

    private (Statement Statement, object[] Values) Text(MessageQuery query) => (query.To, query.After) switch
    {
        (null, null) => (_all, [query.Limit]),
        (null, { } after) => (_behind, [after.To.Value, after.From.Value, after.Number, query.Limit]),
        ({ } to, { } after) when after.To == to => (_ofBehind, [to.Value, after.From.Value, after.Number, query.Limit]),
        ({ } to, _) => (_of, [to.Value, query.Limit]),
    };
}
