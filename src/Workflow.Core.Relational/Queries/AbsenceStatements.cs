using System.Data.Common;
using System.Text.Json;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>Keeps who is out of office.</summary>
internal sealed class AbsenceStatements(TableNames tables)
{
    private readonly Statement _removeSubstitutes = new($"DELETE FROM {tables.Substitute} WHERE user_key = $1");
    private readonly Statement _remove = new($"DELETE FROM {tables.Absence} WHERE user_key = $1");
    private readonly Statement _find = new($"SELECT content, user_key FROM {tables.Absence} WHERE user_key = $1");

    private readonly Statement _save = new(
        $"INSERT INTO {tables.Absence} (user_key, content) VALUES ($1, $2) ON CONFLICT (user_key) DO UPDATE SET content = excluded.content");

    private readonly Statement _saveSubstitute = new(
        $"INSERT INTO {tables.Substitute} (name_key, user_key) VALUES ($1, $2) ON CONFLICT (name_key, user_key) DO NOTHING");

    private readonly Statement _sharedWith = new(
        $"SELECT a.content, a.user_key FROM {tables.Substitute} s JOIN {tables.Absence} a ON a.user_key = s.user_key WHERE s.name_key = $1 "
            + "ORDER BY s.user_key");

    public async ValueTask<bool> SaveAsync(Session session, string user, OutOfOffice? absence, CancellationToken cancellation)
    {
        var key = StoredText.Key(user);
        if (absence is null)
        {
            await session.ExecuteAsync(_remove, [key], cancellation).ConfigureAwait(false);
            await session.ExecuteAsync(_removeSubstitutes, [key], cancellation).ConfigureAwait(false);
            return true;
        }

        // The absence first: it holds the row, so that two who save for one user come one after the other.
        var content = JsonSerializer.Serialize(
            absence with { From = absence.From?.ToUniversalTime(), Until = absence.Until?.ToUniversalTime() }, StoredJson.Default.OutOfOffice);
        await session.ExecuteAsync(_save, [key, content], cancellation).ConfigureAwait(false);
        await session.ExecuteAsync(_removeSubstitutes, [key], cancellation).ConfigureAwait(false);
        var substitutes = absence.ForwardTo.Concat(absence.Exceptions.SelectMany(item => item.Users))
            .Select(StoredText.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        foreach (var substitute in substitutes)
        {
            await session.ExecuteAsync(_saveSubstitute, [substitute, key], cancellation).ConfigureAwait(false);
        }

        return true;
    }

    public async ValueTask<OutOfOffice?> FindAsync(Session session, string user, CancellationToken cancellation) =>
        (await ReadAsync(session, _find, user, cancellation).ConfigureAwait(false)) is [var found] ? found : null;

    public async ValueTask<IReadOnlyList<OutOfOffice>> FindSharedWithAsync(Session session, string substitute, CancellationToken cancellation) =>
        await ReadAsync(session, _sharedWith, substitute, cancellation).ConfigureAwait(false);

    /// <summary>The question for the absences in which tasks are shared with a user, to be sent together with another.</summary>
    public BoundStatement SharedWith(string substitute) => new(_sharedWith, [StoredText.Key(substitute)]);

    private static async ValueTask<List<OutOfOffice>> ReadAsync(Session session, Statement statement, string name, CancellationToken cancellation) =>
        await session.ReadAsync(
            statement, [StoredText.Key(name)], Absence, cancellation).ConfigureAwait(false);

    /// <summary>The absence of one user that is damaged must not keep the worklist from those with whom others share (statement 14.7b).</summary>
    public static OutOfOffice Absence(DbDataReader row) => Parse(row.GetString(0)) ?? new OutOfOffice
    {
        User = row.Text(1), ForwardTo = [], Problem = "Its stored form cannot be read. It was left as it is. Set it again, or end it.",
    };

    /// <summary>Reads the stored form of an absence; null when it cannot be read.</summary>
    public static OutOfOffice? Parse(string content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, StoredJson.Default.OutOfOffice) is
                { User.Length: > 0, ForwardTo: not null, Exceptions: not null } absence
                && absence.Exceptions.All(item => item is { Users: not null })
                ? absence
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
