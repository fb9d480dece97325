using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Npgsql;
using Workflow.Core.Persistence;
using Workflow.Core.Relational;

namespace Cases.Stores;

/// <summary>Where the instances are kept: the one place that knows the stores.</summary>
/// <param name="Kind">Which store.</param>
/// <param name="Place">The path of the file, or the connection string; empty in memory.</param>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The open store closes what it is given.")]
public sealed record StoreChoice(StoreKind Kind, string Place)
{
    public static StoreChoice InMemory { get; } = new(StoreKind.Memory, "");

    /// <summary>Whether what is stored is still there in the next run.</summary>
    public bool IsDurable => Kind is not StoreKind.Memory;

    /// <summary>Reads a choice as it is written on the command line: <c>memory</c>, <c>sqlite:cases.db</c>, <c>postgres:Host=…</c>.</summary>
    /// <exception cref="BadInputException">It is none of that.</exception>
    public static StoreChoice Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var place = colon < 0 ? "" : text[(colon + 1)..];
        return (colon < 0 ? text : text[..colon], place) switch
        {
            ("memory", "") => InMemory,
            ("sqlite", not "") => new StoreChoice(StoreKind.Sqlite, place),
            ("postgres", not "") => new StoreChoice(StoreKind.Postgres, place),
            _ => throw new BadInputException($"'{text}' is not a store. Give memory, sqlite:PATH, or postgres:CONNECTION-STRING."),
        };
    }

    /// <summary>Opens the store.</summary>
    /// <exception cref="BadInputException">It cannot be reached.</exception>
    public async Task<OpenStore> OpenAsync(TimeProvider clock)
    {
        try
        {
            return Kind switch
            {
                StoreKind.Sqlite => await OpenSqliteAsync(),
                StoreKind.Postgres => await OpenPostgresAsync(),
                _ => new OpenStore(new InMemoryProcessStore(clock)),
            };
        }
        catch (Exception exception) when (exception is DbException or ProcessStoreException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadInputException($"The store {this} cannot be reached: {exception.Message}", exception);
        }
    }

    /// <summary>The choice as it is written on the command line.</summary>
    public string ToArgument() => Kind switch
    {
        StoreKind.Sqlite => $"sqlite:{Place}",
        StoreKind.Postgres => $"postgres:{Place}",
        _ => "memory",
    };

    /// <summary>How it is called; a connection string may hold a password, so it is not shown.</summary>
    public override string ToString() => Kind is StoreKind.Sqlite ? $"Sqlite at '{Place}'" : $"{Kind}";

    private async Task<OpenStore> OpenSqliteAsync()
    {
        SQLitePCL.Batteries_V2.Init();
        var store = RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, Place);
        return await ReadyAsync(store, store);
    }

    private async Task<OpenStore> OpenPostgresAsync()
    {
        // Everything that a power failure would take is recorded, and can be replayed. So it may be a server that does not wait for its disk.
        var source = NpgsqlDataSource.Create(Place);
        var store = RelationalProcessStore.Create(source, SqlDialect.PostgreSql, new() { AcceptsUnsynchronizedCommits = true });
        return await ReadyAsync(store, store, source);
    }

    private static async Task<OpenStore> ReadyAsync(RelationalProcessStore store, params IReadOnlyList<IAsyncDisposable> closing)
    {
        var open = new OpenStore(store, closing);
        try
        {
            await store.EnsureSchemaAsync();
            return open;
        }
        catch
        {
            await open.DisposeAsync();
            throw;
        }
    }
}
