using System.Globalization;
using Npgsql;
using Workflow.Core.Persistence;
using Workflow.Core.Relational;

namespace Workflow.Core.Benchmarks.Stores;

/// <summary>Schemas on a PostgreSQL server that lives as long as this object, with fsync and synchronous_commit on.</summary>
internal sealed class PostgreSqlPlace : Place
{
    private readonly PostgreSqlCluster _cluster;
    private int _last;

    private PostgreSqlPlace(PostgreSqlCluster cluster)
    {
        _cluster = cluster;
        Source = NpgsqlDataSource.Create(cluster.ConnectionString);
    }

    public override string Name => "PostgreSQL";

    public override int Many => 100_000;

    public NpgsqlDataSource Source { get; }

    /// <summary>Starts a server.</summary>
    /// <returns>The place, or why there is none.</returns>
    public static async Task<(PostgreSqlPlace? Place, string? Reason)> StartAsync()
    {
        var (cluster, reason) = PostgreSqlCluster.Start();
        if (cluster is null)
        {
            return (null, reason);
        }

        var place = new PostgreSqlPlace(cluster);
        Require.Expected("fsync", await place.ShowAsync("fsync"), "on");
        Require.Expected("synchronous_commit", await place.ShowAsync("synchronous_commit"), "on");
        return (place, null);
    }

    public string NewSchema() => string.Create(CultureInfo.InvariantCulture, $"benchmark_{++_last}");

    public override IProcessStore NewStore() =>
        RelationalProcessStore.Create(Source, SqlDialect.PostgreSql, new RelationalStoreOptions { Schema = NewSchema() });

    public override async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        _cluster.Dispose();
    }

    private async Task<string?> ShowAsync(string setting)
    {
        await using var command = Source.CreateCommand("SELECT current_setting($1)");
        command.Parameters.Add(new NpgsqlParameter { Value = setting });
        return (string?)await command.ExecuteScalarAsync();
    }
}
