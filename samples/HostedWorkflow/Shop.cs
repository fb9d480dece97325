using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Orders;

/// <summary>The host's own part: it takes three orders, each with a row of its own, and ends the host when all have been delivered.</summary>
internal sealed class Shop(WorkflowEngine engine, DbDataSource database, IHostApplicationLifetime host) : BackgroundService
{
    private static readonly string[] _orders = ["a bicycle", "a bell", "a basket"];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first question to the store also makes its tables, which a transaction of the host needs.
        Console.WriteLine($"Delivered so far: {await CountDeliveredAsync(stoppingToken)} of {_orders.Length} orders.");
        await MakeTableAsync(stoppingToken);
        for (var number = 1; number <= _orders.Length; number++)
        {
            await TakeAsync(number, _orders[number - 1], stoppingToken);
        }

        while (await CountDeliveredAsync(stoppingToken) < _orders.Length)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), stoppingToken);
        }

        Console.WriteLine("All orders have been delivered.");
        host.StopApplication();
    }

    private async Task<int> CountDeliveredAsync(CancellationToken cancellation)
    {
        var delivered = new ProcessQuery { Definition = OrderProcess.Name, Status = ProcessInstanceStatus.Completed };
        return (await engine.As("shop").FindProcessesAsync(delivered, cancellation)).Count;
    }

    /// <summary>Writes the order down and starts its process in one transaction: both are there, or neither. An order that is there is not taken
    /// again.</summary>
    private async Task TakeAsync(int number, string goods, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (!await TryWriteDownAsync(transaction, number, cancellation))
        {
            return;
        }

        await engine.Within(transaction).As("shop").StartAsync(
            OrderProcess.Name, start => start.Folio($"Order {number}").Set(OrderProcess.Goods, goods), cancellation);
        await transaction.CommitAsync(cancellation);
        Console.WriteLine($"Order {number}: taken.");
    }

    private async Task MakeTableAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE IF NOT EXISTS shop_order (number INTEGER PRIMARY KEY)";
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<bool> TryWriteDownAsync(DbTransaction transaction, int number, CancellationToken cancellation)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO shop_order (number) VALUES ($number) ON CONFLICT DO NOTHING";
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("$number", number);
        command.Parameters.Add(parameter);
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }
}
