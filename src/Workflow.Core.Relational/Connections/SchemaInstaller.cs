using System.Data.Common;
using System.Globalization;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Connections;

/// <summary>Makes the tables, and refuses those of another version. It runs inside a transaction in which no other host does the same.</summary>
internal sealed class SchemaInstaller(TableNames tables)
{
    private readonly SchemaText _text = new(tables);

    /// <summary>The version of the tables that are there, without changing anything; null for none.</summary>
    public async ValueTask<int?> FindAsync(Session session, CancellationToken cancellation)
    {
        var name = tables.Version;
        var exists = tables.IsPostgreSql
            ? new Statement($"SELECT count(*) FROM pg_catalog.pg_class WHERE oid = to_regclass('{name}')", isReused: false)
            : new Statement($"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '{name}'", isReused: false);
        var count = await session.ReadAsync(exists, [], reader => reader.GetInt64(0), cancellation).ConfigureAwait(false);
        if (count[0] == 0)
        {
            return null;
        }

        var version = await session.ReadAsync(
            new Statement($"SELECT version FROM {name}", isReused: false), [], reader => reader.GetInt32(0), cancellation).ConfigureAwait(false);
        return version.Count == 0 ? null : Check(version[0]);
    }

    /// <summary>Refuses a server that lacks a feature that the statements need.</summary>
    public async ValueTask CheckServerAsync(Session session, CancellationToken cancellation)
    {
        var text = tables.IsPostgreSql ? "SHOW server_version" : "SELECT sqlite_version()";
        var found = await session.ReadAsync(new Statement(text, isReused: false), [], reader => reader.GetString(0), cancellation).ConfigureAwait(false);
        var numbers = found[0].Split('.', ' ').Select(
            part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToList();
        var isEnough = tables.IsPostgreSql
            ? numbers[0] >= 13
            : numbers[0] > 3 || (numbers[0] == 3 && numbers[1] >= 35);
        if (!isEnough)
        {
            throw new ProcessStoreException(tables.IsPostgreSql
                ? $"The database server is PostgreSQL {found[0]}, and 13 or later is needed. Upgrade it."
                : $"The driver brings SQLite {found[0]}, and 3.35 or later is needed. Use a newer driver.");
        }

        if (!tables.IsPostgreSql)
        {
            await CheckJsonAsync(session, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Until version 3.38 SQLite could be built without what takes many names as one parameter.</summary>
    private static async ValueTask CheckJsonAsync(Session session, CancellationToken cancellation)
    {
        try
        {
            await session.ReadAsync(new Statement("SELECT value FROM json_each('[]')", isReused: false), [], _ => 0, cancellation).ConfigureAwait(false);
        }
        catch (DbException exception) when (Failures.IsOlderSchema(exception))
        {
            throw new ProcessStoreException(
                "The driver brings an SQLite without the JSON functions, which are needed. Use a driver that has them, such as SQLitePCLRaw.bundle_e_sqlite3.",
                exception);
        }
    }

    /// <summary>Refuses a PostgreSQL server that loses acknowledged commits when the power fails.</summary>
    public async ValueTask CheckDurabilityAsync(Session session, CancellationToken cancellation)
    {
        foreach (var setting in new[] { "fsync", "synchronous_commit" })
        {
            var found = await session.ReadAsync(
                new Statement($"SHOW {setting}", isReused: false), [], reader => reader.GetString(0), cancellation).ConfigureAwait(false);
            if (found is ["off"])
            {
                throw new ProcessStoreException(
                    $"The database server has {setting} = off: a power failure would lose commits that were acknowledged. "
                    + $"Switch it on, or set {nameof(RelationalStoreOptions)}.{nameof(RelationalStoreOptions.AcceptsUnsynchronizedCommits)} where that "
                    + "does not matter.");
            }
        }
    }

    /// <summary>Creates missing tables, and upgrades older ones.</summary>
    public async ValueTask InstallAsync(Session session, CancellationToken cancellation)
    {
        foreach (var statement in Statements(await FindAsync(session, cancellation).ConfigureAwait(false)))
        {
            await session.ExecuteAsync(new Statement(statement, isReused: false), [], cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The same for those who run it themselves.</summary>
    /// <param name="from">The version that is there; null for none.</param>
    public string Script(int? from) => string.Concat(Statements(from).Select(statement => statement + ";\n"));

    private IEnumerable<string> Statements(int? from) => from is { } version
        ? Enumerable.Range(version, SchemaText.Current - version).SelectMany(_text.Upgrade)
        : _text.Preparation.Concat(_text.Everything);

    private int Check(int version)
    {
        if (version > SchemaText.Current)
        {
            throw new ProcessStoreException(string.Create(
                CultureInfo.InvariantCulture,
                $"The tables {tables.Qualifier}* have version {version} and this version of Workflow.Core.Relational knows {SchemaText.Current}: "
                    + $"a newer one has upgraded them. Update the package."));
        }

        if (version < SchemaText.Oldest)
        {
            throw new ProcessStoreException(string.Create(
                CultureInfo.InvariantCulture,
                $"The tables {tables.Qualifier}* have version {version}, and this version of Workflow.Core.Relational upgrades from {SchemaText.Oldest}. "
                    + $"Upgrade them with an older version of the package first."));
        }

        return version;
    }
}
