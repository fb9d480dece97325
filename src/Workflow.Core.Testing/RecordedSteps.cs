using Workflow.Core.Persistence;

namespace Workflow.Core.Testing;

/// <summary>The commands that were given through a test bed, in the order in which they were given.</summary>
/// <param name="ownStore">The store that the test bed has made itself.</param>
internal sealed class RecordedSteps(IProcessStore ownStore)
{
    private readonly List<RecordedStep> _steps = [];

    public IReadOnlyList<RecordedStep> All => [.. _steps];

    /// <summary>The command that was given last.</summary>
    public RecordedStep Last => _steps[^1];

    /// <summary>Gives a command, and keeps its result.</summary>
    /// <param name="step">The command.</param>
    /// <param name="command">Gives it, and tells which instances it has concerned.</param>
    /// <param name="storeOf">Where they are stored then.</param>
    public async Task RecordAsync(RecordedStep step, Func<Task<IReadOnlyList<ProcessInstanceId>>> command, Func<IProcessStore> storeOf)
    {
        _steps.Add(step);
        try
        {
            var concerned = await command().ConfigureAwait(false);
            step.Stored = await SumsAsync(storeOf(), [.. concerned]).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            step.Thrown = exception.GetType();
            throw;
        }
    }

    /// <summary>Only the store that the test bed has made itself is read: one of the test may count what is read, or fail.</summary>
    private async Task<IReadOnlyList<StoredSum>?> SumsAsync(IProcessStore store, IReadOnlyList<ProcessInstanceId> instances)
    {
        if (!ReferenceEquals(store, ownStore))
        {
            return null;
        }

        var sums = new List<StoredSum>(instances.Count);
        foreach (var instance in instances)
        {
            sums.Add(await StoredSum.OfAsync(store, instance).ConfigureAwait(false));
        }

        return sums;
    }
}
