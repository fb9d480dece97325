using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Connections;

/// <summary>One connection, used by one caller at a time, with the commands that were prepared on it.</summary>
internal sealed partial class Session : IAsyncDisposable
{
    private static readonly string[] _names = [.. Enumerable.Range(1, 64).Select(Name)];

    private const int MostBatches = 64;

    private readonly Dictionary<Statement, DbCommand> _prepared = [];
    private readonly Dictionary<IReadOnlyList<BoundStatement>, KeptBatch> _batches = new(new KeptBatch.OfSameStatements());
    private readonly DbConnection _connection;
    private readonly DbTransaction? _transaction;
    private readonly bool _isPostgreSql;
    private readonly int _timeout;

    /// <param name="connection">Open.</param>
    /// <param name="tables">Of which database it is.</param>
    /// <param name="options">The time limits.</param>
    /// <param name="transaction">The host's transaction; null for none.</param>
    public Session(DbConnection connection, TableNames tables, RelationalStoreOptions options, DbTransaction? transaction = null)
    {
        _connection = connection;
        _transaction = transaction;
        _isPostgreSql = tables.IsPostgreSql;
        _timeout = (int)Math.Ceiling(options.CommandTimeout.TotalSeconds);
    }

    public DbConnection Connection => _connection;

    /// <summary>The clock by which leases run out; null for that of the database.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Now by that clock, as a parameter.</summary>
    public object Now => Clock is null ? TypedNull.Number : Clock.GetUtcNow().UtcTicks;

    /// <summary>Runs a statement at once. SQLite does everything on the calling thread, so its writer calls this.</summary>
    public int Execute(Statement statement, params ReadOnlySpan<object> values)
    {
        var command = Bind(statement, values);
        try
        {
            return command.ExecuteNonQuery();
        }
        finally
        {
            Done(statement, command);
        }
    }

    /// <summary>Runs a statement at once with its values.</summary>
    public int Execute(BoundStatement bound) => Execute(bound.Statement, bound.Values);

    public async ValueTask<int> ExecuteAsync(Statement statement, object[] values, CancellationToken cancellation)
    {
        var command = Bind(statement, values);
        try
        {
            await PrepareAsync(statement, command, cancellation).ConfigureAwait(false);
            return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            Done(statement, command);
        }
    }

    /// <summary>Runs a query at once; see <see cref="Execute(BoundStatement)"/>.</summary>
    public List<T> Read<T>(Statement statement, Func<DbDataReader, T> row, params ReadOnlySpan<object> values)
    {
        var command = Bind(statement, values);
        try
        {
            using var reader = command.ExecuteReader();
            var found = new List<T>();
            while (reader.Read())
            {
                found.Add(row(reader));
            }

            return found;
        }
        finally
        {
            Done(statement, command);
        }
    }

