using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Delivers messages between parents and sub-processes: starts what is to start, and tells of what has ended (statements 7.7 and 7.11b). A message
/// goes with the commit of its receiver, so it takes effect once, however often it is delivered.</summary>
internal sealed class MessageDelivery(ProcessHost host, EngineServices services)
{
    /// <summary>Delivers the messages of one receiver, in their order.</summary>
    /// <exception cref="ObjectDisposedException">The engine has stopped; the store has what is left.</exception>
    public async Task DoAsync(List<FamilyMessages.Pending> messages, BackgroundWork work)
    {
        for (var index = 0; index < messages.Count; index++)
        {
            var outcome = await TryAsync(messages[index], work).ConfigureAwait(false);
            if (outcome is Delivery.Done)
            {
                services.Messages.Remove(messages[index]);
                continue;
            }

            // The order counts: what comes after a start is for the instance that it makes.
            services.Messages.PutOff(messages[index], isBusy: outcome is Delivery.Busy);
            messages.GetRange(index + 1, messages.Count - index - 1).ForEach(services.Messages.Leave);
            return;
        }
    }

    /// <summary>Delivers all that is in the store, and what comes of that, one after the other.</summary>
    /// <returns>How many messages were delivered.</returns>
    public async ValueTask<int> RunAsync(CancellationToken cancellation)
    {
        var tried = new HashSet<MessageKey>();
        var delivered = 0;
        while (true)
        {
            var before = tried.Count;
            foreach (var message in await services.Messages.FindStoredAsync(cancellation).ConfigureAwait(false))
            {
                if (tried.Add(message.Key))
                {
                    cancellation.ThrowIfCancellationRequested();
                    delivered += await TryAsync(message, work: null).ConfigureAwait(false) is Delivery.Done ? 1 : 0;
                }
            }

            if (tried.Count == before)
            {
                return delivered;
            }
        }
    }

