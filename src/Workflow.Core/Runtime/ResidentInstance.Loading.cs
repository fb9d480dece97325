using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <content>The way from the store into memory.</content>
internal sealed partial class ResidentInstance
{
    /// <summary>Loads the instance, unless it is in memory.</summary>
    /// <param name="task">The task whose parts are enough; null for the whole instance. The parts in memory may be those of another task.</param>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <returns>Whether it had to be loaded.</returns>
    public ValueTask<bool> LoadAsync(SerialNumber? task = null)
    {
        if (task is null && _process is { Unloaded: not null })
        {
            Forget();
        }

        return _process is null ? LoadFromStoreAsync(task) : ValueTask.FromResult(false);
    }

    /// <summary>Takes what was loaded before the turn into memory, unless the instance is there. It may be old: then a commit does not fit, and a refusal is
    /// repeated on what the store has.</summary>
    /// <param name="stored">The instance as a whole; null for nothing.</param>
    /// <returns>Whether it is in memory now.</returns>
    public bool TryTake(StoredProcess? stored)
    {
        if (stored is null || _process is not null || stored.Owner != _services.Owner)
        {
            return false;
        }

        Take(stored, InstanceLoader.Load(_id, stored, _services.Deployments));
        return true;
    }

    /// <summary>Throws memory away, and loads the instance again.</summary>
    public ValueTask<bool> ReloadAsync(SerialNumber? task = null)
    {
        Forget();
        return LoadAsync(task);
    }

    private async ValueTask<bool> LoadFromStoreAsync(SerialNumber? task)
    {
        var stored = task is null ? null : await LoadWhenFreeAsync(task).ConfigureAwait(false);
        var loaded = stored is null ? null : TaskLoader.TryLoad(task!.Value, stored, _services.Deployments);
        if (loaded is null)
        {
            stored = await LoadWhenFreeAsync(task: null).ConfigureAwait(false) ?? throw new ProcessInstanceNotFoundException(_id);
            loaded = InstanceLoader.Load(_id, stored, _services.Deployments);
        }

        Take(stored!, loaded.Value);
        return true;
    }

    private void Take(StoredProcess stored, (ProcessInstance Process, ProcessDefinition Definition) loaded)
    {
        (_epoch, _lastCommit) = (stored.Epoch, stored.LastCommit);
        (_process, _definition) = loaded;
        _storedStatus = (byte)_process.StoredStatus;

        // The engine that stored it may have stopped before it asked.
        _services.AskForRoles(_id, NamedRole.Of(_process, _definition));
    }

    /// <summary>Waits while another engine works on the instance.</summary>
    /// <param name="task">The task whose parts are loaded; null for all parts.</param>
    /// <exception cref="ObjectDisposedException">The engine stops, and no longer waits for anybody.</exception>
    /// <returns>The parts; null when there is no such instance, or the store does not load those of a task.</returns>
    private async ValueTask<StoredProcess?> LoadWhenFreeAsync(SerialNumber? task)
    {
        var clock = _services.Options.Clock;
        var patience = _services.Options.BusyTimeout;
        var began = clock.GetTimestamp();
        var wait = TimeSpan.FromMilliseconds(20);
        while (true)
        {
            var loading = task is { } serial
                ? _services.Options.Store.LoadTaskAsync(serial, CancellationToken.None)
                : _services.Options.Store.LoadAsync(_id, CancellationToken.None);
            var stored = await loading.ConfigureAwait(false);
            if (!_services.IsShared || stored?.Owner is null || stored.Owner == _services.Owner)
            {
                return stored;
            }

            if (clock.GetElapsedTime(began) >= patience)
            {
                throw new ProcessInstanceBusyException(_id, patience, CallFrame.CallingIn(_services.Waits)?.Turn.ProcessInstance);
            }

            await _services.Executor.PauseAsync(wait, _services.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_services.Stopping.IsCancellationRequested)
            {
                throw ActiveTurns.Stopped();
            }

            wait = wait < TimeSpan.FromSeconds(1) ? wait * 2 : wait;
        }
    }
}
