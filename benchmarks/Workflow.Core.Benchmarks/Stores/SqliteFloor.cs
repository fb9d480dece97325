using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Workflow.Core.Benchmarks.Stores;

/// <summary>The floor on SQLite: one connection, prepared statements, WAL, synchronous=FULL, as the store of the library has it.</summary>
internal sealed class SqliteFloor : Floor
{
    private readonly SqliteConnection _connection;
    private readonly int _instancesPerTransaction;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _state;
    private readonly SqliteCommand _history;
    private readonly SqliteCommand _task;
    private long _commits;

    public SqliteFloor(string path, int instancesPerTransaction)
    {
        _instancesPerTransaction = instancesPerTransaction;
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        using (var settings = Command("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; PRAGMA mmap_size = 0"))
        {
            settings.ExecuteNonQuery();
        }

        using (var check = Command("SELECT (SELECT journal_mode FROM pragma_journal_mode) || ', ' || (SELECT synchronous FROM pragma_synchronous)"))
        {
            Require.Expected("journal mode and synchronous", (string?)check.ExecuteScalar(), "wal, 2");
        }

        using (var tables = Command("""
            CREATE TABLE state (instance INTEGER PRIMARY KEY, content BLOB NOT NULL);
            CREATE TABLE history (instance INTEGER NOT NULL, number INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (instance, number)) WITHOUT ROWID;
            CREATE TABLE task (user TEXT NOT NULL, instance INTEGER NOT NULL, is_open INTEGER NOT NULL, PRIMARY KEY (user, instance)) WITHOUT ROWID;
            """))
        {
            tables.ExecuteNonQuery();
        }

        _begin = Command("BEGIN IMMEDIATE");
        _commit = Command("COMMIT");
        _state = Command("INSERT INTO state VALUES ($1, $2) ON CONFLICT (instance) DO UPDATE SET content = excluded.content", 0L, State);
        _history = Command("INSERT INTO history VALUES ($1, $2, $3)", 0L, 0L, History);
        _task = Command("INSERT INTO task VALUES ($1, $2, $3) ON CONFLICT (user, instance) DO UPDATE SET is_open = excluded.is_open", User, 0L, 0L);
    }

    /// <summary>SQLite does everything on the calling thread.</summary>
    public override Task<double> RunAsync(TimeSpan duration) => Task.FromResult(Run(duration));

    public override async ValueTask DisposeAsync()
    {
        await _begin.DisposeAsync();
        await _commit.DisposeAsync();
        await _state.DisposeAsync();
        await _history.DisposeAsync();
        await _task.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private double Run(TimeSpan duration)
    {
        var watch = Stopwatch.StartNew();
        var before = _commits;
        while (watch.Elapsed < duration)
        {
            _begin.ExecuteNonQuery();
            for (var count = 0; count < _instancesPerTransaction; count++)
            {
                Write();
            }

            _commit.ExecuteNonQuery();
        }

        return (_commits - before) / watch.Elapsed.TotalSeconds;
    }

    private void Write()
    {
        var instance = InstanceOf(_commits);
        var number = _commits % 2;
        _state.Parameters[0].Value = instance;
        _state.ExecuteNonQuery();
        _history.Parameters[0].Value = instance;
        _history.Parameters[1].Value = number;
        _history.ExecuteNonQuery();
        _task.Parameters[1].Value = instance;
        _task.Parameters[2].Value = 1 - number;
        _task.ExecuteNonQuery();
        _commits++;
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "The statements are those above.")]
    private SqliteCommand Command(string text, params ReadOnlySpan<object> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters.AddWithValue($"${index + 1}", values[index]);
        }

        if (values.Length > 0)
        {
            command.Prepare();
        }

        return command;
    }
}