    public async ValueTask<List<T>> ReadAsync<T>(Statement statement, object[] values, Func<DbDataReader, T> row, CancellationToken cancellation)
    {
        var command = Bind(statement, values);
        try
        {
            await PrepareAsync(statement, command, cancellation).ConfigureAwait(false);
            var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var found = new List<T>();
                while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    found.Add(row(reader));
                }

                return found;
            }
        }
        finally
        {
            Done(statement, command);
        }
    }

    /// <summary>A batch, which is one round trip and, outside of a transaction, all or nothing. Dispose of it.</summary>
    public DbBatch NewBatch(IReadOnlyList<BoundStatement> statements)
    {
        var batch = _connection.CreateBatch();
        batch.Transaction = _transaction;
        batch.Timeout = _timeout;
        foreach (var (statement, values) in statements)
        {
            Add(batch, statement, values);
        }

        return batch;
    }

    /// <summary>A batch that the session keeps, with its parameters, for when the same statements are sent again; do not dispose of it. To make one, and to
    /// prepare it anew, takes time in every commit.</summary>
    public KeptBatch Batch(IReadOnlyList<BoundStatement> statements)
    {
        if (_batches.TryGetValue(statements, out var kept))
        {
            for (var index = 0; index < statements.Count; index++)
            {
                Set(kept.Batch.BatchCommands[index].Parameters, statements[index].Values, areNew: false);
            }

            return kept;
        }

        if (_batches.Count == MostBatches)
        {
            DisposeBatches();
        }

        kept = new KeptBatch(NewBatch(statements));
        _batches.Add([.. statements.Select(bound => new BoundStatement(bound.Statement, []))], kept);
        return kept;
    }

    [SuppressMessage(
        "Security", "CA2100:Review SQL queries for security vulnerabilities",
        Justification = "Statements are made of names that were checked and of parameters.")]
    private void Add(DbBatch batch, Statement statement, ReadOnlySpan<object> values)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = statement.Text;
        for (var index = 0; index < values.Length; index++)
        {
            var parameter = command.CreateParameter();
            Set(parameter, values[index], isNew: true);
            command.Parameters.Add(parameter);
        }

        batch.BatchCommands.Add(command);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _prepared.Values)
        {
            await command.DisposeAsync().ConfigureAwait(false);
        }

        _prepared.Clear();
        DisposeBatches();
        if (_transaction is null)
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void DisposeBatches()
    {
        foreach (var kept in _batches.Values)
        {
            kept.Batch.Dispose();
        }

        _batches.Clear();
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"${number}");

    /// <summary>SQLite keeps its commands from call to call. PostgreSQL's driver keeps what is prepared by itself, by the text.</summary>
    private DbCommand Bind(Statement statement, ReadOnlySpan<object> values)
    {
        DbCommand? command = null;
        var isNew = _isPostgreSql || !statement.IsReused || !_prepared.TryGetValue(statement, out command);
        if (command is null)
        {
            command = NewCommand(statement, values.Length);
            if (!_isPostgreSql && statement.IsReused)
            {
                _prepared.Add(statement, command);
            }
        }

        Set(command.Parameters, values, isNew);
        return command;
    }

    [SuppressMessage(
        "Security", "CA2100:Review SQL queries for security vulnerabilities",
        Justification = "Statements are made of names that were checked and of parameters.")]
    private DbCommand NewCommand(Statement statement, int count)
    {
        var command = _connection.CreateCommand();
        command.CommandText = statement.Text;
        command.CommandTimeout = _timeout;
        command.Transaction = _transaction;
        for (var index = 0; index < count; index++)
        {
            var parameter = command.CreateParameter();
            if (!_isPostgreSql)
            {
                parameter.ParameterName = index < _names.Length ? _names[index] : Name(index + 1);
            }

            command.Parameters.Add(parameter);
        }

        return command;
    }

    private void Set(DbParameterCollection parameters, ReadOnlySpan<object> values, bool areNew)
    {
        for (var index = 0; index < values.Length; index++)
        {
            Set(parameters[index], values[index], areNew);
        }
    }

    private void Set(DbParameter parameter, object value, bool isNew)
    {
        var none = value as TypedNull;
        parameter.Value = none is null ? value : DBNull.Value;
        if (_isPostgreSql && (none?.Type ?? TypeOf(value)) is { } type)
        {
            SetType(parameter, type, isNew);
        }
    }

    /// <summary>A parameter that has its type already keeps it. One without a type is not asked: the driver would look for the type of the value among all that
    /// it knows.</summary>
    private static void SetType(DbParameter parameter, DbType type, bool isNew)
    {
        if (isNew || parameter.DbType != type)
        {
            parameter.DbType = type;
        }
    }

    /// <summary>The type of a value; null for those that the driver knows better.</summary>
    private static DbType? TypeOf(object value) =>
        value switch { long => DbType.Int64, int => DbType.Int32, string => DbType.String, byte[] => DbType.Binary, Array => null, _ => DbType.Object };

    private ValueTask PrepareAsync(Statement statement, DbCommand command, CancellationToken cancellation) =>
        _isPostgreSql && statement.IsReused ? new ValueTask(command.PrepareAsync(cancellation)) : ValueTask.CompletedTask;

    private void Done(Statement statement, DbCommand command)
    {
        if (_isPostgreSql || !statement.IsReused)
        {
            command.Dispose();
        }
    }
}
