using System.Runtime.CompilerServices;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Carries out commands: each once under its idempotency key, with its questions asked outside of the turn, in the turn of its instance. A shutdown
/// waits for turns, and waits in code of another instance are recorded.</summary>
internal sealed class Turns(EngineServices services, InstanceTable table, ActiveTurns active)
{
    /// <summary>Decides commands in place of carrying them out; null where they are carried out.</summary>
    public Rehearsals? Rehearsals { private get; init; }

    /// <summary>Makes the calls that were planned in an instance when it was stored.</summary>
    public async ValueTask TakeUpAsync(ProcessInstanceId id, BackgroundWork? work, CancellationToken cancellation)
    {
        CallFrame.Refuse(id, services.Waits);
        active.Begin();
        try
        {
            using var wait = services.Waits.Begin(id);
            var runner = await table.EnterAsync(id, work, cancellation).ConfigureAwait(false);
            try
            {
                await runner.OwnAsync(command: null, work).ConfigureAwait(false);
            }
            finally
            {
                table.Exit(runner);
            }
        }
        finally
        {
            active.End();
        }
    }

    /// <summary>Carries out a command, unless it was carried out before under its idempotency key (statement 13.7).
    /// It is sent once more after each time that it had something to ask first.</summary>
    /// <exception cref="ObjectDisposedException">The engine has been stopped.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<CommandResult> SendAsync(Command command, CancellationToken cancellation)
    {
        await services.Executor.LeaveCallerAsync();
        if (command.Once is not null && await FindDoneAsync(command.Once, cancellation).ConfigureAwait(false) is { } done)
        {
            return done;
        }

        CallFrame.Refuse(command.Instance, services.Waits);
        try
        {
            while (true)
            {
                var result = await WaitTimes.WaitAsync(CarryOutAsync(command, cancellation), services.Logger, cancellation).ConfigureAwait(false);
                if (result.Refusal is { Kind: RefusalKind.AskFirst })
                {
                    await AskFirstAsync(command, result.Refusal, cancellation).ConfigureAwait(false);
                    continue;
                }

                // The refusal may come from the command having been carried out meanwhile.
                return result.Refusal is not null && command.Once is not null
                    && await FindDoneAsync(command.Once, cancellation).ConfigureAwait(false) is { } before
                    ? before
                    : result;
            }
        }
        catch (ConcurrencyException) when (command.Once is not null)
        {
            // Somebody else was faster under the same key.
            if (await FindDoneAsync(command.Once, cancellation).ConfigureAwait(false) is { } meanwhile)
            {
                return meanwhile;
            }

            throw;
        }
    }

