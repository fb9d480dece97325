using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime.Execution;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>The services that all runners of an engine share.</summary>
internal sealed class EngineServices
{
    private readonly ConcurrentBag<TurnBuffers> _moreBuffers = [];
    private readonly ProcessLease _lease;
    private readonly HostCode _host;
    private readonly MemberQuestions _members;
    private readonly EscalationCalls _escalations;
    private readonly EscalationQuestions _escalationPeople;
    private readonly SubProcessStarts _subProcesses;
    private TurnBuffers? _spareBuffers;
    private InstanceCalls? _spareCalls;
    private long _commits;

    /// <param name="options">How the engine works.</param>
    /// <param name="executor">The executor of the engine.</param>
    /// <param name="stopping">Cancelled when the engine takes no further commands.</param>
    /// <param name="shutdown">Cancelled when the code that runs is to end.</param>
    public EngineServices(WorkflowOptions options, Executor executor, CancellationToken stopping, CancellationToken shutdown)
        : this(
            options,
            executor,
            new Deployments(options.SlotLimit, new DefaultVersions(options.Store, options.Clock, options.PollInterval)),
            new CallCancellation(executor, shutdown),
            outside: null,
            stopping)
    {
    }

    private EngineServices(
        WorkflowOptions options, Executor executor, Deployments deployments, CallCancellation cancellation, EngineServices? outside, CancellationToken stopping)
    {
        Options = options;
        Executor = executor;
        Owner = options.NewOwner();
        Deployments = deployments;
        Cancellation = cancellation;
        Stopping = stopping;
        IsShared = options.Store.IsShared;
        TellsOtherHosts = IsShared && options.TellsOtherHosts;
        Limits = new EpisodeLimits(options.AutomaticStepLimit, options.SlotLimit, options.DestinationLimit, options.HistoryLimit);
        _lease = new ProcessLease(Owner, Lease);
        Logger = outside?.Logger ?? new GuardedLogger(options.LoggerFactory.CreateLogger("Workflow.Core"));
        Waits = outside?.Waits ?? new TurnWaits();
        Code = outside?.Code ?? new CodeServices(options.Services, Logger);
        if (outside is null && options.DestinationResolver is ScopedResolver scoped)
        {
            options.DestinationResolver = scoped.In(Code);
        }

        _host = outside?._host ?? new HostCode(executor, new AbandonedCalls(Logger));
        var resolver = new ResolverCalls(options, _host, Shutdown);
        ServerEvents = new ServerEventCalls(options, cancellation, _host, Logger);
        Resolver = new ResolverQuestions(options, resolver);
        _members = new MemberQuestions(options, resolver, Resolver, Shutdown);
        _escalations = new EscalationCalls(options, _host, Shutdown);
        _escalationPeople = new EscalationQuestions(Resolver, Shutdown);
        Hours = outside?.Hours ?? new HoursQuestions(options, _host, Logger, Shutdown);
        Roles = outside?.Roles ?? new RoleQuestions(this, resolver);
        Holders = outside?.Holders ?? new HolderQuestions(this);
        Unreadable = new UnreadableInstances(this);
        _subProcesses = new SubProcessStarts(this);
        Messages = outside?.Messages ?? new FamilyMessages(this);
        News = outside?.News ?? new NewsDesk(executor, options.NewsLimit);
        OtherNews = outside?.OtherNews ?? new NewsFromOthers(this);
    }

    /// <summary>How long an instance belongs to an engine that works on it, unless the engine says that it still does.</summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How long of that the engine counts on it: its clock and that of the store do not begin to count at the same instant.</summary>
    public static TimeSpan CertainLease { get; } = TimeSpan.FromSeconds(25);

    /// <summary>The name that stores know for the engine; no other engine ever has the same.</summary>
    public string Owner { get; }

    /// <summary>Begins work, signals, waits and cancels.</summary>
    public Executor Executor { get; }

    /// <summary>Whether calls are only planned and left to an engine that takes them up, all but those of pure code (statement 13.6).</summary>
    public bool LeavesCalls { get; private init; }

