using System.Runtime.CompilerServices;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Takes the turn of an instance, does what is wanted in it, and gives it back. A shutdown waits for it, and whoever waits in code of another instance is known
/// to wait.</summary>
internal sealed class Turns(EngineServices services, InstanceTable table, ActiveTurns active)
{
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
                await runner.RecoverAsync(work).ConfigureAwait(false);
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

    /// <summary>Admits a command. A finish need not always wait for the turn.</summary>
    public ValueTask<(bool IsStored, Refusal? Refusal)> SendAsync(
        ProcessInstanceId id, Command command, SerialNumber? finished, CancellationToken cancellation)
    {
        active.Begin();
        return finished is { } serial ? FinishAsync(serial, command, cancellation) : PostAsync(id, command, cancellation);
    }

    /// <summary>Begins an instance. Only until it has a number can that be given up.</summary>
    /// <exception cref="ObjectDisposedException">The engine has been stopped.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<(ProcessInstanceId Id, ProcessInstanceStatus Status)> StartAsync(
        ProcessDefinition definition, string folio, string originator, DataFields fields, OnceOnly? once, CancellationToken cancellation)
    {
        active.Begin();
        try
        {
            var id = await services.Options.Store.ReserveAsync(cancellation).ConfigureAwait(false);
            using var wait = services.Waits.Begin(id);
            var process = new ProcessInstance(id, definition.Name, definition.Version, folio, originator, fields, services.Options.Clock.GetUtcNow());
            var runner = table.TryEnterNew(process.Id) ?? await table.EnterAsync(process.Id, CancellationToken.None).ConfigureAwait(false);
            try
            {
                return (id, await runner.StartAsync(process, definition, once).ConfigureAwait(false));
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

    private async ValueTask<(bool IsStored, Refusal? Refusal)> FinishAsync(SerialNumber serial, Command finish, CancellationToken cancellation)
    {
        if (table.Peek(serial.ProcessInstance) is not { } busy)
        {
            return await PostAsync(serial.ProcessInstance, finish, cancellation).ConfigureAwait(false);
        }

        (bool IsStored, Refusal? Refusal)? stored;
        try
        {
            stored = await busy.TryStoreFinishAsync(serial.Destination, finish, cancellation).ConfigureAwait(false);
        }
        catch
        {
            active.End();
            throw;
        }

        if (stored is not { } result)
        {
            return await PostAsync(serial.ProcessInstance, finish, cancellation).ConfigureAwait(false);
        }

        active.End();
        return result;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<(bool IsStored, Refusal? Refusal)> PostAsync(ProcessInstanceId id, Command command, CancellationToken cancellation)
    {
        try
        {
            using var wait = services.Waits.Begin(id);
            var runner = await table.EnterAsync(id, command.Work, cancellation).ConfigureAwait(false);
            try
            {
                return await runner.PostAsync(command).ConfigureAwait(false);
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
}
