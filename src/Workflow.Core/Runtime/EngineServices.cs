using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Workflow.Core.Runtime;

/// <summary>What all runners of an engine share.</summary>
internal sealed class EngineServices
{
    private readonly ConcurrentBag<Workbench> _benches = [];
    private Workbench? _spareBench;

    public EngineServices(WorkflowOptions options, CancellationToken shutdown)
    {
        Options = options;
        Deployments = new Deployments(options.SlotLimit);
        Calls = new CallRunner(options, shutdown);
        Questions = new MemberQuestions(options, shutdown);
        Resolver = new ResolverQuestions(options, shutdown);
        Logger = options.LoggerFactory.CreateLogger("Workflow.Core");
    }

    public WorkflowOptions Options { get; }

    public Deployments Deployments { get; }

    public CallRunner Calls { get; }

    public MemberQuestions Questions { get; }

    public ResolverQuestions Resolver { get; }

    public ILogger Logger { get; }

    /// <summary>Called when a timer was armed that may be the next one due.</summary>
    public Action? TimerArmed { get; set; }

    /// <summary>A workbench for one turn. The one given back last is at hand without a look into the others.</summary>
    public Workbench RentBench() =>
        Interlocked.Exchange(ref _spareBench, null) ?? (_benches.TryTake(out var bench) ? bench : new Workbench());

    public void ReturnBench(Workbench bench)
    {
        if (Interlocked.CompareExchange(ref _spareBench, bench, null) is not null)
        {
            _benches.Add(bench);
        }
    }
}
