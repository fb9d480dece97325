using System.Data.Common;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>Keeps process definitions, and which version of each is the default. A call that makes a version the default, or removes it, holds its row first,
/// so that the two come one after the other.</summary>
internal sealed class DefinitionStatements
{
    private readonly Statement _keep;
    private readonly Statement _bringBack;
    private readonly Statement _find;
    private readonly Statement _findVersion;
    private readonly Statement _hold;
    private readonly Statement _remove;
    private readonly Statement _setDefault;
    private readonly Statement _findDefaults;
    private readonly Statement _isDefault;
    private readonly Statement[] _uses;
    private readonly Statement _count;

    public DefinitionStatements(TableNames tables)
    {
        const string Columns = "name, version, fingerprint, content, is_removed";
        const string Version = "name = $1 AND version = $2";
        _keep = new Statement($"INSERT INTO {tables.Definition} ({Columns}) VALUES ($1, $2, $3, $4, 0) ON CONFLICT (name, version) DO NOTHING");
        _bringBack = new Statement($"UPDATE {tables.Definition} SET is_removed = 0 WHERE {Version} AND fingerprint = $3 AND is_removed = 1");
        _find = new Statement($"SELECT {Columns} FROM {tables.Definition} WHERE name = $1 ORDER BY version");
        _findVersion = new Statement($"SELECT {Columns} FROM {tables.Definition} WHERE {Version}");
        _hold = new Statement($"SELECT version FROM {tables.Definition} WHERE {Version} AND is_removed = 0{(tables.IsPostgreSql ? " FOR UPDATE" : "")}");
        _remove = new Statement($"UPDATE {tables.Definition} SET is_removed = 1 WHERE {Version}");
        _setDefault = new Statement(
            $"INSERT INTO {tables.DefaultVersion} (name, version) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET version = excluded.version");
        _findDefaults = new Statement($"SELECT name, version FROM {tables.DefaultVersion} ORDER BY name");
        _isDefault = new Statement($"SELECT version FROM {tables.DefaultVersion} WHERE {Version}");
        _uses = [.. UsesOf(tables)];
        _count = Count(tables);
    }

    public async ValueTask<StoredDefinition> KeepAsync(Session session, StoredDefinition definition, bool becomesDefault, CancellationToken cancellation)
    {
        var key = KeyOf(definition.Version);
        object[] values = [.. key, StoredText.Of(definition.Fingerprint), StoredText.Of(definition.Text)];
        if (await session.ExecuteAsync(_keep, values, cancellation).ConfigureAwait(false) == 0)
        {
            await session.ExecuteAsync(_bringBack, values[..3], cancellation).ConfigureAwait(false);
        }
        else if (becomesDefault)
        {
            await session.ExecuteAsync(_setDefault, key, cancellation).ConfigureAwait(false);
        }

        return (await session.ReadAsync(_findVersion, key, Read, cancellation).ConfigureAwait(false))[0];
    }

    public async ValueTask<IReadOnlyList<StoredDefinition>> FindAsync(Session session, string name, CancellationToken cancellation) =>
        await session.ReadAsync(_find, [StoredText.Of(name)], Read, cancellation).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<DefinitionVersion>> FindDefaultsAsync(Session session, CancellationToken cancellation) =>
        await session.ReadAsync(_findDefaults, [], row => new DefinitionVersion(row.Text(0), row.GetInt32(1)), cancellation).ConfigureAwait(false);

    public async ValueTask<bool> SetDefaultAsync(Session session, DefinitionVersion version, CancellationToken cancellation)
    {
        var key = KeyOf(version);
        return await IsThereAsync(session, _hold, key, cancellation).ConfigureAwait(false)
            && await session.ExecuteAsync(_setDefault, key, cancellation).ConfigureAwait(false) > 0;
    }

    public async ValueTask<DefinitionRemoval> RemoveAsync(Session session, DefinitionVersion version, CancellationToken cancellation)
    {
        var key = KeyOf(version);
        if (!await IsThereAsync(session, _hold, key, cancellation).ConfigureAwait(false))
        {
            return DefinitionRemoval.NotFound;
        }

        if (await IsThereAsync(session, _isDefault, key, cancellation).ConfigureAwait(false))
        {
            return DefinitionRemoval.IsDefault;
        }

        foreach (var use in _uses)
        {
            if (await IsThereAsync(session, use, key, cancellation).ConfigureAwait(false))
            {
                return DefinitionRemoval.IsInUse;
            }
        }

        await session.ExecuteAsync(_remove, key, cancellation).ConfigureAwait(false);
        return DefinitionRemoval.Removed;
    }

    public async ValueTask<IReadOnlyList<VersionInUse>> CountAsync(Session session, CancellationToken cancellation) => await session.ReadAsync(
        _count, [], row => new VersionInUse(new DefinitionVersion(row.Text(0), row.GetInt32(1)), row.GetInt64(2)), cancellation).ConfigureAwait(false);

    /// <summary>Counts the instances on each version that have not completed. On SQLite the newest are counted by themselves.</summary>
    private static Statement Count(TableNames tables)
    {
        var live = $"SELECT definition, definition_version FROM {tables.Process} WHERE {Conditions.IsLive}";
        var all = tables.IsPostgreSql
            ? live
            : $"{live} AND {Conditions.IsIndexed} UNION ALL {live} AND {Conditions.IsNewest} AND id > (SELECT indexed_until FROM {tables.Number})";
        return new Statement(
            $"SELECT definition, definition_version, count(*) FROM ({all}) AS live GROUP BY definition, definition_version ORDER BY definition, "
            + "definition_version");
    }

    /// <summary>An instance on the version that has not completed. On SQLite the newest are looked for by themselves.</summary>
    private static IEnumerable<Statement> UsesOf(TableNames tables)
    {
        var use = $"SELECT definition_version FROM {tables.Process} WHERE definition = $1 AND definition_version = $2 AND {Conditions.IsLive}";
        if (tables.IsPostgreSql)
        {
            yield return new Statement($"{use} LIMIT 1");
        }
        else
        {
            yield return new Statement($"{use} AND {Conditions.IsIndexed} LIMIT 1");
            yield return new Statement($"{use} AND {Conditions.IsNewest} AND id > (SELECT indexed_until FROM {tables.Number}) LIMIT 1");
        }
    }

    private static async ValueTask<bool> IsThereAsync(Session session, Statement statement, object[] values, CancellationToken cancellation) =>
        (await session.ReadAsync(statement, values, _ => true, cancellation).ConfigureAwait(false)).Count > 0;

    private static object[] KeyOf(DefinitionVersion version) => [StoredText.Of(version.Name), version.Version];

    private static StoredDefinition Read(DbDataReader row) =>
        new(new DefinitionVersion(row.Text(0), row.GetInt32(1)), row.Text(2), row.Text(3)) { IsRemoved = row.GetInt32(4) != 0 };
}
