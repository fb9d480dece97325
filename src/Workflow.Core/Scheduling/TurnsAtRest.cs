namespace Workflow.Core.Scheduling;

/// <summary>Looks at what waits for an exclusive group when no step is left to take: a group may have become free (statement 13.1f). All that has come by then
/// is in its place, so the one that has waited longest is served first.</summary>
internal static class TurnsAtRest
{
    /// <summary>Finds the activity instance that begins now.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool TryNext(Episode episode, out Operation operation)
    {
        operation = default;
        if (episode.Process.WaitsOrNull is not { IsToAsk: true } waits)
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
