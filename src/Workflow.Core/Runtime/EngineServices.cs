using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Workflow.Core.Persistence;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>What all runners of an engine share.</summary>
internal sealed class EngineServices
{
    private readonly ConcurrentBag<Workbench> _benches = [];
    private readonly ProcessLease _lease;
    private Workbench? _spareBench;
    private long _commits;

    public EngineServices(WorkflowOptions options, CancellationToken shutdown)
        : this(options, new Deployments(options.SlotLimit), shutdown)
    {
    }

    private EngineServices(WorkflowOptions options, Deployments deployments, CancellationToken shutdown)
    {
        Options = options;
        Deployments = deployments;
        Shutdown = shutdown;
        IsShared = options.Store.IsShared;
        Limits = new EpisodeLimits(options.AutomaticStepLimit, options.SlotLimit, options.DestinationLimit, options.HistoryLimit);
        _lease = new ProcessLease(Owner, Lease);
        Calls = new CallRunner(options, shutdown);
        Questions = new MemberQuestions(options, shutdown);
        Resolver = new ResolverQuestions(options, shutdown);
        Logger = new GuardedLogger(options.LoggerFactory.CreateLogger("Workflow.Core"));
    }

    /// <summary>How long an instance belongs to an engine that works on it, unless the engine says that it still does.</summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(30);

    /// <summary>What stores know the engine by; no other ever has the same.</summary>
    public string Owner { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Whether calls are only planned and left to an engine that takes them up, all but those of pure code (statement 13.6).</summary>
    public bool LeavesCalls { get; private init; }

    /// <summary>Cancelled when the engine stops.</summary>
    public CancellationToken Shutdown { get; }

    public EpisodeLimits Limits { get; }

    /// <summary>Whether others use the store too.</summary>
    public bool IsShared { get; }

    public WorkflowOptions Options { get; }

    public Deployments Deployments { get; }

    public CallRunner Calls { get; }

    public MemberQuestions Questions { get; }

    public ResolverQuestions Resolver { get; }

    public ILogger Logger { get; }

    /// <summary>What the engine has left behind and holds a lease on.</summary>
    public LeftBehind LeftBehind { get; } = new();

    /// <summary>Called when there may be something to take up sooner than it was known.</summary>
    public Action? WorkAppeared { get; set; }

    /// <summary>The same on a store inside a transaction of the host: nothing is kept in memory, nobody is waited for, and nothing is called that has side
    /// effects.</summary>
    public EngineServices Within(IProcessStore store) => new(Options.Within(store), Deployments, Shutdown) { LeavesCalls = true };

    /// <summary>What the next commit says of who makes it. An engine that is alone needs no lease, and no name for its commits.</summary>
    public CommitHeading HeadingOf(long epoch, bool isCalling) => IsShared
        ? new CommitHeading { Owner = Owner, Epoch = epoch, Id = NextCommitId(), Lease = isCalling ? _lease : null }
        : new CommitHeading { Owner = Owner, Epoch = epoch };

    /// <summary>What the engine can be given to do.</summary>
    public ClaimQuery ClaimOf(DateTimeOffset dueUntil, int limit) => new()
    {
        Owner = Owner, Lease = Lease, Definitions = Deployments.Versions, DueUntil = dueUntil, Limit = limit,
    };

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

    private string NextCommitId() => string.Create(CultureInfo.InvariantCulture, $"{Owner}-{Interlocked.Increment(ref _commits)}");
}