    /// <summary>Finds out what a command would do, on a copy of its instance. Nothing is stored, nobody waits for it, and its idempotency key is not looked at
    /// (statement 13.9).</summary>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="ObjectDisposedException">The engine has been stopped.</exception>
    public async ValueTask<Rehearsed> RehearseAsync(Command command, CancellationToken cancellation)
    {
        await services.Executor.LeaveCallerAsync();
        CallFrame.Refuse(command.Instance, services.Waits);
        while (true)
        {
            var rehearsed = await WaitTimes.WaitAsync(RehearseOnceAsync(command), services.Logger, cancellation).ConfigureAwait(false);
            if (rehearsed.Refusal is not { Kind: RefusalKind.AskFirst } question)
            {
                return rehearsed;
            }

            await AskFirstAsync(command, question, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Begins an instance. Only until it has a number can that be given up.</summary>
    /// <exception cref="ProcessNotStartedException">The start rule did not let it start.</exception>
    /// <exception cref="ObjectDisposedException">The engine has been stopped.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<(ProcessInstanceId Id, ProcessInstanceStatus Status)> StartAsync(
        ProcessDefinition definition, string folio, string? attached, string originator, DataFields fields, OnceOnly? once, CancellationToken cancellation)
    {
        active.Begin();
        try
        {
            if (services.Hours.AreDue(definition))
            {
                await services.Hours.AskAsync(definition, cancellation).ConfigureAwait(false);
            }

            // The start rule is asked first, so that a refused start uses up no number. The instance is started at the instant of the question.
            DateTimeOffset? askedAt = definition.StartRule is null ? null : services.Options.Clock.GetUtcNow();
            var started = askedAt is { } instant
                ? StartQuestion.Ask(definition, folio, attached, originator, fields, instant, services.Options.WorkingHours)
                : Input.ProcessStarted.AtOnce;

            if (Rehearsals is not null)
            {
                return (default, Rehearsals.Start(definition, folio, attached, originator, fields, started, askedAt ?? services.Options.Clock.GetUtcNow()));
            }

            var id = await services.Options.Store.ReserveAsync(cancellation).ConfigureAwait(false);
            using var wait = services.Waits.Begin(id);
            var now = askedAt ?? services.Options.Clock.GetUtcNow();
            var process = new ProcessInstance(id, definition.Name, definition.Version, folio, originator, fields, now, attached);
            var runner = table.TryEnterNew(process.Id) ?? await table.EnterAsync(process.Id, CancellationToken.None).ConfigureAwait(false);
            try
            {
                return (id, await runner.StartAsync(process, definition, started, once).ConfigureAwait(false));
            }
            finally
            {
                table.Exit(runner);
            }
        }
        finally
        {
            active.End();
        }
    }

    /// <summary>Begins an instance as a sub-process, and receives the message that says so.</summary>
    /// <returns>False when this engine works on an instance of that number already.</returns>
    /// <exception cref="ConcurrencyException">There is such an instance, or the message was received by another engine.</exception>
    /// <exception cref="ObjectDisposedException">The engine has been stopped.</exception>
    public async ValueTask<bool> TryStartAsync(FamilyMessage.Started message, ProcessDefinition definition, BackgroundWork? work)
    {
        await services.Executor.LeaveCallerAsync();
        active.Begin();
        try
        {
            if (services.Hours.AreDue(definition))
            {
                await services.Hours.AskAsync(definition, services.Shutdown).ConfigureAwait(false);
            }

            var start = message.Start;
            using var wait = services.Waits.Begin(message.To);
            var process = new ProcessInstance(
                message.To, definition.Name, definition.Version, start.Folio, start.Originator, StartFields.Of(definition, start.Fields),
                services.Options.Clock.GetUtcNow(), start.AttachedText);
            if (table.TryEnterNew(process.Id) is not { } runner)
            {
                return false;
            }

            try
            {
                var started = new Input.ProcessStarted(start.DueAt) { Message = message };
                await runner.StartAsync(process, definition, started, once: null, work).ConfigureAwait(false);
                return true;
            }
            finally
            {
                table.Exit(runner);
            }
        }
        finally
        {
            active.End();
        }
    }

    /// <summary>Waits for the turn. An administrator waits for the end of the call that is under way, and not for those behind it.</summary>
    private ValueTask<InstanceRunner> EnterAsync(Command command, CancellationToken cancellation) =>
        command.ComesBetweenCalls && table.Peek(command.Instance) is { } busy
            ? EnterBetweenCallsAsync(command, busy, cancellation)
            : table.EnterAsync(command.Instance, command.Work, cancellation);

    private async ValueTask<InstanceRunner> EnterBetweenCallsAsync(Command command, InstanceRunner busy, CancellationToken cancellation)
    {
        busy.WantBreak();
        try
        {
            return await table.EnterAsync(command.Instance, command.Work, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The turn may have left its calls to a command that does not come any more.
            _ = services.Executor.Begin(() => GoOnAsync(command.Instance));
            throw;
        }
        finally
        {
            busy.EndBreak();
        }
    }

    /// <summary>Makes the calls that a turn of this engine has left.</summary>
    private async Task GoOnAsync(ProcessInstanceId id)
    {
        try
        {
            await TakeUpAsync(id, work: null, CancellationToken.None).ConfigureAwait(false);
            services.LeftBehind.Remove(id);
        }
        catch (ObjectDisposedException) when (services.Stopping.IsCancellationRequested)
        {
            return;
        }
#pragma warning disable CA1031 // Nobody waits for it, and it stays on the list of what is left.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.NotRecovered(services.Logger, id.Value, exception);
        }
    }

    /// <summary>Takes the turn of the instance. A finish need not always wait for it.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<CommandResult> CarryOutAsync(Command command, CancellationToken cancellation)
    {
        active.Begin();
        try
        {
            if (Rehearsals is not null)
            {
                return await Rehearsals.DecideAsync(command).ConfigureAwait(false);
            }

            if (command.FinishedDestination != 0
                && table.Peek(command.Instance) is { } busy
                && await busy.TryStoreFinishAsync(command, cancellation).ConfigureAwait(false) is { } stored)
            {
                return stored;
            }

            using var wait = services.Waits.Begin(command.Instance);
            var runner = await EnterAsync(command, cancellation).ConfigureAwait(false);
            try
            {
                return await runner.OwnAsync(command, command.Work).ConfigureAwait(false);
            }
            finally
            {
                table.Exit(runner);
            }
        }
        finally
        {
            active.End();
        }
    }

    private async ValueTask<Rehearsed> RehearseOnceAsync(Command command)
    {
        active.Begin();
        try
        {
            return await Rehearsal.RunAsync(services, command).ConfigureAwait(false);
        }
        finally
        {
            active.End();
        }
    }

    private async ValueTask AskFirstAsync(Command command, Refusal refusal, CancellationToken cancellation)
    {
        if (refusal.HoursOf is not { } definition)
        {
            CallFrame.Ask(command.AskedAbout);
            await command.AskAsync(cancellation).ConfigureAwait(false);
            return;
        }

        command.HasAskedForHours = true;
        await services.Hours.AskAsync(definition, cancellation).ConfigureAwait(false);
    }

    private async ValueTask<CommandResult?> FindDoneAsync(OnceOnly once, CancellationToken cancellation) =>
        await once.FindAsync(services.Options.Store, cancellation).ConfigureAwait(false) is { } done ? new CommandResult(done.Effect, null) : null;
}
