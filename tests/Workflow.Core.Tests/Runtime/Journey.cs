using System.Collections.Concurrent;
using Workflow.Core.Client;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;

namespace Workflow.Core.Tests.Runtime;

/// <summary>A process with several events of every kind, an engine for it, and a list of the calls that were made.</summary>
/// <code>
/// ►── Book: Reserve, Confirm (waits) ──┬──► Pack: Weigh, Ship (waits); two slots ──┬──► Close: Archive, Report ──►
///                                      └──► Bill: Charge ──────────────────────────┘    once both are done
/// </code>
internal sealed class Journey : IAsyncDisposable
{
    public static readonly ProcessField<int> Packed = new("Packed", initial: 0);
    public static readonly ProcessField<int> Billed = new("Billed", initial: 0);
    public static readonly ProcessField<string> Trace = new("Trace", initial: "");
    private static readonly DestinationField<int> _weight = new("Weight", initial: 0);

    private readonly ProcessDefinition _definition;

    private Journey(WatchedStore store, Action<WorkflowOptions>? configure)
    {
        Store = store;
        _definition = Define();
        Engine = WorkflowEngine.Create(options =>
        {
            options.Store = store;
            options.TakesUpWork = false;
            options.Clock = new ManualClock();
            configure?.Invoke(options);
        });
    }

    public WorkflowEngine Engine { get; }

    public WatchedStore Store { get; }

    /// <summary>The idempotency keys of the calls, in the order in which they were made.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    public WorkflowConnection Client => Engine.AsSystem();

    public static async Task<Journey> OpenAsync(WatchedStore? store = null, Action<WorkflowOptions>? configure = null)
    {
        var journey = new Journey(store ?? new WatchedStore(), configure);
        await journey.Engine.DeployAsync(journey._definition);
        return journey;
    }

    public async Task<ProcessInstanceId> StartAsync() => (await Client.StartAsync("Journey")).Id;

    /// <summary>Finishes what waits, the first first, until nothing waits any more.</summary>
    /// <returns>The items whose finish was acknowledged.</returns>
    public async Task<List<SerialNumber>> RunToEndAsync(ProcessInstanceId id)
    {
        var acknowledged = new List<SerialNumber>();
        while (await NextItemAsync(id) is { } item)
        {
            await Client.FinishAsync(item.Serial, finish => finish.Set("Trace", FieldValue.From($"{item.Serial} by {item.CorrelationKey}")));
            acknowledged.Add(item.Serial);
        }

        return acknowledged;
    }

    public async Task<ServerItemRecord?> NextItemAsync(ProcessInstanceId id) =>
        (await Client.FindServerItemsAsync(new ServerItemQuery { ProcessInstance = id, Limit = 1 })).SingleOrDefault();

    /// <summary>Where an instance stands and what happened to it, but not how often a call was repeated, nor when.</summary>
    public async Task<string> EndAsync(ProcessInstanceId id)
    {
        var process = await Client.ReadAsync(id);
        var facts = (await Client.ReadHistoryAsync(id, limit: 500))
            .Where(entry => entry.Kind is not JournalKind.EventRepeated)
            .Select(
                entry => $"{entry.Kind} {entry.Name} {entry.ActivityInstance} {entry.Destination} {entry.Event} {entry.Detail} {entry.User} {entry.Result} "
                + $"{entry.Value}");
        return string.Join('\n', [$"{process.Status}", .. process.Fields.Names.Select(name => $"{name} = {process.Fields[name]}"), .. facts]);
    }

    public ValueTask DisposeAsync() => Engine.DisposeAsync();

    private ProcessDefinition Define() => ProcessDefinition.Define("Journey", process =>
    {
        process.Fields(Packed, Billed, Trace);
        var book = process.Activity("Book", activity => activity
            .Server("Reserve", Called)
            .Server("Confirm", Waits));
        var pack = process.Activity("Pack", activity => activity
            .Fields(_weight)
            .PlanPerSlot(Slots.Number(2))
            .Server("Weigh", context => Sets(context, _weight))
            .Server("Ship", Waits)
            .Server("Note", context => Sets(context, Packed))
            .SucceedingRule(Answers.AllSlots.Satisfy(_weight == 1)));
        var bill = process.Activity("Bill", activity => activity.Server("Charge", context => Sets(context, Billed)));
        var close = process.Activity("Close", activity => activity
            .PrecedingRule(Packed == 2 & Billed == 1)
            .Server("Archive", Called)
            .Server("Report", Called));
        process.StartsWith(book);
        book.To(pack).To(bill);
        pack.To(close);
        bill.To(close);
    });

    private void Called(ServerEventContext context) => Calls.Enqueue(context.IdempotencyKey);

    private void Waits(ServerEventContext context)
    {
        Called(context);
        context.WaitUntilFinished($"key {context.IdempotencyKey}");
    }

    private void Sets(ServerEventContext context, Field<int> field)
    {
        Called(context);
        context.Set(field, context.Get(field) + 1);
    }
}
