using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace Workflow.Core.Benchmarks.Stores;

/// <summary>The floor on PostgreSQL: on each connection one transaction after the other, each a batch of prepared statements, and so one round trip.</summary>
internal sealed class PostgreSqlFloor : Floor
{
    private readonly List<NpgsqlConnection> _connections = [];
    private readonly NpgsqlDataSource _source;
    private readonly string _schema;
    private readonly int _instancesPerTransaction;
    private long _instances;

    private PostgreSqlFloor(NpgsqlDataSource source, string schema, int instancesPerTransaction)
    {
        _source = source;
        _schema = schema;
        _instancesPerTransaction = instancesPerTransaction;
    }

    public static async Task<Floor> CreateAsync(PostgreSqlPlace place, int connections, int instancesPerTransaction = 1)
    {
        var floor = new PostgreSqlFloor(place.Source, place.NewSchema(), instancesPerTransaction);
        await floor.CreateTablesAsync();
        for (var count = 0; count < connections; count++)
        {
            floor._connections.Add(await place.Source.OpenConnectionAsync());
        }

        return floor;
    }

    public override async Task<double> RunAsync(TimeSpan duration)
    {
        var watch = Stopwatch.StartNew();
        var commits = await Task.WhenAll(_connections.Select(connection => Task.Run(() => WriteAsync(connection, watch, duration))));
        return commits.Sum() / watch.Elapsed.TotalSeconds;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }

    private async Task<long> WriteAsync(NpgsqlConnection connection, Stopwatch watch, TimeSpan duration)
    {
        await using var batch = Batch(connection);
        await batch.PrepareAsync();
        var commits = 0L;
        while (watch.Elapsed < duration)
        {
            var first = Interlocked.Add(ref _instances, _instancesPerTransaction);
            for (var number = 0; number < 2; number++)
            {
                for (var count = 0; count < _instancesPerTransaction; count++)
                {
                    Set(batch, count, first + count, number);
                }

                await batch.ExecuteNonQueryAsync();
                commits += _instancesPerTransaction;
            }
        }

        return commits;
    }

    private static void Set(NpgsqlBatch batch, int place, long instance, int number)
    {
        var (state, history, task) = (batch.BatchCommands[place * 3], batch.BatchCommands[(place * 3) + 1], batch.BatchCommands[(place * 3) + 2]);
        ((NpgsqlParameter<long>)state.Parameters[0]).TypedValue = instance;
        ((NpgsqlParameter<long>)history.Parameters[0]).TypedValue = instance;
        ((NpgsqlParameter<int>)history.Parameters[1]).TypedValue = number;
        ((NpgsqlParameter<long>)task.Parameters[1]).TypedValue = instance;
        ((NpgsqlParameter<int>)task.Parameters[2]).TypedValue = 1 - number;
    }

    private NpgsqlBatch Batch(NpgsqlConnection connection)
    {
        var batch = connection.CreateBatch();
        for (var count = 0; count < _instancesPerTransaction; count++)
        {
            Add(
                batch, $"INSERT INTO {_schema}.state VALUES ($1, $2) ON CONFLICT (instance) DO UPDATE SET content = excluded.content", Number(),
                Content(State));
            Add(batch, $"INSERT INTO {_schema}.history VALUES ($1, $2, $3)", Number(), Small(), Content(History));
            Add(
                batch,
                $"INSERT INTO {_schema}.task VALUES ($1, $2, $3) ON CONFLICT (name, instance) DO UPDATE SET is_open = excluded.is_open",
                new NpgsqlParameter<string> { TypedValue = User },
                Number(),
                Small());
        }

        return batch;
    }

    private static NpgsqlParameter<long> Number() => new();

    private static NpgsqlParameter<int> Small() => new();

    private static NpgsqlParameter<byte[]> Content(byte[] bytes) => new() { TypedValue = bytes, NpgsqlDbType = NpgsqlDbType.Bytea };

    private static void Add(NpgsqlBatch batch, string text, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        batch.BatchCommands.Add(command);
    }

    private async Task CreateTablesAsync()
    {
        await using var command = _source.CreateCommand($"""
            CREATE SCHEMA {_schema};
            CREATE TABLE {_schema}.state (instance bigint PRIMARY KEY, content bytea NOT NULL);
            CREATE TABLE {_schema}.history (instance bigint NOT NULL, number integer NOT NULL, content bytea NOT NULL, PRIMARY KEY (instance, number));
            CREATE TABLE {_schema}.task (name text NOT NULL, instance bigint NOT NULL, is_open integer NOT NULL, PRIMARY KEY (name, instance));
            """);
        await command.ExecuteNonQueryAsync();
    }
}
