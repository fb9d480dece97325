using Microsoft.Data.Sqlite;
using Workflow.Core;
using Workflow.Core.Client;
using Workflow.Core.Relational;
using Workflow.Core.Testing;

namespace ParentAndChildren;

/// <summary>A shop that keeps its orders in a file. A program that opens the file again finds them as they were left, however that was. As a rule an engine
/// delivers messages by itself. This one does so when it is told to, under a clock that is moved, so that the story is the same each time.</summary>
public sealed class Shop : IAsyncDisposable
{
    private readonly Action<string> _tell;
    private readonly ManualTimeProvider _clock;
    private readonly WorkflowEngine _engine;

    private Shop(string file, DateTimeOffset now, Action<string> tell)
    {
        _tell = tell;
        _clock = new ManualTimeProvider(now);
        Depot = new Depot(file + ".depot", tell);
        _engine = WorkflowEngine.Create(options =>
        {
            options.UseSqliteFile(SqliteFactory.Instance, file);
            options.Clock = _clock;
            options.TakesUpWork = false;
        });
    }

    /// <summary>The lines of the order.</summary>
    public static IReadOnlyList<string> Goods { get; } = ["a bicycle", "a bell", "a basket"];

    public Depot Depot { get; }

    public static async Task<Shop> OpenAsync(string file, DateTimeOffset now, Action<string> tell)
    {
        var shop = new Shop(file, now, tell);
        await shop._engine.DeployAsync([Order.Define(), Delivery.Define(shop.Depot)]);
        return shop;
    }

    /// <summary>Takes the order, once, and does what there is to do until nothing is left. It goes on from what the file holds.</summary>
    /// <param name="holdAfter">After so many deliveries of this run it does nothing more, and waits to be killed; null for never.</param>
    public async Task WorkAsync(int? holdAfter)
    {
        await _engine.RecoverAsync();
        var order = await OrderAsync();
        _tell($"The order is process instance {order}.");
        for (var delivered = 1; await DeliverAsync(); delivered++)
        {
            if (delivered == holdAfter)
            {
                await Task.Delay(Timeout.Infinite);
            }
        }
    }

    /// <summary>The order, with its sub-processes below it.</summary>
    public async Task<ProcessFamily> FamilyAsync() => await _engine.As("dora").ReadFamilyAsync(await OrderAsync());

    /// <summary>How many deliveries the order waits for.</summary>
    public async Task<int> AwaitedAsync()
    {
        var order = await _engine.As("dora").ReadAsync(await OrderAsync());
        return order.Activities.SelectMany(activity => activity.Destinations).Count(destination => destination.Event?.SubProcess is not null);
    }

    /// <summary>The histories of the order and of its sub-processes, as one.</summary>
    public async Task<IReadOnlyList<FamilyFact>> HistoryAsync()
    {
        var facts = new List<FamilyFact>();
        await foreach (var fact in _engine.As("dora").ReadFamilyHistoryAsync(await OrderAsync()))
        {
            facts.Add(fact);
        }

        return facts;
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    /// <summary>A command that is repeated under its key is answered with the instance that there is.</summary>
    private async Task<ProcessInstanceId> OrderAsync()
    {
        var order = await _engine.As("dora").Once("the order").StartAsync(
            Order.Name, start => start.Folio("Order of Dora").Set(Order.Lines, Goods));
        return order.Id;
    }

    /// <summary>Carries the messages between the order and its sub-processes, and then the driver brings something.</summary>
    /// <returns>Whether there was something to bring.</returns>
    private async Task<bool> DeliverAsync()
    {
        _clock.Advance(TimeSpan.FromMinutes(5));
        await _engine.DeliverMessagesAsync();
        var driver = _engine.As("driver");
        if (await driver.FindServerItemsAsync(new() { Definition = Delivery.Name, Limit = 1 }) is not [var next])
        {
            return false;
        }

        _clock.Advance(TimeSpan.FromMinutes(25));
        var item = await driver.OpenServerItemAsync(next.Serial);
        var goods = item.Get(Delivery.Goods);
        await item.Set(Delivery.Receiver, goods == "a bell" ? "the neighbor" : "Dora").FinishAsync();
        _tell($"The driver has delivered {goods}.");
        return true;
    }
}
