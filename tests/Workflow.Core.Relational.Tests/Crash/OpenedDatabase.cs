using System.Data.Common;
using System.Diagnostics;
using Workflow.Core.Client;
using Workflow.Core.CrashChild;
using Workflow.Core.CrashChild.Load;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>An engine in this process on a database whose child is dead.</summary>
internal sealed class OpenedDatabase : IAsyncDisposable
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(60);

    private readonly DbDataSource _source;
    private readonly RelationalProcessStore _store;
    private readonly Ledger _ledger;

    private OpenedDatabase(DbDataSource source, RelationalProcessStore store, Ledger ledger, WorkflowEngine engine)
    {
        _source = source;
        _store = store;
        _ledger = ledger;
        Engine = engine;
    }

    public WorkflowEngine Engine { get; }

    public IProcessStore Store => _store;

    public static async Task<OpenedDatabase> OpenAsync(
        ChildOptions options, bool takesUpWork, RelationalStoreOptions? otherwise = null, ShiftedClock? clock = null)
    {
        var source = ChildStore.OpenDataSource(options);
        var store = ChildStore.Open(options, source, otherwise, clock);
        var ledger = new Ledger(options.Ledger, options.Incarnation);
        var engine = WorkflowEngine.Create(engine =>
        {
            engine.Store = store;
            engine.Clock = clock ?? new ShiftedClock(options.Incarnation);
            engine.PollInterval = TimeSpan.FromMilliseconds(20);
            engine.TakesUpWork = takesUpWork;
        });
        foreach (var definition in Processes.Define(ledger.Note))
        {
            await engine.DeployAsync(definition);
        }

        return new OpenedDatabase(source, store, ledger, engine);
    }

    /// <summary>Recovers, decides all tasks that do not end by themselves, and finishes all server items, until every instance has completed. Those that cannot
    /// be read are set aside by then.</summary>
    public async Task FinishEverythingAsync()
    {
        var began = Stopwatch.GetTimestamp();
        await Engine.RecoverAsync();
        IReadOnlyList<ProcessRecord> open;
        do
        {
            await DecideAndFinishAsync();
            open = await OpenInstancesAsync();
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(_deadline, string.Join(", ", open));
        }
        while (open.Count > 0);
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await _store.DisposeAsync();
        await _source.DisposeAsync();
        _ledger.Dispose();
    }

    private async Task DecideAndFinishAsync()
    {
        foreach (var entry in await Engine.AsSystem().ManageWorklists().ListAsync())
        {
            if (entry.Problem is null && entry.Activity != Processes.Answer)
            {
                await Engine.As(entry.Destination.Name).Worklist.ExecuteAsync(entry.Serial, Processes.Approve);
            }
        }

        foreach (var item in await Engine.AsSystem().FindServerItemsAsync(new ServerItemQuery { Limit = 100 }))
        {
            await Engine.AsSystem().FinishAsync(item.Serial);
        }
    }

    /// <summary>Those that have not completed, each asked for once: an instance may go from one status to another between two questions.</summary>
    private async Task<IReadOnlyList<ProcessRecord>> OpenInstancesAsync()
    {
        const int Page = 500;
        var query = new ProcessQuery { IsSetAside = false, Limit = Page };
        while (true)
        {
            var page = await Engine.AsSystem().FindProcessesAsync(query);
            if (page.Count < Page || page.Any(IsOpen))
            {
                return [.. page.Where(IsOpen)];
            }

            query = query with { After = page[^1].Id };
        }

        static bool IsOpen(ProcessRecord record) => record.Status is not ProcessInstanceStatus.Completed;
    }
}
