using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Starts, moves and reads process instances. It knows nothing of users' rights; those are asked in front of it.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Usage", "CA2213:Disposable fields should be disposed", Justification = "Code that was left behind may still ask the token; without a timer there is nothing to dispose of.")]
internal sealed class ProcessHost : IAsyncDisposable
{
    private readonly CancellationTokenSource _shutdown = new();
    private readonly ActiveTurns _turns = new();
    private readonly EngineServices _services;
    private readonly InstanceTable _table;
    private readonly TimerPump _timers;
    private int _isStopping;

    public ProcessHost(WorkflowOptions options)
    {
        _services = new EngineServices(options, _shutdown.Token);
        _table = new InstanceTable(_services);
        _timers = new TimerPump(this, _services, _shutdown.Token);
        _services.TimerArmed = _timers.Wake;
    }

    public Deployments Deployments => _services.Deployments;

    public IProcessStore Store => _services.Options.Store;

    public WorkflowOptions Options => _services.Options;

    public ResolverQuestions Resolver => _services.Resolver;

    /// <summary>Makes a definition known; with the first one the timers begin to run.</summary>
    public void Deploy(ProcessDefinition definition)
    {
        Deployments.Deploy(definition);
        _timers.Start();
    }

    /// <summary>Begins an instance and runs it to its first rest.</summary>
    public async ValueTask<(ProcessInstanceId Id, ProcessInstanceStatus Status)> StartAsync(
        ProcessDefinition definition, string folio, string originator, DataFields fields, CancellationToken cancellation)
    {
        _turns.Begin();
        ProcessInstanceId id;
        try
        {
            id = await Store.ReserveAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            _turns.End();
            throw;
        }

        var process = new ProcessInstance(id, definition.Name, definition.Version, folio, originator, fields, _services.Options.Clock.GetUtcNow());
        var status = await Awaited(StartTurnAsync(process, definition), cancellation).ConfigureAwait(false);
        return (id, status);
    }

    /// <summary>Finishes a server item. When the event's code is just being called, the finish is stored at once and applied later (statement 7.1).</summary>
    /// <returns>Whether it was stored for later, and the refusal if it was not admitted.</returns>
    public ValueTask<(bool IsStored, Refusal? Refusal)> FinishAsync(SerialNumber serial, Command finish, CancellationToken cancellation) =>
        SendAsync(serial.ProcessInstance, finish, serial, cancellation);

    /// <summary>Moves an instance.</summary>
    /// <returns>The refusal if the command was not admitted.</returns>
    public async ValueTask<Refusal?> PostAsync(ProcessInstanceId id, Command command, CancellationToken cancellation) =>
        (await SendAsync(id, command, finished: null, cancellation).ConfigureAwait(false)).Refusal;

    /// <summary>Fires the timers that are due, those included that become due by it.</summary>
    /// <returns>How many were fired.</returns>
    public ValueTask<int> RunDueTimersAsync(CancellationToken cancellation) => _timers.RunDueAsync(cancellation);

    /// <summary>Reads one destination of an instance as it is stored, with what is needed to show it.</summary>
    /// <returns>The destination; null when it is not there any more.</returns>
    public async ValueTask<ActivityInstanceDestination?> ReadAsync(SerialNumber serial, int activityInstance, CancellationToken cancellation)
    {
        var stored = await Store.LoadAsync(serial.ProcessInstance, activityInstance, serial.Destination, cancellation).ConfigureAwait(false);
        return stored is null ? null : InstanceLoader.Load(serial.ProcessInstance, stored, Deployments).Process.FindDestination(serial.Destination);
    }

    /// <summary>Reads an instance as it is stored.</summary>
    /// <returns>The instance, which nobody else holds; null when there is none.</returns>
    /// <exception cref="StoredFormatException">The stored form cannot be read.</exception>
    /// <exception cref="ProcessDefinitionNotFoundException">The definition it runs on is not deployed.</exception>
    public async ValueTask<ProcessInstance?> ReadAsync(ProcessInstanceId id, CancellationToken cancellation)
    {
        var stored = await Store.LoadAsync(id, cancellation).ConfigureAwait(false);
        return stored is null ? null : InstanceLoader.Load(id, stored, Deployments).Process;
    }

    /// <summary>Reads a page of the history of an instance.</summary>
    public async ValueTask<List<JournalEntry>> ReadHistoryAsync(ProcessInstanceId id, long after, int limit, CancellationToken cancellation)
    {
        var entries = new List<JournalEntry>();
        while (entries.Count < limit)
        {
            var known = entries.Count == 0 ? after : entries[^1].Number;
            var pieces = await Store.ReadJournalAsync(id, known, limit, cancellation).ConfigureAwait(false);
            if (pieces.Count == 0)
            {
                break;
            }

            foreach (var piece in pieces)
            {
                entries.AddRange(JournalReader.Read(piece.Content.Span, piece.FirstNumber).Where(entry => entry.Number > known));
            }
        }

        return entries.Count > limit ? entries[..limit] : entries;
    }

