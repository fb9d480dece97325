using Workflow.Core.Persistence;

namespace Workflow.Core.Runtime;

/// <content>A copy that changes and is never stored.</content>
internal sealed partial class ResidentInstance
{
    /// <summary>Continues as if what has changed were stored.</summary>
    /// <param name="rehearsed">Takes what would be stored.</param>
    /// <exception cref="ProcessInstanceTooLargeException">It would be too large to be stored.</exception>
    public void Rehearse(Rehearsed rehearsed)
    {
        if (!Episode.HasChanges)
        {
            return;
        }

        var commit = CommitBuilder.Build(_buffers!, new CommitHeading());
        StateSize.RefuseTooLarge(commit, _services.Options.StateLimit);
        rehearsed.Add(commit);
        Process.MarkStored(Process.Version + 1, Process.JournalCount + Episode.Journal.Count);
        ClearTurn();
    }
}
