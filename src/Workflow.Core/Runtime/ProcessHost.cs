using System.Data.Common;
using System.Runtime.CompilerServices;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Starts, moves and reads process instances. It knows nothing of users' rights; those are asked in front of it.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Usage", "CA2213:Disposable fields should be disposed", Justification = "Code that was left behind may still ask the token; without a timer there is nothing to dispose of.")]
internal sealed class ProcessHost : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _shutdown = new();
    private readonly ActiveTurns _active;
    private readonly EngineServices _services;
    private readonly InstanceTable _table;
    private readonly Turns _turns;
    private readonly WorkPump _work;
    private readonly LeaseRenewal _leases;
    private int _isStopping;

    public ProcessHost(WorkflowOptions options)
    {
        _active = new ActiveTurns();
        _services = new EngineServices(options, _stopping.Token, _shutdown.Token);
        _table = new InstanceTable(_services);
        _turns = new Turns(_services, _table, _active);
        _work = new WorkPump(this, _services);
        _leases = new LeaseRenewal(_services, _active);
        _services.WorkAppeared = _work.Wake;
        _services.Roles.PostAsync = _services.Holders.PostAsync = PostAsync;
        _services.Roles.IsWorking = _services.Holders.IsWorking = () => _work.IsRunning;
    }

    /// <summary>The same host inside a transaction. It stops with the other one, and has no work of its own.</summary>
    private ProcessHost(ProcessHost outside, IProcessStore store)
    {
        _active = outside._active;
        _services = outside._services.Within(store);
        _table = new InstanceTable(_services);
        _turns = new Turns(_services, _table, _active);
        _work = new WorkPump(this, _services);
        _leases = outside._leases;
    }

    public Deployments Deployments => _services.Deployments;

    public ProcessReader Reader => new(Store, Deployments);

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
    /// <param name="cancellation">Gives up.</param>
    public async ValueTask<IReadOnlyList<StoredDefinition>> DeployAsync(
        IReadOnlyList<ProcessDefinition> definitions, IReadOnlyList<ProcessDefinitionException?> refusals, bool becomesDefault, CancellationToken cancellation)
    {
        var kept = await new DefinitionPins(Store, Deployments).DeployAsync(definitions, refusals, becomesDefault, cancellation).ConfigureAwait(false);
        _work.Start();
        _leases.Start();
        return kept;
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
        _services.Holders.Ask(await WithSharersAsync(task, cancellation).ConfigureAwait(false), _services.AskFrom);

    /// <summary>Releases the slots of those who have left the role; inside a transaction of the host, with it.</summary>
    /// <returns>Whether there were any.</returns>
    public async ValueTask<bool> ReleaseLeaversAsync(ActivityInstanceDestination task, CancellationToken cancellation) =>
        await _services.Holders.ReleaseAsync(await WithSharersAsync(task, cancellation).ConfigureAwait(false), PostAsync).ConfigureAwait(false);

    public void Wake() => _work.Wake();

    /// <summary>Works inside a transaction of the caller (statement 13.6).</summary>
    public ProcessHost Within(DbTransaction transaction) => new(this, Store.Within(transaction));

    public Task RunAsync(CancellationToken stopping) => _work.RunAsync(stopping);

    /// <summary>Begins an instance and runs it to its first rest.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<(ProcessInstanceId Id, ProcessInstanceStatus Status)> StartAsync(
        ProcessDefinition definition, string folio, string originator, DataFields fields, OnceOnly? once, CancellationToken cancellation)
    {
        if (once is not null && await once.FindStartedAsync(Reader, Store, cancellation).ConfigureAwait(false) is { } known)
        {
            return known;
        }

        await CallerContext.LeaveAsync();
        try
        {
            var turn = _turns.StartAsync(definition, folio, originator, fields, once, cancellation);
            return await Patience.WaitAsync(turn, _services.Logger, cancellation).ConfigureAwait(false);
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

    /// <summary>Finishes a server item. When the event's code is just being called, the finish is stored at once and applied later (statement 7.1).</summary>
    public ValueTask<(bool IsStored, Refusal? Refusal)> FinishAsync(SerialNumber serial, Command finish, CancellationToken cancellation) =>
        SendAsync(serial.ProcessInstance, finish, serial, cancellation);

    /// <summary>Moves an instance.</summary>
    public ValueTask<(bool IsStored, Refusal? Refusal)> PostAsync(ProcessInstanceId id, Command command, CancellationToken cancellation) =>
        SendAsync(id, command, finished: null, cancellation);

    public async ValueTask<int> RunDueTimersAsync(CancellationToken cancellation)
    {
        await CallerContext.LeaveAsync();
        var fired = await new DueTimers(this, _services).RunAsync(cancellation).ConfigureAwait(false);
        await _services.Roles.AskDueAsync(cancellation).ConfigureAwait(false);
        await _services.Holders.AskDueAsync(cancellation).ConfigureAwait(false);
        return fired;
    }

    /// <summary>Takes up the calls that an earlier engine on the same store left behind.</summary>
    public async ValueTask<int> RecoverAsync(CancellationToken cancellation)
    {
        await CallerContext.LeaveAsync();
        return await new Recovery(this, _services, _work).RunAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Whether something is under way for an instance, or waits to be.</summary>
    public bool IsBusy(ProcessInstanceId id) => _table.IsBusy(id);

    /// <summary>Makes the calls that were planned in an instance when it was stored.</summary>
    public ValueTask TakeUpAsync(ProcessInstanceId id, BackgroundWork? work, CancellationToken cancellation) => _turns.TakeUpAsync(id, work, cancellation);

    /// <summary>Takes no further commands and begins nothing new, ends the code that runs, and waits until everything that was admitted is stored and the search
    /// for work has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        var told = _stopping.CancelAsync();
        var ended = _active.StopAsync();
        await told.ConfigureAwait(false);
        if (Interlocked.Exchange(ref _isStopping, 1) == 0)
        {
            await Patience.WaitAsync(ended, Options.StopTimeout, Options.Clock).ConfigureAwait(false);

            // Code of the host may throw when it is told to end; that must not keep the rest from being stored.
            await _shutdown.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _work.StopAsync().ConfigureAwait(false);
        await ended.ConfigureAwait(false);
        await _services.Roles.WaitForEndAsync().ConfigureAwait(false);
        await _services.Holders.WaitForEndAsync().ConfigureAwait(false);
        await _leases.StopAsync().ConfigureAwait(false);
    }

    /// <summary>Sends a command, unless it was carried out before under its idempotency key (statement 13.7).</summary>
    private ValueTask<(bool IsStored, Refusal? Refusal)> SendAsync(
        ProcessInstanceId id, Command command, SerialNumber? finished, CancellationToken cancellation) => CallerContext.IsPresent
        ? SendElsewhereAsync(id, command, finished, cancellation)
        : command.Once is null
            ? SendAnywayAsync(id, command, finished, cancellation)
            : SendOnceAsync(id, command, command.Once, finished, cancellation);

    private async ValueTask<(bool IsStored, Refusal? Refusal)> SendElsewhereAsync(
        ProcessInstanceId id, Command command, SerialNumber? finished, CancellationToken cancellation)
    {
        await CallerContext.LeaveAsync();
        return await SendAsync(id, command, finished, cancellation).ConfigureAwait(false);
    }

    private async ValueTask<(bool IsStored, Refusal? Refusal)> SendOnceAsync(
        ProcessInstanceId id, Command command, OnceOnly once, SerialNumber? finished, CancellationToken cancellation)
    {
        if (await once.FindAsync(Store, cancellation).ConfigureAwait(false) is { } done)
        {
            return (done.IsStored, null);
        }

        try
        {
            var result = await SendAnywayAsync(id, command, finished, cancellation).ConfigureAwait(false);

            // The refusal may come from the command having been carried out meanwhile.
            return result.Refusal is not null && await once.FindAsync(Store, cancellation).ConfigureAwait(false) is { } before ? (before.IsStored, null) : result;
        }
        catch (ConcurrencyException)
        {
            // Somebody else was faster under the same key.
            if (await once.FindAsync(Store, cancellation).ConfigureAwait(false) is { } meanwhile)
            {
                return (meanwhile.IsStored, null);
            }

            throw;
        }
    }

    /// <summary>Sends a command. Most have nothing to ask and are answered at once.</summary>
    private ValueTask<(bool IsStored, Refusal? Refusal)> SendAnywayAsync(
        ProcessInstanceId id, Command command, SerialNumber? finished, CancellationToken cancellation)
    {
        CallFrame.Refuse(id, _services.Waits);
        var turn = _turns.SendAsync(id, command, finished, cancellation);
        if (!turn.IsCompletedSuccessfully)
        {
            return AskAndRepeatAsync(id, command, finished, turn, cancellation);
        }

        var result = turn.Result;
        var answer = new ValueTask<(bool IsStored, Refusal? Refusal)>(result);
        return result.Refusal is { Kind: RefusalKind.AskFirst } ? AskAndRepeatAsync(id, command, finished, answer, cancellation) : answer;
    }

    /// <summary>Sends a command once more after each time that it had something to ask first.</summary>
    private async ValueTask<(bool IsStored, Refusal? Refusal)> AskAndRepeatAsync(
        ProcessInstanceId id, Command command, SerialNumber? finished, ValueTask<(bool IsStored, Refusal? Refusal)> turn, CancellationToken cancellation)
    {
        while (true)
        {
            var result = await Patience.WaitAsync(turn, _services.Logger, cancellation).ConfigureAwait(false);
            if (result.Refusal is not { Kind: RefusalKind.AskFirst })
            {
                return result;
            }

            await command.AskAsync(cancellation).ConfigureAwait(false);
            turn = _turns.SendAsync(id, command, finished, cancellation);
        }
    }

    /// <summary>A task was read alone. Tasks that share their slots are needed together (statement 4.6).</summary>
    private async ValueTask<ActivityInstanceDestination> WithSharersAsync(ActivityInstanceDestination task, CancellationToken cancellation) =>
        task.Activity.SharesSlots && await Reader.ReadAsync(task.Serial.ProcessInstance, cancellation).ConfigureAwait(false) is { } process
            ? process.FindDestination(task.Serial.Destination) ?? task
            : task;
}
