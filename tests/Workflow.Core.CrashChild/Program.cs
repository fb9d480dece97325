using System.Runtime.InteropServices;
using System.Transactions;
using Workflow.Core.Client;
using Workflow.Core.CrashChild;
using Workflow.Core.CrashChild.Load;
using Workflow.Core.CrashChild.Watching;
using Workflow.Core.Management;

const int Lanes = 4;

// An engine under load, to be killed. ChildOptions explains the arguments.
var options = ChildOptions.Parse(args);
var kill = new KillSwitch(options.Point, options.Count, options.Delay, options.Step);
using var acknowledged = new Acknowledgements();
using var log = new ReportLog(acknowledged);
using var ledger = new Ledger(options.Ledger, options.Incarnation);
using var stopping = new CancellationTokenSource();
var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stopping.Cancel();
    told.TrySetResult();
});

await using var unwatched = ChildStore.OpenDataSource(options);
await using var source = new WatchedDataSource(unwatched, kill);
await using var store = ChildStore.Open(options, source);
var clock = new ShiftedClock(options.Incarnation);
await using var engine = WorkflowEngine.Create(engine =>
{
    engine.Store = store;
    engine.Clock = clock;
    engine.PollInterval = TimeSpan.FromMilliseconds(50);
    engine.TakesUpWork = false;
    engine.LoggerFactory = log;
    engine.CodeInterceptor = async (context, code, cancellation) =>
    {
        kill.Reach(KillPoint.BeforeCode);
        Refuse(Transaction.Current);
        await code(cancellation);
        kill.Reach(KillPoint.AfterCode);
    };
});

foreach (var definition in Processes.Define(ledger.Note))
{
    await engine.DeployAsync(definition);
}

try
{
    if (options.IsDisturbed)
    {
        // Before the first word, so however soon the child is killed, it has met what cannot be read.
        await engine.As(Lane.UserOf(0)).Worklist.ListAsync();
    }

    acknowledged.Tell(Acknowledgements.Ready);
    if (options.Order > 0)
    {
        var qualifier = options.Schema is null ? "" : options.Schema + ".";
        await store.EnsureSchemaAsync();
        await HostOrder.PlaceAsync(source, engine, qualifier, options.Order, kill.Arm);
        acknowledged.Tell(Acknowledgements.Ordered, HostOrder.Folio(options.Order));
        return 0;
    }

    if (options.Mends)
    {
        var admin = engine.AsSystem().ManageProcesses();
        var failed = await admin.FindErrorsAsync();
        kill.Arm();
        await admin.RetryEachAsync(failed, reason: "It is mended.");
        return 0;
    }

    if (options.Moves)
    {
        var migration = engine.AsSystem().ManageProcesses().Migration(Processes.Moved, from: 1, to: 2, Processes.MovedNames);
        kill.Arm();
        await migration.ApplyAsync(reason: "The form has changed.");
        return 0;
    }

    if (options.Delivers)
    {
        var admin = engine.AsSystem().ManageProcesses();
        var households = await engine.AsSystem().FindProcessesAsync(new() { Definition = Processes.Household });
        kill.Arm();
        await engine.As("dora").StartAsync(Processes.Family);
        foreach (var household in households)
        {
            await admin.DeleteAsync(household.Id);
        }

        await engine.DeliverMessagesAsync();
        return 0;
    }

    if (options.Shares)
    {
        kill.Arm();
        await FamilyWork.StartAsync(engine);
        await FamilyWork.EndAsync(engine, isReversed: true, kill.Begin);
        return 0;
    }

    if (options.Escalates is not EscalationStep.None)
    {
        kill.Arm();
        await (options.Escalates is EscalationStep.Arm
            ? EscalationWork.ArmAsync(engine, id => acknowledged.Tell(Acknowledgements.Started, id.ToString()))
            : EscalationWork.FireAsync(engine, clock, options.Escalates is EscalationStep.FireInTurn));
        return 0;
    }

    kill.Arm();
    await RunLoadAsync();
    return 0;
}
#pragma warning disable CA1031 // The parent reads what went wrong; no command may fail here.
catch (Exception exception)
#pragma warning restore CA1031
{
    acknowledged.Tell(Acknowledgements.Failed, exception.ToString().ReplaceLineEndings(" "));
    return 1;
}

async Task RunLoadAsync()
{
    var work = UntilStoppedAsync(() => engine.RunAsync(stopping.Token));
    var recovery = UntilStoppedAsync(() => engine.RecoverAsync(stopping.Token).AsTask());
    var lanes = Enumerable.Range(0, Lanes)
        .Select(number => new Lane(engine, acknowledged, number, (options.Seed * 100) + number)
        {
            LeavesTransactions = options.IsDisturbed && int.IsEvenInteger(options.Seed + number),
        })
        .Select(lane => UntilStoppedAsync(() => Task.Run(() => lane.RunAsync(stopping.Token))))
        .ToList();
    await Task.WhenAny([told.Task, .. lanes]);

    // A lane ends before it is told to only when something has gone wrong.
    await stopping.CancelAsync();
    if (options.StopsAtOnce)
    {
        await engine.DisposeAsync();
    }

    await Task.WhenAll([work, recovery, .. lanes]);
    await engine.DisposeAsync();
    acknowledged.Tell(Acknowledgements.Stopped);
}

// Code that saw the transaction of a caller would write into it. Its event fails instead, which the parent finds.
static void Refuse(Transaction? ambient)
{
    if (ambient is not null)
    {
        throw new InvalidOperationException("Code of the definition runs in the ambient transaction of a caller.");
    }
}

// A command that the engine or the token does not let begin any more was not accepted.
async Task UntilStoppedAsync(Func<Task> run)
{
    try
    {
        await run();
    }
    catch (Exception exception) when (exception is ObjectDisposedException or OperationCanceledException && stopping.IsCancellationRequested)
    {
        return;
    }
}
