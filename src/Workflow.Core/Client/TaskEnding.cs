using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <summary>Tells a user who comes too late how the task ended, out of the history of its process instance (statement 1.8).</summary>
internal readonly struct TaskEnding
{
    /// <summary>How many facts it looks back: a refusal must not cost more, the older the instance is (statement 14.6).</summary>
    private const int Depth = 500;

    private const int NamedAtMost = 3;

    private readonly ProcessHost _host;
    private readonly AccessCheck _access;

    public TaskEnding(ProcessHost host, AccessCheck access)
    {
        _host = host;
        _access = access;
    }

    /// <summary>The users who have answered, and the end of the activity.</summary>
    /// <returns>The end of a sentence. Null when the user may not see the instance, the task is open, or it ended too long ago.</returns>
    public async ValueTask<string?> OfAsync(StoredTask task, CancellationToken cancellation)
    {
        var header = task.Header;
        var id = header.Serial.ProcessInstance;
        if (task.End is null || !await _access.MayViewAsync(id, header.Definition, header.Originator, cancellation).ConfigureAwait(false))
        {
            return null;
        }

        var stored = await _host.Store.LoadAsync(id, header.ActivityInstance, header.Serial.Destination, cancellation).ConfigureAwait(false);
        if (stored is null)
        {
            return null;
        }

        var last = await _host.Reader.ReadHistoryAsync(id, Math.Max(0, stored.JournalCount - Depth), Depth, cancellation).ConfigureAwait(false);
        var facts = last.Where(fact => fact.ActivityInstance == header.ActivityInstance).ToList();
        return Words(task, Answers(task, facts), facts);
    }

    /// <summary>Those to this task; when it has expired, those to the tasks of the others, which made it expire.
    /// A destination that has come to another client event counts with its last.</summary>
    private static List<JournalEntry> Answers(StoredTask task, List<JournalEntry> facts)
    {
        var answers = facts
            .Where(
                fact => fact.Kind is JournalKind.SlotCompleted && (task.End is WorklistItemEnd.Expired || fact.Destination == task.Header.Serial.Destination))
            .ToList();
        return [.. answers.Where(answer => !answers.Exists(other => other.Destination == answer.Destination && other.Event > answer.Event))];
    }

    private static string? Words(StoredTask task, List<JournalEntry> answers, List<JournalEntry> facts)
    {
        if (answers.Count == 0)
        {
            return null;
        }

        var id = task.Header.Serial.ProcessInstance;
        var named = answers.Take(NamedAtMost).Select(answer =>
            $"'{answer.User}' took '{answer.Name}' on "
                + $"{new SerialNumber(id, answer.Destination)}{(answer.Detail is { } party ? $" on behalf of '{party}'" : "")}");
        var others = answers.Count > NamedAtMost ? $" and {(answers.Count - NamedAtMost).Invariant()} more answered" : "";
        var end = facts.FindLast(fact => fact.Kind is JournalKind.ActivityCompleted or JournalKind.ActivityExpired);
        var became = end.Kind switch
        {
            JournalKind.ActivityCompleted => $"the activity '{task.Header.Activity}' is completed",
            JournalKind.ActivityExpired => $"the activity '{task.Header.Activity}' has expired",
            _ => $"the task of the activity '{task.Header.Activity}' is {(task.End is WorklistItemEnd.Expired ? "expired" : "completed")}",
        };
        return $"{string.Join(", ", named)}{others}, and {became}. Nothing is left for them to do";
    }
}
