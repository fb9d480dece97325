using System.Globalization;
using Workflow.Core;
using Workflow.Core.Client;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;

namespace Expenses;

/// <summary>The people and the bank around the process: what each of them sees and does, told to a text.</summary>
public sealed class Office : IAsyncDisposable
{
    private readonly Bank _bank = new();
    private readonly WorkflowEngine _engine;
    private readonly Func<string, Task> _tell;

    private Office(Func<string, Task> tell)
    {
        _tell = tell;
        _engine = WorkflowEngine.Create(options => options.Destinations = new StaticDestinations
        {
            { Destination.Role("Managers"), "ann", "bob", "cy" },
            { Destination.Role("Financial administration"), "fay" },
            { Destination.Role("Financial management"), "max" },
        });
    }

    /// <summary>Everybody, in the order in which they look at their worklists.</summary>
    public static IReadOnlyList<string> People { get; } = ["ann", "bob", "cy", "fay", "max", "dora"];

    public static async Task<Office> OpenAsync(TextWriter output)
    {
        var office = new Office(output.WriteLineAsync);
        await office._engine.DeployAsync(ExpenseClaim.Define(office._bank));
        return office;
    }

    public async Task<ProcessInstanceId> ClaimAsync(string user, string folio, decimal amount)
    {
        var claim = await _engine.As(user).StartAsync(ExpenseClaim.Name, start => start.Folio(folio).Set(ExpenseClaim.Amount, amount));
        await _tell(string.Create(CultureInfo.InvariantCulture, $"{user} claims {amount:N0} for '{folio}': process instance {claim.Id}."));
        await TellWhoIsNextAsync(claim.Id);
        return claim.Id;
    }

    public async Task<IReadOnlyList<WorklistItem>> WorklistAsync(string user) => await _engine.As(user).Worklist.ListAsync();

    /// <summary>Acts on the one task that a user has in a claim.</summary>
    public async Task ActAsync(string user, ProcessInstanceId claim, string action) =>
        await ActAsync(user, await _engine.As(user).Worklist.SingleAsync(claim), action);

    public async Task ActAsync(string user, WorklistItem item, string action)
    {
        await item.ExecuteAsync(action);
        await _tell($"{user}: {action}.");
        await TellWhoIsNextAsync(item.ProcessInstance);
    }

    /// <summary>The bank pays what has been ordered, and reports it under the serial number that it was given.</summary>
    /// <returns>Whether there was anything to pay.</returns>
    public async Task<bool> PayAsync()
    {
        var orders = _bank.Orders.ToList();
        foreach (var (serial, amount) in orders)
        {
            await _engine.As("bank").FinishAsync(serial, result => result.Set(ExpenseClaim.Paid, true));
            _bank.Paid(serial);
            await _tell(string.Create(CultureInfo.InvariantCulture, $"The bank has paid {amount:N0} and finishes {serial}."));
            await TellWhoIsNextAsync(serial.ProcessInstance);
        }

        return orders.Count > 0;
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    /// <summary>Who has the claim on his worklist now; or that the bank has it, or how it ended.</summary>
    private async Task TellWhoIsNextAsync(ProcessInstanceId claim)
    {
        var process = await _engine.As("dora").ReadAsync(claim);
        if (process.Status is not ProcessInstanceStatus.Active)
        {
            await _tell($"   '{process.Folio}' is {process.Status}, and {(process.Fields.Get<bool>(ExpenseClaim.Paid.Name) ? "paid" : "not paid")}.");
            return;
        }

        foreach (var serial in _bank.Orders.Keys.Where(serial => serial.ProcessInstance == claim))
        {
            await _tell($"   Waits for the bank, which has to finish {serial}.");
        }

        foreach (var user in People)
        {
            foreach (var item in await _engine.As(user).Worklist.ListAsync(new() { ProcessInstance = claim }))
            {
                await _tell($"   On the worklist of {user}: {item.Event} ({item.Serial}).");
            }
        }
    }
}