    /// <summary>Makes the calls that an earlier engine on the same store left behind. An instance that cannot be taken up is reported, and harms no other.</summary>
    /// <returns>How many instances were taken up.</returns>
    public async ValueTask<int> RecoverAsync(CancellationToken cancellation)
    {
        const int Page = 100;
        var recovered = 0;
        var after = default(ProcessInstanceId);
        while (true)
        {
            var page = await Store.FindPendingAsync(after, Page, cancellation).ConfigureAwait(false);
            foreach (var id in page)
            {
                recovered += await TryRecoverAsync(id, cancellation).ConfigureAwait(false) ? 1 : 0;
            }

            if (page.Count < Page)
            {
                return recovered;
            }

            after = page[^1];
        }
    }

    /// <summary>Takes no further commands, ends the code that runs, and waits until everything that was admitted is stored.</summary>
    public async ValueTask DisposeAsync()
    {
        var ended = _turns.StopAsync();
        if (Interlocked.Exchange(ref _isStopping, 1) == 0)
        {
            await _shutdown.CancelAsync().ConfigureAwait(false);
        }

        await _timers.StopAsync().ConfigureAwait(false);
        await ended.ConfigureAwait(false);
    }

    /// <summary>Sends a command, and once more after each time that it had something to ask first.</summary>
    private async ValueTask<(bool IsStored, Refusal? Refusal)> SendAsync(
        ProcessInstanceId id, Command command, SerialNumber? finished, CancellationToken cancellation)
    {
        CallFrame.Refuse(id);
        while (true)
        {
            _turns.Begin();
            var turn = finished is { } serial ? FinishTurnAsync(serial, command, cancellation) : PostTurnAsync(id, command, cancellation);
            var result = await Awaited(turn, cancellation).ConfigureAwait(false);
            if (result.Refusal is not { Kind: RefusalKind.AskFirst })
            {
                return result;
            }

            await command.AskAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The caller may give up waiting; the turn goes on, and what fails in it then is reported.</summary>
    private ValueTask<T> Awaited<T>(ValueTask<T> turn, CancellationToken cancellation) =>
        turn.IsCompleted || !cancellation.CanBeCanceled ? turn : AbandonableAsync(turn, cancellation);

    private async ValueTask<T> AbandonableAsync<T>(ValueTask<T> turn, CancellationToken cancellation)
    {
        var task = turn.AsTask();
        try
        {
            return await task.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!task.IsCompleted)
        {
            _ = task.ContinueWith(
                (ended, logger) => Log.AbandonedTurnFailed((Microsoft.Extensions.Logging.ILogger)logger!, ended.Exception!),
                _services.Logger,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default);
            throw;
        }
    }

    private async ValueTask<ProcessInstanceStatus> StartTurnAsync(ProcessInstance process, ProcessDefinition definition)
    {
        try
        {
            var runner = _table.TryEnterNew(process.Id) ?? await _table.EnterAsync(process.Id, CancellationToken.None).ConfigureAwait(false);
            try
            {
                return await runner.StartAsync(process, definition).ConfigureAwait(false);
            }
            finally
            {
                _table.Exit(runner);
            }
        }
        finally
        {
            _turns.End();
        }
    }

    private async ValueTask<(bool IsStored, Refusal? Refusal)> FinishTurnAsync(SerialNumber serial, Command finish, CancellationToken cancellation)
    {
        if (_table.Peek(serial.ProcessInstance) is not { } busy)
        {
            return await PostTurnAsync(serial.ProcessInstance, finish, cancellation).ConfigureAwait(false);
        }

        var isHandedOn = false;
        try
        {
            var (wasCalling, refused) = await busy.TryStoreFinishAsync(serial.Destination, finish, cancellation).ConfigureAwait(false);
            if (wasCalling)
            {
                return (refused is null, refused);
            }

            isHandedOn = true;
        }
        finally
        {
            if (!isHandedOn)
            {
                _turns.End();
            }
        }

        return await PostTurnAsync(serial.ProcessInstance, finish, cancellation).ConfigureAwait(false);
    }

    private async ValueTask<(bool IsStored, Refusal? Refusal)> PostTurnAsync(ProcessInstanceId id, Command command, CancellationToken cancellation)
    {
        try
        {
            var runner = await _table.EnterAsync(id, cancellation).ConfigureAwait(false);
            try
            {
                return await runner.PostAsync(command).ConfigureAwait(false);
            }
            finally
            {
                _table.Exit(runner);
            }
        }
        finally
        {
            _turns.End();
        }
    }

    private async ValueTask<bool> TryRecoverAsync(ProcessInstanceId id, CancellationToken cancellation)
    {
        CallFrame.Refuse(id);
        _turns.Begin();
        try
        {
            var runner = await _table.EnterAsync(id, cancellation).ConfigureAwait(false);
            try
            {
                await runner.RecoverAsync().ConfigureAwait(false);
                return true;
            }
            finally
            {
                _table.Exit(runner);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever is wrong with one instance is reported and harms no other.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.NotRecovered(_services.Logger, id.Value, exception);
            return false;
        }
        finally
        {
            _turns.End();
        }
    }
}
