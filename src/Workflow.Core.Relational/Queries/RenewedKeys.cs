using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>Renews the keys of names that versions before 4 of the tables stored. They asked the runtime for the upper case, and its answer differs from how
/// the engine compares (statement 4.11). A script cannot do it, so the tables note that it has to be done. Keys of ASCII never differ.</summary>
internal sealed class RenewedKeys(TableNames tables)
{
    private readonly Statement _areCurrent = new($"SELECT name_keys FROM {tables.Version}", isReused: false);
    private readonly Statement _note = new($"UPDATE {tables.Version} SET name_keys = 1", isReused: false);

    private readonly Statement _names = new(
        $"SELECT DISTINCT name, name_key FROM {tables.Task} WHERE kind <> 0 AND {HasMoreThanAscii(tables, "name")} ORDER BY name, name_key", isReused: false);

    private readonly Statement _copyEntries = new($"""
        INSERT INTO {tables.Task} (process, destination, kind, name_key, name, is_open, ended)
        SELECT process, destination, kind, $3, name, is_open, ended FROM {tables.Task} WHERE kind <> 0 AND name = $1 AND name_key = $2
        ON CONFLICT (process, destination, kind, name_key) DO NOTHING
        """);

    private readonly Statement _removeEntries = new($"DELETE FROM {tables.Task} WHERE kind <> 0 AND name = $1 AND name_key = $2");

    private readonly Statement _originators = new(
        $"SELECT DISTINCT originator, originator_key FROM {tables.Process} WHERE {HasMoreThanAscii(tables, "originator")}", isReused: false);

    private readonly Statement _renewOriginator = new($"UPDATE {tables.Process} SET originator_key = $2 WHERE originator = $1");
    private readonly Statement _absences = new($"SELECT user_key, content FROM {tables.Absence}", isReused: false);
    private readonly Statement _removeAbsence = new($"DELETE FROM {tables.Absence} WHERE user_key = $1");
    private readonly Statement _removeSubstitutes = new($"DELETE FROM {tables.Substitute} WHERE user_key = $1");
    private readonly AbsenceStatements _save = new(tables);

    /// <summary>Whether nothing is left to do.</summary>
    public async ValueTask<bool> AreCurrentAsync(Session session, CancellationToken cancellation) =>
        (await session.ReadAsync(_areCurrent, [], row => row.GetInt32(0), cancellation).ConfigureAwait(false)) is [1];

    /// <summary>Renews the keys, unless that is done.</summary>
    public async ValueTask RenewAsync(Session session, CancellationToken cancellation)
    {
        if (await AreCurrentAsync(session, cancellation).ConfigureAwait(false))
        {
            return;
        }

        foreach (var (name, key) in await session.ReadAsync(_originators, [], row => (row.Text(0), row.GetString(1)), cancellation).ConfigureAwait(false))
        {
            if (StoredText.Key(name) != key)
            {
                await session.ExecuteAsync(_renewOriginator, [StoredText.Of(name), StoredText.Key(name)], cancellation).ConfigureAwait(false);
            }
        }

        // A name may be in many tasks, so it is renewed in all of them at once.
        foreach (var (name, key) in await session.ReadAsync(_names, [], row => (row.Text(0), row.GetString(1)), cancellation).ConfigureAwait(false))
        {
            if (StoredText.Key(name) != key)
            {
                await session.ExecuteAsync(_copyEntries, [StoredText.Of(name), key, StoredText.Key(name)], cancellation).ConfigureAwait(false);
                await session.ExecuteAsync(_removeEntries, [StoredText.Of(name), key], cancellation).ConfigureAwait(false);
            }
        }

        await RenewAbsencesAsync(session, cancellation).ConfigureAwait(false);
        await session.ExecuteAsync(_note, [], cancellation).ConfigureAwait(false);
    }

    /// <summary>Few are absent, so each is saved anew, with the keys of its substitutes. An absence that cannot be read stays as it is: it must not keep every
    /// host from starting, and its user is told (statement 14.7b).</summary>
    private async ValueTask RenewAbsencesAsync(Session session, CancellationToken cancellation)
    {
        var stored = await session.ReadAsync(_absences, [], row => (Key: row.GetString(0), Content: row.GetString(1)), cancellation).ConfigureAwait(false);
        var readable = stored.Select(row => (row.Key, Absence: AbsenceStatements.Parse(row.Content))).Where(row => row.Absence is not null).ToList();
        foreach (var (key, _) in readable)
        {
            await session.ExecuteAsync(_removeAbsence, [key], cancellation).ConfigureAwait(false);
            await session.ExecuteAsync(_removeSubstitutes, [key], cancellation).ConfigureAwait(false);
        }

        foreach (var (_, absence) in readable)
        {
            await _save.SaveAsync(session, absence!.User, absence, cancellation).ConfigureAwait(false);
        }
    }

    private static string HasMoreThanAscii(TableNames tables, string column) =>
        tables.IsPostgreSql ? $"octet_length({column}) <> length({column})" : $"length(CAST({column} AS BLOB)) <> length({column})";
}
