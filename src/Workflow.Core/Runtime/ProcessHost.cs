using System.Data.Common;
using System.Runtime.CompilerServices;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Runtime.Execution;

namespace Workflow.Core.Runtime;

/// <summary>Starts, moves and reads process instances. It knows nothing of users' rights; those are asked in front of it.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Usage", "CA2213:Disposable fields should be disposed",
    Justification = "Code that was left behind may still ask the token; without a timer there is nothing to dispose of.")]
internal sealed class ProcessHost : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _shutdown = new();
    private readonly ActiveTurns _active;
    private readonly EngineServices _services;
    private readonly InstanceTable _table;
    private readonly WorkPump _pump;
    private readonly WorkLoop _work;
    private readonly LeaseRenewal _leases;
    private int _isStopping;

    public ProcessHost(WorkflowOptions options)
    {
        var executor = options.Executor ?? new ThreadExecutor(options.Clock);
        _active = new ActiveTurns(executor);
        _services = new EngineServices(options, executor, _stopping.Token, _shutdown.Token);
        _table = new InstanceTable(_services);
        Turns = new Turns(_services, _table, _active);
        _pump = new WorkPump(this, _services);
        _work = new WorkLoop(_pump, _services);
        _leases = new LeaseRenewal(_services, _active);
        Listed = new ListedTasks(options.ResidentInstances);
        _services.WorkAppeared = _work.Wake;
        _services.TimerArmed = _work.WakeBefore;
        _services.Roles.PostAsync = _services.Holders.PostAsync = Turns.SendAsync;
        _services.Roles.IsWorking = _services.Holders.IsWorking = _services.Messages.IsWorking = () => _work.IsRunning;
    }

    /// <summary>The same host on another view of its store. It stops with the other one, and has no work of its own.</summary>
    private ProcessHost(ProcessHost outside, EngineServices services, Rehearsals? rehearsals = null)
    {
        _active = outside._active;
        _services = services;
        _table = new InstanceTable(_services);
        Turns = new Turns(_services, _table, _active) { Rehearsals = rehearsals };
        _pump = outside._pump;
        _work = outside._work;
        _leases = outside._leases;
        Listed = new ListedTasks(most: 0);
    }

    /// <summary>Carries out commands.</summary>
    public Turns Turns { get; }

    /// <summary>The tasks that were listed last.</summary>
    public ListedTasks Listed { get; }

    public Deployments Deployments => _services.Deployments;

    /// <summary>Lets a caller give up waiting for something that goes on.</summary>
    public ValueTask<T> WaitAsync<T>(ValueTask<T> under, CancellationToken cancellation) => WaitTimes.WaitAsync(under, _services.Logger, cancellation);

    public ProcessReader Reader => new(Store, Deployments, Unreadable);

    /// <summary>The store, for callers; work that goes on while the engine stops has it from the options.</summary>
    /// <exception cref="ObjectDisposedException">The engine has been stopped.</exception>
    public IProcessStore Store
    {
        get
        {
            RefuseWhenStopped();
            return Options.Store;
        }
    }

    public WorkflowOptions Options => _services.Options;

    /// <summary>The executor of the engine.</summary>
    public Executor Executor => _services.Executor;

    /// <summary>The resolver, for callers.</summary>
    /// <exception cref="ObjectDisposedException">The engine has been stopped.</exception>
    public ResolverQuestions Resolver
    {
        get
        {
            RefuseWhenStopped();
            return _services.Resolver;
        }
    }

    /// <summary>Makes definitions known, after the store has kept them; with the first the timers begin to run.</summary>
    /// <param name="definitions">The definitions.</param>
    /// <param name="refusals">For each of them why it is refused unless the store keeps it already: instances may run in it. Null for nothing.</param>
    /// <param name="becomesDefault">Whether a new one becomes the default.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public async ValueTask<IReadOnlyList<StoredDefinition>> DeployAsync(
        IReadOnlyList<ProcessDefinition> definitions, IReadOnlyList<ProcessDefinitionException?> refusals, bool becomesDefault, CancellationToken cancellation)
    {
        var check = new CodeClassCheck(Options.Services, Options.Registered);
        foreach (var definition in definitions)
        {
            await check.RequireAsync(definition).ConfigureAwait(false);
        }

        var kept = await new DefinitionPins(Store, Deployments).DeployAsync(definitions, refusals, becomesDefault, cancellation).ConfigureAwait(false);
        _work.Start();
        _leases.Start();
        _services.Messages.TryAgain();
        _work.Wake();
        return kept;
    }

    /// <summary>Asks for the working hours that definitions need, before they are judged.</summary>
    public async ValueTask AskForHoursAsync(IReadOnlyList<ProcessDefinition> definitions, CancellationToken cancellation)
    {
        foreach (var definition in definitions)
        {
            await _services.Hours.AskAsync(definition, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Sees to it that the hours of a calendar are those that the host has now.</summary>
    /// <exception cref="Calendars.CalendarException">There are none.</exception>
    /// <exception cref="ObjectDisposedException">The engine has been stopped.</exception>
    public ValueTask RefreshHoursAsync(string calendar, CancellationToken cancellation)
    {
        RefuseWhenStopped();
        return _services.Hours.AskAnewAsync(calendar, cancellation);
    }

    /// <summary>Nothing can be asked of an engine that has been stopped, whatever the answer would be.</summary>
    /// <exception cref="ObjectDisposedException">The engine has been stopped.</exception>
    public void RefuseWhenStopped() => _active.RefuseWhenStopped();

    /// <summary>Logs what may run in definitions and is most likely not meant (statement 13.4).</summary>
    public void Report(IReadOnlyList<ProcessDefinition> definitions, IReadOnlyList<IReadOnlyList<Finding>> findings)
    {
        foreach (var (definition, found) in definitions.Zip(findings))
        {
            foreach (var finding in found)
            {
                DefinitionLog.Write(_services.Logger, definition, finding);
            }
        }
    }

    /// <summary>Logs which substitutes of a user are called like a role or group: whether there are users of these names, only the host knows.</summary>
    public void WarnOfNamesOfRoles(string user, IReadOnlyList<string> substitutes)
    {
        foreach (var substitute in substitutes.Distinct(NameComparer.Default))
        {
            if (Deployments.FindThatNamesRole(substitute) is { } definition)
            {
                DefinitionLog.SharedWithNameOfRole(_services.Logger, user, substitute, definition.Name, definition.Version);
            }
        }
    }

    public UnreadableInstances Unreadable => _services.Unreadable;

    /// <summary>Asks, beside the commands, whether those who hold slots of a task still belong to the roles through which they do.</summary>
    public async ValueTask AskForHoldersAsync(ActivityInstanceDestination task, CancellationToken cancellation) =>
        _services.Holders.Enqueue(await WithSharersAsync(task, cancellation).ConfigureAwait(false), _services.AskFrom);

    /// <summary>Releases the slots of those who have left the role; inside a transaction of the host, with it.</summary>
    /// <returns>Whether there were any.</returns>
    public async ValueTask<bool> ReleaseLeaversAsync(ActivityInstanceDestination task, CancellationToken cancellation) =>
        await _services.Holders.ReleaseAsync(await WithSharersAsync(task, cancellation).ConfigureAwait(false), Turns.SendAsync).ConfigureAwait(false);

    /// <summary>Tells what commits change, from the moment at which it is asked for first.</summary>
    /// <exception cref="ObjectDisposedException">The engine has been stopped.</exception>
    public IAsyncEnumerable<ProcessNews> WatchAsync(CancellationToken cancellation)
    {
        RefuseWhenStopped();
        return _services.News.WatchAsync(cancellation);
    }

    public void Wake() => _work.Wake();

    /// <summary>Works inside a transaction of the caller (statement 13.6).</summary>
    public ProcessHost Within(DbTransaction transaction) => new(this, _services.Within(Store.Within(transaction)));

    /// <summary>The same host, to ask what it would admit: it decides each command on a copy, and nothing is stored (statement 14.7e). For one question, and
    /// one caller.</summary>
    public ProcessHost Rehearsing()
    {
        var services = _services.Rehearsing(new RehearsalStore(Store));
        return new ProcessHost(this, services, new Rehearsals(services));
    }

    public Task RunAsync(CancellationToken stopping) => _work.RunAsync(stopping);

    /// <summary>Begins an instance and runs it to its first rest.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<(ProcessInstanceId Id, ProcessInstanceStatus Status)> StartAsync(
        ProcessDefinition definition, string folio, string? attached, string originator, DataFields fields, OnceOnly? once, CancellationToken cancellation)
    {
        if (once is not null && await once.FindStartedAsync(Reader, Store, cancellation).ConfigureAwait(false) is { } known)
        {
            return known;
        }

        await _services.Executor.LeaveCallerAsync();
        try
        {
            var turn = Turns.StartAsync(definition, folio, attached, originator, fields, once, cancellation);
            return await WaitTimes.WaitAsync(turn, _services.Logger, cancellation).ConfigureAwait(false);
        }
        catch (ConcurrencyException) when (once is not null)
        {
            // Somebody else was faster under the same key.
            if (await once.FindStartedAsync(Reader, Store, cancellation).ConfigureAwait(false) is { } started)
            {
                return started;
            }

            throw;
        }
    }

    public async ValueTask<int> RunDueTimersAsync(CancellationToken cancellation)
    {
        await _services.Executor.LeaveCallerAsync();
        var fired = await new DueTimers(this, _services).RunAsync(cancellation).ConfigureAwait(false);
        await _services.Roles.AskDueAsync(cancellation).ConfigureAwait(false);
        await _services.Holders.AskDueAsync(cancellation).ConfigureAwait(false);
        await _services.OtherNews.LookToTheEndAsync(cancellation).ConfigureAwait(false);
        return fired;
    }

    /// <summary>Delivers the messages between parents and sub-processes that are in the store.</summary>
    public async ValueTask<int> DeliverAsync(CancellationToken cancellation)
    {
        await _services.Executor.LeaveCallerAsync();
        return await new MessageDelivery(this, _services).RunAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Whether a parent has asked for a sub-process on a version, and that has not been started yet.</summary>
    public async ValueTask<bool> IsToStartAsync(string definition, int version, CancellationToken cancellation)
    {
        var waiting = await _services.Messages.FindStoredAsync(cancellation).ConfigureAwait(false);
        return waiting.Any(message => message.Message is FamilyMessage.Started { Start: var start }
            && start.DefinitionVersion == version && string.Equals(start.Definition, definition, StringComparison.Ordinal));
    }

    /// <summary>Takes up the calls that an earlier engine on the same store left behind.</summary>
    public async ValueTask<int> RecoverAsync(CancellationToken cancellation)
    {
        await _services.Executor.LeaveCallerAsync();
        return await new Recovery(this, _services, _pump, _work.IsRunning).RunAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Whether something is under way for an instance, or waits to be.</summary>
    public bool IsBusy(ProcessInstanceId id) => _table.IsBusy(id);

    /// <summary>Whether an instance need not be loaded. It may be forgotten in the next moment.</summary>
    public bool IsInMemory(ProcessInstanceId id) => _table.Peek(id) is { IsLoaded: true };

    /// <summary>Takes no further commands, begins nothing new, and ends the code that runs. It waits until everything that was admitted is stored and the
    /// search for work has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        var told = _services.Executor.CancelAsync(_stopping);
        var ended = _active.StopAsync();
        await told.ConfigureAwait(false);
        if (Interlocked.Exchange(ref _isStopping, 1) == 0)
        {
            await WaitTimes.WaitAsync(ended, Options.StopTimeout, _services.Executor).ConfigureAwait(false);

            // Code of the host may throw when it is told to end; that must not keep the rest from being stored.
            await _services.Executor.CancelAsync(_shutdown).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        try
        {
            await _work.StopAsync().ConfigureAwait(false);
            await ended.ConfigureAwait(false);
            await _services.Roles.WaitForEndAsync().ConfigureAwait(false);
            await _services.Holders.WaitForEndAsync().ConfigureAwait(false);
            await _leases.StopAsync().ConfigureAwait(false);
        }
        finally
        {
            _services.News.End();
        }
    }

    /// <summary>A task was read alone. Tasks that share their slots are needed together (statement 4.6).</summary>
    private async ValueTask<ActivityInstanceDestination> WithSharersAsync(ActivityInstanceDestination task, CancellationToken cancellation) =>
        task.Activity.SharesSlots && await Reader.ReadAsync(task.Serial.ProcessInstance, cancellation).ConfigureAwait(false) is { } process
            ? process.FindDestination(task.Serial.Destination) ?? task
            : task;
}
