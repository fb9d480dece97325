using Workflow.Core.Client;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Runtime.OneThread;

/// <summary>An engine on the thread of the test, with code that waits until the test lets it go on.</summary>
internal sealed class OneThreadEngine
{
    private readonly string _name;
    private readonly Action<string> _note;
    private readonly TaskCompletionSource _letGo = new();
    private int _owners;

    public OneThreadEngine(string name, IProcessStore store, TimeProvider clock, Action<string> note)
    {
        _name = name;
        _note = note;
        Executor = new QueueExecutor(clock);
        Store = new NotedStore(store, note);
        Engine = WorkflowEngine.Create(options =>
        {
            options.Store = Store;
            options.Clock = clock;
            options.Executor = Executor;
            options.NewOwner = () => $"{name}{(++_owners).Invariant()}";
        });
        Executor.End(Engine.DeployAsync(Definition()).AsTask());
    }

    public QueueExecutor Executor { get; }

    public NotedStore Store { get; }

    public WorkflowEngine Engine { get; }

    /// <summary>The threads on which code of the host ran.</summary>
    public HashSet<int> CodeThreads { get; } = [];

    public WorkflowConnection Dora => Engine.As("dora");

    /// <summary>Lets the code go on that runs here. It does so at once, in the call.</summary>
    public void LetCodeGo() => _letGo.SetResult();

    /// <code>
    /// ►──┬──► Check (code that waits) ──►
    ///    └──► Approve (a task of dora) ──►
    /// </code>
    private ProcessDefinition Definition() => ProcessDefinition.Define("Claim", process => process.OpenToAll()
        .StartsWith(process.Activity("Check", activity => activity.Server("Outside", RunAsync)))
        .StartsWith(process.Activity("Approve", activity => activity
            .Destinations(to => to.Users("dora"))
            .Client("Decision", task => task.Action("Approve")))));

    private async ValueTask RunAsync(ServerEventContext context, CancellationToken cancellation)
    {
        CodeThreads.Add(Environment.CurrentManagedThreadId);
        _note($"{_name} calls {context.IdempotencyKey}, attempt {context.Attempt.Invariant()}");
        try
        {
            await _letGo.Task.WaitAsync(cancellation);
        }
        finally
        {
            CodeThreads.Add(Environment.CurrentManagedThreadId);
            _note($"{_name} {(cancellation.IsCancellationRequested ? "gives up" : "ends")} the call");
        }
    }
}