    /// <summary>Whether nothing is to be left behind: neither in the store, nor in the memory of the engine, nor in its log (statement 14.7e).</summary>
    public bool IsRehearsing { get; private init; }

    /// <summary>Cancelled when the engine takes no further commands.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Cancelled when the code that runs is to end, which may be later.</summary>
    public CancellationToken Shutdown => Cancellation.Shutdown;

    /// <summary>The token that cancels running code.</summary>
    public CallCancellation Cancellation { get; }

    public EpisodeLimits Limits { get; }

    /// <summary>Makes objects of the host's classes.</summary>
    public CodeServices Code { get; }

    /// <summary>Asks the code of the host for working hours.</summary>
    public HoursQuestions Hours { get; private init; }

    /// <summary>Whether others use the store too.</summary>
    public bool IsShared { get; }

    public WorkflowOptions Options { get; }

    public Deployments Deployments { get; }

    public ServerEventCalls ServerEvents { get; }

    public ResolverQuestions Resolver { get; }

    /// <summary>Asks whether roles are known at all. Those of the engine ask for what is done inside a transaction of the host, too.</summary>
    public RoleQuestions Roles { get; }

    /// <summary>Asks whether those who hold slots through a role still belong to it.</summary>
    public HolderQuestions Holders { get; private set; }

    /// <summary>The messages between parents and sub-processes that the engine has to deliver.</summary>
    public FamilyMessages Messages { get; }

    /// <summary>Passes news on to those who watch.</summary>
    public NewsDesk News { get; }

    /// <summary>Looks for news of other engines.</summary>
    public NewsFromOthers OtherNews { get; }

    /// <summary>Whether commits carry their news for other engines.</summary>
    public bool TellsOtherHosts { get; }

    /// <summary>When a question of now may be asked at the earliest. Inside a transaction of the host nothing is stored yet, and the results of the answer
    /// would wait for the host. So the engine asks when the role interval has passed, or as soon as an engine loads the instance after the host's
    /// commit.</summary>
    public DateTimeOffset AskFrom => Options.Clock.GetUtcNow() + (LeavesCalls ? Options.RoleInterval : TimeSpan.Zero);

    /// <summary>Whether an answer of the resolver is still believed: for the role interval.</summary>
    public bool IsBelieved(DateTimeOffset answeredAt) => Options.Clock.GetUtcNow() - answeredAt is { Ticks: >= 0 } age && age < Options.RoleInterval;

    /// <summary>Whether so many calls of the resolver hang that only callers who must ask it do so. The few calls that an engine bears are for callers who wait
    /// (statement 14.7b).</summary>
    public bool IsResolverHanging => _host.AbandonedOf(Options.DestinationResolver) >= AbandonedCalls.Most / 8;

    public ILogger Logger { get; private init; }

    /// <summary>Reports what cannot be read while others are read beside it.</summary>
    public UnreadableInstances Unreadable { get; }

    /// <summary>For which instances code of the engine's instances waits.</summary>
    public TurnWaits Waits { get; }

    /// <summary>The instances that the engine has left behind and holds a lease on.</summary>
    public LeftBehind LeftBehind { get; } = new();

    /// <summary>Called when there may be work sooner than expected.</summary>
    public Action? WorkAppeared { get; set; }

    /// <summary>Is told when a timer is due that is armed and stored.</summary>
    public Action<DateTimeOffset>? TimerArmed { get; set; }

    /// <summary>Timers are armed and stored.</summary>
    public void NoteArmed(List<ProcessTimer> timers)
    {
        for (var index = 0; index < timers.Count; index++)
        {
            TimerArmed?.Invoke(timers[index].DueAt);
        }
    }

    /// <summary>The same on a store inside a transaction of the host. The engine keeps nothing in memory, waits for nobody, and calls nothing that has side
    /// effects.</summary>
    public EngineServices Within(IProcessStore store) => new(Options.Within(store), Executor, Deployments, Cancellation, this, Stopping) { LeavesCalls = true };