    private async ValueTask<Delivery> TryAsync(FamilyMessages.Pending message, BackgroundWork? work)
    {
        try
        {
            return message.Message is FamilyMessage.Started started
                ? await StartAsync(message, started, work).ConfigureAwait(false)
                : await TellAsync(message, work).ConfigureAwait(false);
        }
        catch (ProcessDefinitionNotFoundException exception)
        {
            // Another engine has the definition, or this one gets it later.
            if (message.Failures == 0)
            {
                WorkLog.ReceiverNotDeployed(services.Logger, message.Message.To.Value, message.From.Value, exception.Message);
            }

            return Delivery.Failed;
        }
        catch (ProcessInstanceBusyException)
        {
            return Delivery.Busy;
        }
        catch (CommandPartlyStoredException exception)
        {
            WorkLog.PartlyMoved(services.Logger, message.Message.To.Value, exception);
            return Delivery.Done;
        }
        catch (ObjectDisposedException) when (services.Stopping.IsCancellationRequested)
        {
            services.Messages.Leave(message);
            throw;
        }
#pragma warning disable CA1031 // Any failure of one instance is reported and harms no other.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            WorkLog.NotDelivered(services.Logger, message.Message.To.Value, message.From.Value, exception);
            return Delivery.Failed;
        }
    }

    /// <summary>Starts a sub-process. One that cannot exist is a failure of the event that wanted it (statement 7.13).</summary>
    private async ValueTask<Delivery> StartAsync(FamilyMessages.Pending message, FamilyMessage.Started started, BackgroundWork? work)
    {
        if (services.Deployments.FindOrNull(started.Start.Definition, started.Start.DefinitionVersion) is not { } definition)
        {
            var missing = new ProcessDefinitionNotFoundException(started.Start.Definition, started.Start.DefinitionVersion);
            return await IsRemovedAsync(started.Start).ConfigureAwait(false)
                ? await RefuseAsync(message, started, work, $"It cannot be started, because its version was removed. {missing.Message}").ConfigureAwait(false)
                : throw missing;
        }

        try
        {
            return await host.Turns.TryStartAsync(started, definition, work).ConfigureAwait(false) ? Delivery.Done : Delivery.Busy;
        }
        catch (ConcurrencyException)
        {
            if (await IsTakenAsync(started).ConfigureAwait(false))
            {
                return await RefuseAsync(
                    message, started, work,
                    $"'{started.Start.Definition}' cannot be started as process instance {started.To}: there is another one of this number, since the database "
                        + $"was restored. {Failure.ThenRetry}").ConfigureAwait(false);
            }

            // Another engine was faster.
            return await services.Messages.IsStoredAsync(message.Key, services.Shutdown).ConfigureAwait(false) ? Delivery.Busy : Delivery.Done;
        }
        catch (ProcessInstanceTooLargeException exception)
        {
            return await RefuseAsync(message, started, work, $"'{started.Start.Definition}' cannot be started: {exception.Message}").ConfigureAwait(false);
        }
    }

    /// <summary>Whether the version of a sub-process was removed after its parent had asked for it (statement 8.7b).</summary>
    private async ValueTask<bool> IsRemovedAsync(SubProcessStart start)
    {
        var kept = await services.Options.Store.FindDefinitionsAsync(start.Definition, services.Shutdown).ConfigureAwait(false);
        return kept.Any(item => item.IsRemoved && item.Version.Version == start.DefinitionVersion);
    }

    /// <summary>Whether the number of a sub-process belongs to an instance that has nothing to do with it (statement 14.7c).</summary>
    private async ValueTask<bool> IsTakenAsync(FamilyMessage.Started started) =>
        await host.Reader.FindRecordAsync(started.To, services.Shutdown).ConfigureAwait(false) is { } record && record.Parent != started.Start.Parent.Id;

    /// <summary>Lets the event fail that wanted the sub-process. When the engine stops in between, the start is tried again, and the event does not wait for it
    /// any more.</summary>
    private async ValueTask<Delivery> RefuseAsync(FamilyMessages.Pending message, FamilyMessage.Started started, BackgroundWork? work, string why)
    {
        var parent = started.Start.Parent;
        var ended = new FamilyMessage.Ended(
            message.From, parent.Serial.Destination, parent.EventInstance, parent.Waits, WasMoved: false, new SubProcessEnd(IsDeleted: false, [], why));
        await host.Turns.SendAsync(new FamilyCommand(started.To, ended) { Work = work }, CancellationToken.None).ConfigureAwait(false);
        await services.Options.Store.DiscardMessageAsync(message.Key, CancellationToken.None).ConfigureAwait(false);
        return Delivery.Done;
    }

    private async ValueTask<Delivery> TellAsync(FamilyMessages.Pending message, BackgroundWork? work, bool isSure = false)
    {
        try
        {
            await host.Turns.SendAsync(new FamilyCommand(services.Messages, message) { Work = work }, CancellationToken.None).ConfigureAwait(false);
            return Delivery.Done;
        }
        catch (ProcessInstanceTooLargeException exception) when (message.Message is FamilyMessage.Ended ended)
        {
            var problem = ended.End with { Values = [], Problem = $"The values of its sub-process cannot be received: {exception.Message}" };
            var without = new FamilyMessages.Pending(message.From, ended with { End = problem });
            await host.Turns.SendAsync(new FamilyCommand(services.Messages, without) { Work = work }, CancellationToken.None).ConfigureAwait(false);
            return Delivery.Done;
        }
        catch (ProcessInstanceNotFoundException)
        {
            var start = message.Key with { Number = FamilyMessage.Started.Only };
            if (await services.Messages.IsStoredAsync(start, services.Shutdown).ConfigureAwait(false))
            {
                return Delivery.Busy;
            }

            if (!isSure)
            {
                // Its start may have been delivered between the two questions.
                return await TellAsync(message, work, isSure: true).ConfigureAwait(false);
            }

            // It was removed with its history, and nobody can receive the message any more.
            await services.Options.Store.DiscardMessageAsync(message.Key, CancellationToken.None).ConfigureAwait(false);
            return Delivery.Done;
        }
    }

    /// <summary>The outcome of an attempt to deliver a message.</summary>
    private enum Delivery
    {
        /// <summary>Nothing is left to deliver.</summary>
        Done,

        /// <summary>The receiver is not free, or not there yet.</summary>
        Busy,

        /// <summary>It did not succeed.</summary>
        Failed,
    }
}
