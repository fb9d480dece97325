using Workflow.Core.Client;
using Workflow.Core.Management;
using Workflow.Core.Persistence;

namespace Workflow.Core.Testing;

/// <summary>Says what was found instead of the one task that a test wanted to act on.</summary>
internal static class NoSingleTask
{
    public static async Task<NoSingleTaskException> OfAsync(WorkflowEngine engine, string user, IReadOnlyList<WorklistItem> items)
    {
        var serials = items.Select(item => item.Serial).ToList();
        if (serials.Count > 1)
        {
            return new NoSingleTaskException(
                user, serials, $"'{user}' has {serials.Count.Invariant()} tasks: {string.Join(", ", serials)}. Act by serial number (statement 1.8).");
        }

        var open = await engine.AsSystem().ManageWorklists().ListAsync(new WorklistQuery { Limit = 10 }).ConfigureAwait(false);
        var tasks = open.Select(entry => $"{entry.Serial} '{entry.Event}' for {entry.Destination}{(entry.User is null ? "" : $", held by '{entry.User}'")}");
        return new NoSingleTaskException(
            user,
            serials,
            $"'{user}' has no task. "
                + (open.Count == 0
                    ? "No task is open: the process has not come to one, has ended, or is in Error. TranscriptAsync says what happened (statement 1.8)."
                    : $"Open now: {string.Join("; ", tasks)} (statement 1.8)."));
    }
}