    /// <summary>The same on a store in which nothing is stored.</summary>
    public EngineServices Rehearsing(IProcessStore store)
    {
        var options = Options.Rehearsing(store);
        var rehearsing = new EngineServices(options, Executor, Deployments, Cancellation, this, Stopping)
        {
            LeavesCalls = LeavesCalls, IsRehearsing = true, Logger = NullLogger.Instance,
            Hours = new HoursQuestions(options, _host, NullLogger.Instance, Shutdown),
        };
        rehearsing.Holders = new HolderQuestions(rehearsing) { IsWorking = () => false };
        return rehearsing;
    }

    /// <summary>The heading of the next commit, which says who makes it. An engine that is alone needs no lease, and no name for its commits.</summary>
    public CommitHeading HeadingOf(long epoch, string lastCommit, bool isCalling, bool isBackground) => IsShared
        ? new CommitHeading
        {
            Owner = Owner, Epoch = epoch, Id = NextCommitId(), LastCommit = lastCommit, Lease = isCalling ? _lease : null, IsBackground = isBackground,
        }
        : new CommitHeading { Owner = Owner, Epoch = epoch };

    /// <summary>When the engine asks for a lease that begins with the next commit. An engine that is alone needs none, and does not read the clock for
    /// it.</summary>
    public long LeaseAskedAt => IsShared ? Options.Clock.GetTimestamp() : 0;

    /// <summary>Whether a lease that was asked for at an instant is still certain to hold.</summary>
    public bool IsCertain(long askedAt) => !IsShared || Options.Clock.GetElapsedTime(askedAt) < CertainLease;

    /// <summary>How calls of a kind are made.</summary>
    public CallWay WayOf(CallKind kind) => kind switch
    {
        CallKind.EventCode => ServerEvents,
        CallKind.Members => _members,
        CallKind.EscalationCode => _escalations,
        CallKind.EscalationPeople => _escalationPeople,
        CallKind.SubProcessStart => _subProcesses,
        _ => throw new UnreachableException(),
    };

    /// <summary>The work that the engine can be given to do.</summary>
    public ClaimQuery ClaimOf(DateTimeOffset dueUntil, int limit) => new()
    {
        Owner = Owner, Lease = Lease, Definitions = Deployments.Versions, DueUntil = dueUntil, Limit = limit,
    };

    /// <summary>Asks, beside the commands, whether the resolver knows the roles and groups that stored tasks are for.</summary>
    public void AskForRoles(ProcessInstanceId id, List<NamedRole>? roles)
    {
        if (roles is { Count: > 0 } && !IsRehearsing)
        {
            Roles.Enqueue(id, roles, AskFrom);
        }
    }

    /// <summary>The calls of one turn. Few turns are under way at once, so one is kept.</summary>
    public InstanceCalls RentCalls() => Interlocked.Exchange(ref _spareCalls, null) ?? new InstanceCalls(this);

    public void ReturnCalls(InstanceCalls calls)
    {
        calls.End();
        Volatile.Write(ref _spareCalls, calls);
    }

    /// <summary>Lets the faster ones continue before the command is repeated. An engine that stops no longer waits.</summary>
    /// <param name="conflicts">How often they were.</param>
    public Task PauseAfterAsync(int conflicts) => IsShared
        ? Executor.PauseAsync(WaitTimes.PauseAfter(conflicts, Options.BusyTimeout), Stopping)
        : Task.CompletedTask;

    /// <summary>A buffers of a turn for one turn. The one given back last is at hand without a look into the others.</summary>
    public TurnBuffers RentBuffers() =>
        Interlocked.Exchange(ref _spareBuffers, null) ?? (_moreBuffers.TryTake(out var buffers) ? buffers : new TurnBuffers());

    public void ReturnBuffers(TurnBuffers buffers)
    {
        if (Interlocked.CompareExchange(ref _spareBuffers, buffers, null) is not null)
        {
            _moreBuffers.Add(buffers);
        }
    }

    private string NextCommitId() => string.Create(CultureInfo.InvariantCulture, $"{Owner}-{Interlocked.Increment(ref _commits)}");
}
