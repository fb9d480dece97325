using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Looks at milestones, and at what waits for an exclusive group, when no step is left to take: a field may have been written or a group become free
/// (statements 13.1f and 13.1j). All that has come by then is in its place, so the one that has waited longest is served first.</summary>
internal static class TurnsAtRest
{
    /// <summary>Finds the next step.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool TryNext(Episode episode, out Operation operation)
    {
        operation = default;
        return episode.Process.WaitsOrNull is { } waits && (TryAsk(episode, waits, out operation) || TryBegin(waits, out operation));
    }

    private static bool TryAsk(Episode episode, InstanceWaits waits, out Operation operation)
    {
        operation = default;
        if (!waits.AreMilestonesToAsk)
        {
            return false;
        }

        foreach (var activity in waits.TakeToAsk())
        {
            episode.Plan(Verb.AskMilestone, activity);
        }

        return episode.TryNext(out operation);
    }

    private static bool TryBegin(InstanceWaits waits, out Operation operation)
    {
        operation = default;
        if (!waits.IsToAsk)
        {
            return false;
        }

        if (waits.Next() is { } next)
        {
            operation = new Operation(Verb.TakeTurn, next);
            return true;
        }

        waits.IsToAsk = false;
        return false;
    }
}
