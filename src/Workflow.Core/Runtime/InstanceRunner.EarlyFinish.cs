using Workflow.Core.Persistence;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <content>Finishes that do not wait for the turn.</content>
internal sealed partial class InstanceRunner
{
    /// <summary>Stores a finish without waiting for the turn. It does so for an event whose code is running or about to run (statement 7.1). While the resolver
    /// is asked and nobody changes the state, it does so for any event (statement 4.8b).</summary>
    /// <returns>The result, as of any command; null when it has to wait for the turn.</returns>
    public async ValueTask<CommandResult?> TryStoreFinishAsync(Command finish, CancellationToken cancellation)
    {
        await _state.EnterAsync(_services.Executor, cancellation).ConfigureAwait(false);
        try
        {
            var isRunning = _instance is { IsInTurn: true, IsLoaded: true, Process.Unloaded: null };
            var destination = isRunning ? _instance.Process.FindDestination(finish.FinishedDestination) : null;
            if (destination?.Event is not { } item || !(item.KeepsFinish || _calls!.LetsOthersIn))
            {
                return null;
            }

            // From now on somebody waits for what the turn stores.
            _instance.IsBackground = false;

            // The part of the turn that is not stored yet is not part of the finish. Nor does the finish fail when that part cannot be stored.
            if (!await _calls!.TryStoreOpenAsync().ConfigureAwait(false))
            {
                return null;
            }

            var isParked = item.KeepsFinish;
            var prepared = finish.Prepare(_instance.Process, _instance.Episode.Definition);
            _instance.CarryOut(finish.Once);
            if ((prepared.Input is { } input ? Scheduler.Apply(_instance.Episode, input, _instance.Now) : prepared.Refusal) is { } refusal)
            {
                _instance.CarryOut(null);
                return new CommandResult(CommandEffect.Applied, refusal);
            }

            var effect = _instance.Episode.Effect;
            if (isParked)
            {
                await EarlyFinish.StoreAsync(_instance, destination).ConfigureAwait(false);
            }
            else if (!await TryStoreAppliedAsync().ConfigureAwait(false))
            {
                return null;
            }

            return new CommandResult(effect, null);
        }
        finally
        {
            _state.Exit();
        }
    }

    /// <summary>Stores a finish that was applied while the resolver is asked. If that fails, memory holds unstored changes; the turn is not concerned, and
    /// continues from the stored state.</summary>
    /// <returns>False when another owner was faster: then the finish waits for the turn, and is repeated there.</returns>
    private async ValueTask<bool> TryStoreAppliedAsync()
    {
        try
        {
            await _calls!.StoreChangesAsync().ConfigureAwait(false);
            return true;
        }
        catch (ConcurrencyException)
        {
            _instance.Forget();
            return false;
        }
        catch
        {
            _instance.Forget();
            throw;
        }
    }
}
