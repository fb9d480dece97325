using Workflow.Core.Persistence;

namespace Workflow.Core.Runtime;

/// <content>A copy that changes and is never stored.</content>
internal sealed partial class ResidentInstance
{
    /// <summary>Loads what is stored into a copy, and waits for nobody.</summary>
    /// <param name="task">The task whose parts are enough; null for the whole instance.</param>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    public async ValueTask LoadCopyAsync(SerialNumber? task)
    {
        var store = _services.Options.Store;
        var loaded = task is { } only && await store.LoadTaskAsync(only, CancellationToken.None).ConfigureAwait(false) is { } parts
            ? TaskLoader.TryLoad(only, parts, _services.Deployments)
            : null;
        var (process, definition) = loaded ?? InstanceLoader.Load(
            _id,
            await store.LoadAsync(_id, CancellationToken.None).ConfigureAwait(false) ?? throw new ProcessInstanceNotFoundException(_id),
            _services.Deployments);
        Take(process, definition);
    }

    /// <summary>Continues as if what has changed were stored.</summary>
    /// <param name="rehearsed">Takes what would be stored; null when nobody wants to know.</param>
    /// <exception cref="ProcessInstanceTooLargeException">It would be too large to be stored.</exception>
    public void Rehearse(Rehearsed? rehearsed)
    {
        if (!Episode.HasChanges)
        {
            return;
        }

        var commit = CommitBuilder.Build(_buffers!, new CommitHeading());
        StateSize.RefuseTooLarge(commit, _services.Options.StateLimit);
        rehearsed?.Add(commit);
        Process.MarkStored(Process.Version + 1, Process.JournalCount + Episode.Journal.Count);
        ClearTurn();
    }
}
