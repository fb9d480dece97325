using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Workflow.Core.Calendars;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime.Execution;

namespace Workflow.Core.Runtime;

/// <summary>How an engine works. Everything has a default: without any option, instances live in memory.</summary>
public sealed class WorkflowOptions
{
    /// <summary>The resolver of a host that sets none. Nobody is known to it, unless the host adds somebody.</summary>
    private readonly StaticDestinations _unset = new();

    private ImmutableList<IProcessStore> _ownStores = [];

    /// <summary>Options with their defaults.</summary>
    public WorkflowOptions() => DestinationResolver = _unset;

    /// <summary>Where process instances are kept; in memory unless set. Two engines may use one store one after the other.</summary>
    public IProcessStore Store { get; set; } = new InMemoryProcessStore(keyPart: Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));

    /// <summary>Where the engine reads the time (statement 14.1).</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>The loggers for conditions that need an operator's attention: stalls, failed events, instances that cannot be read.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>The number of activities that an instance may enter before it must wait for something outside. Beyond it, the instance goes into Error, because
    /// it most likely runs in a circle (statement 10.7). 10,000 unless set; at least 1.</summary>
    public int AutomaticStepLimit { get; set; } = 10_000;

    /// <summary>How deep sub-processes may start sub-processes of their own, for example a process that starts itself. The event that would start one more
    /// fails (statement 7.12). 16 unless set; from 0, which allows none, to 1,000.</summary>
    public int SubProcessDepthLimit { get; set; } = 16;

    /// <summary>How long the code of a server event or an escalation may take, whether it awaits or blocks. After that the call has failed, as if it had thrown
    /// (statement 14.7b). Pure code must not block. Five minutes unless set; at most 49 days, or <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</summary>
    public TimeSpan ServerEventTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Where the engine draws the jitter of retry policies, one number for each call of code that has failed (statement 13.2).
    /// <see cref="System.Random.Shared"/> unless set. The engine holds a lock on it while it draws.</summary>
    public Random Random { get; set; } = Random.Shared;

    /// <summary>The time that running code has after the engine is stopped, before it is cancelled (statement 14.5). No time unless set; at
    /// most 49 days.</summary>
    public TimeSpan StopTimeout { get; set; }

    /// <summary>The resolver that says who belongs to roles and groups. Without one, every role and group is unknown. A definition that names one is then
    /// deployed with the finding <see cref="FindingIds.NoResolver"/>.</summary>
    public IDestinationResolver DestinationResolver { get; set; }

    /// <summary>The services of the host, for classes that definitions name as code, and for a resolver that is made for each question (statement 7.1b). Null
    /// unless set. <c>AddWorkflowEngine</c> sets those of its container.</summary>
    public IServiceProvider? Services
    {
        get;
        set => (field, Registered) = (value, null);
    }

    /// <summary>The working hours that start rules and escalations name. The host may replace them while the engine runs. An instant that is worked out does
    /// not move (statement 5.9).</summary>
    public WorkingHoursTable WorkingHours { get; private set; } = [];

    /// <summary>Code of the host that gives working hours which definitions name and <see cref="WorkingHours"/> does not have; null for those that it does not
    /// know either. It is asked when a definition is deployed, and before an instance of it is moved, if the answer is older than
    /// <see cref="WorkingHoursInterval"/>. Null unless set (statement 5.5e).</summary>
    public Func<string, CancellationToken, ValueTask<WorkingHours?>>? WorkingHoursSource { get; set; }

    /// <summary>How old an answer of <see cref="WorkingHoursSource"/> may be before it is asked again. An hour unless set; positive.</summary>
    public TimeSpan WorkingHoursInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long the resolver, or the source of working hours, may take to answer; then what needs the answer fails. 30 seconds unless set; at most 49
    /// days, or <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</summary>
    public TimeSpan ResolverTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The interval at which the engine asks again who belongs to a role (statements 4.8, 4.9 and 4.12). It asks if an activity follows its roles or
    /// waits for a member. Ten minutes unless set; positive, at most 49 days.</summary>
    public TimeSpan RoleInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether the engine does background work by itself: due timers and, on a shared store, calls that other engines have left behind. True unless
    /// set. A host that sets it to false calls <c>WorkflowEngine.RunDueTimersAsync</c> and <c>WorkflowEngine.RecoverAsync</c> itself, as tests do.</summary>
    public bool TakesUpWork { get; set; } = true;

    /// <summary>The longest interval between searches for work, on a store that others use too. The engine's knowledge of the default versions may be as old.
    /// One second unless set; positive, at most 15 seconds.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The time that a command waits for an instance on which another engine works, and in all between repetitions when others were faster (statement
    /// 14.3). A minute unless set; zero or more, at most 49 days.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many slots or destinations an activity may plan, and how many members the resolver may name for it (statement 4.4). More put the instance
    /// into Error. A fixed number above it is refused when deployed. 1,000 unless set; at least 1.</summary>
    public int SlotLimit { get; set; } = 1_000;

    /// <summary>How many destinations may be active at once in one instance, in all its activities, including those that follow roles. More put it into Error
    /// (statement 14.8). 2,000 unless set; at least 1.</summary>
    public int DestinationLimit { get; set; } = 2_000;

    /// <summary>How many facts the history of an instance may hold; then it goes into Error with the next activity that it would enter (statement 10.7). 50,000
    /// unless set; at least 1.</summary>
    public long HistoryLimit { get; set; } = 50_000;

    /// <summary>The number of bytes that one commit may store of an instance's state, and that it may add to its history. A larger command is refused
    /// (statement 14.8). 4 MiB unless set; at least 1 KiB.</summary>
    public int StateLimit { get; set; } = 4 * 1024 * 1024;

    /// <summary>The number of instances that the engine may keep in memory, so that it need not load them for every command. It keeps as many of the tasks that
    /// were listed last. 1,000 unless set; zero loads every time.</summary>
    public int ResidentInstances { get; set; } = 1_000;

    /// <summary>How much news may wait for one watcher of <c>WorkflowEngine.WatchAsync</c>. A watcher who is slower loses later news, and is told to look anew
    /// (statement 13.12). 1,000 unless set; at least 1.</summary>
    public int NewsLimit { get; set; } = 1_000;

    /// <summary>Whether the store keeps the news of each commit for some minutes, so that other engines on it tell their hosts with their next search for work
    /// (statement 13.12). It also tells what is committed in transactions of the host. It costs a row for each commit, and a question with each search. Set it
    /// on all engines of a store. False unless set; on a store that nobody shares it changes nothing.</summary>
    public bool TellsOtherHosts { get; set; }

    /// <summary>The ids of <see cref="FindingIds"/> that the host refuses. A definition with such a finding is not deployed (statement 13.4). None unless
    /// set.</summary>
    public IReadOnlyCollection<string> RefusedFindings { get; set; } = [];

    /// <summary>The ids of <see cref="FindingIds"/> whose findings are neither returned nor logged (statement 13.4). One that is refused as well is refused.
    /// None unless set.</summary>
    public IReadOnlyCollection<string> SilencedFindings { get; set; } = [];

    /// <summary>Wraps the code of every server event and escalation. It gets the context and the code. It can call the code, act before and after it, or
    /// replace it. Null unless set.</summary>
    public CodeInterceptor? CodeInterceptor { get; set; }

    /// <summary>The registrations from which the services were made; null when the engine does not know them.</summary>
    internal IServiceCollection? Registered { get; private set; }

    /// <summary>The executor of the engine; null for the threads of the host.</summary>
    internal Executor? Executor { get; set; }

    /// <summary>Names an owner of instances: the engine, and each transaction of the host that it works in. The name is never given twice. By chance unless
    /// set.</summary>
    internal Func<string> NewOwner { get; set; } = static () => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Whether there is no resolver, so that no role, group or question is known.</summary>
    internal bool HasNoResolver => ReferenceEquals(DestinationResolver, _unset) && _unset.IsEmpty;

    /// <summary>Keeps process instances in a store that is the engine's own. If the store can be disposed of, the engine does so when it has stopped, or when
    /// the engine cannot be made.</summary>
    /// <param name="store">The store; a host that makes and disposes of it itself sets <see cref="Store"/>.</param>
    public void UseOwnStore(IProcessStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _ownStores = _ownStores.Add(store);
        Store = store;
    }

    /// <summary>Has a class of the host made for each question to the resolver, in a new scope of <see cref="Services"/> (statement 4.8b). So it can use
    /// what belongs to a scope, for example a unit of work with the tables of the host.</summary>
    /// <typeparam name="T">The class, or what it is registered as.</typeparam>
    public void ResolveDestinations<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IDestinationResolver => DestinationResolver = new ScopedResolver(CodeClass.Of<T>());

    /// <summary>Takes the services of a container that was made from registrations.</summary>
    internal void Use(IServiceProvider services, IServiceCollection registered) => (Services, Registered) = (services, registered);

    /// <summary>Refuses settings that have no meaning.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Store);
        ArgumentNullException.ThrowIfNull(Clock);
        ArgumentNullException.ThrowIfNull(LoggerFactory);
        ArgumentNullException.ThrowIfNull(Random);
        ArgumentNullException.ThrowIfNull(DestinationResolver);
        FindingIds.Validate(RefusedFindings, nameof(RefusedFindings));
        FindingIds.Validate(SilencedFindings, nameof(SilencedFindings));
        ArgumentOutOfRangeException.ThrowIfLessThan(SlotLimit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(AutomaticStepLimit, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(SubProcessDepthLimit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SubProcessDepthLimit, 1_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(ResidentInstances, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(DestinationLimit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(HistoryLimit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(StateLimit, 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(NewsLimit, 1);
        if (RoleInterval <= TimeSpan.Zero || RoleInterval > Limits.LongestTimeout)
        {
            throw new ArgumentException($"RoleInterval is {RoleInterval}. Set a positive time of at most {Limits.LongestTimeout}.");
        }

        if (WorkingHoursInterval <= TimeSpan.Zero)
        {
            throw new ArgumentException($"WorkingHoursInterval is {WorkingHoursInterval}. Set a positive time.");
        }

        if (PollInterval <= TimeSpan.Zero || PollInterval > TimeSpan.FromSeconds(15))
        {
            throw new ArgumentException($"PollInterval is {PollInterval}. Set a positive time of at most 15 seconds.");
        }

        if (BusyTimeout < TimeSpan.Zero || BusyTimeout > Limits.LongestTimeout)
        {
            throw new ArgumentException($"BusyTimeout is {BusyTimeout}. Set a time of zero or more, at most {Limits.LongestTimeout}.");
        }

        if (StopTimeout < TimeSpan.Zero || StopTimeout > Limits.LongestTimeout)
        {
            throw new ArgumentException($"StopTimeout is {StopTimeout}. Set a time of zero or more, at most {Limits.LongestTimeout}.");
        }

        if (TellsOtherHosts && Store is { IsShared: true, KeepsNews: false })
        {
            throw new ArgumentException(
                $"TellsOtherHosts is set, and {Store.GetType().Name} keeps no news for other hosts. Use a store whose KeepsNews is true, or do not set it.");
        }

        RefuseTimeout(ResolverTimeout, nameof(ResolverTimeout));
        RefuseTimeout(ServerEventTimeout, nameof(ServerEventTimeout));
    }

    /// <summary>Lets go of the stores that are the engine's own.</summary>
    internal async ValueTask DisposeStoresAsync()
    {
        foreach (var store in _ownStores)
        {
            if (store is IAsyncDisposable disposable)
            {
                await disposable.DisposeAsync().ConfigureAwait(false);
            }
            else if (store is IDisposable simple)
            {
                simple.Dispose();
            }
        }
    }

    /// <summary>The same settings; later changes by the host do not reach the engine.</summary>
    internal WorkflowOptions Copy() => (WorkflowOptions)MemberwiseClone();

    /// <summary>The same settings for a store inside a transaction of the host.</summary>
    internal WorkflowOptions Within(IProcessStore store)
    {
        var options = Copy();
        options.Store = store;
        options._ownStores = [];
        options.ResidentInstances = 0;
        options.TakesUpWork = false;
        options.BusyTimeout = TimeSpan.Zero;
        return options;
    }

    /// <summary>The same settings for a store in which nothing is stored. Working hours that are asked for then are forgotten.</summary>
    internal WorkflowOptions Rehearsing(IProcessStore store)
    {
        var options = Within(store);
        options.WorkingHours = WorkingHours.Copy();
        return options;
    }

    private static void RefuseTimeout(TimeSpan timeout, string name)
    {
        if (timeout != Timeout.InfiniteTimeSpan && (timeout <= TimeSpan.Zero || timeout > Limits.LongestTimeout))
        {
            throw new ArgumentException($"{name} is {timeout}. Set a positive time of at most {Limits.LongestTimeout}, or Timeout.InfiniteTimeSpan.");
        }
    }
}
