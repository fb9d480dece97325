using System.Data.Common;
using Workflow.Core.Client;
using Workflow.Core.CrashChild.Load;

namespace Workflow.Core.CrashChild;

/// <summary>The work of a host in a transaction of its own: two rows, and a process in between (statement 13.6).</summary>
internal static class HostOrder
{
    /// <summary>The tables of the host.</summary>
    public static IReadOnlyList<string> Tables { get; } = ["host_order", "host_line"];

    /// <summary>The folio of the process, which finds it again.</summary>
    public static string Folio(long order) => $"Order {order}";

    /// <param name="source">The database.</param>
    /// <param name="engine">The engine on it.</param>
    /// <param name="qualifier">The prefix of the names of the tables.</param>
    /// <param name="order">The number of the order.</param>
    /// <param name="begin">Called when the connection is there.</param>
    public static async Task PlaceAsync(DbDataSource source, WorkflowEngine engine, string qualifier, long order, Action begin)
    {
        await using var connection = await source.OpenConnectionAsync();
        begin();
        await using var transaction = await connection.BeginTransactionAsync();
        await InsertAsync(connection, transaction, $"INSERT INTO {qualifier}host_order (id) VALUES (@id)", order);
        await engine.Within(transaction).As("user0").StartAsync(Processes.Decision, start => start.Folio(Folio(order)));
        await InsertAsync(connection, transaction, $"INSERT INTO {qualifier}host_line (id) VALUES (@id)", order);
        await transaction.CommitAsync();
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "The names come from the test.")]
    private static async Task InsertAsync(DbConnection connection, DbTransaction transaction, string text, long id)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        command.Transaction = transaction;
        var parameter = command.CreateParameter();
        parameter.ParameterName = "id";
        parameter.Value = id;
        command.Parameters.Add(parameter);
        await command.ExecuteNonQueryAsync();
    }
}
