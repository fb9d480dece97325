namespace Workflow.Core.Persistence;

/// <summary>Finds instances that an engine can be given to work on.</summary>
internal static class InMemoryClaims
{
    /// <summary>Claims one instance after the other, as far as the caller reads.</summary>
    public static IEnumerable<ClaimedProcess> Take(ClaimQuery query, InMemoryProcessTable processes, InMemoryShared shared)
    {
        var pending = query.PendingCalls ? shared.Pending.Where(IsWanted).Select(process => process.Claim(query, isDue: false, shared)) : [];
        var due = query.DueTimers
            ? shared.Timers.DueProcesses(query.DueUntil).Select(processes.Find).Where(IsWanted).Select(process => process!.Claim(query, isDue: true, shared))
            : [];
        return pending.Concat(due).OfType<ClaimedProcess>();

        bool IsWanted(InMemoryProcess? process) => process is not null && !query.Except.Contains(process.Id);
    }
}
