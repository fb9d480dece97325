using Workflow.Core.Instances;
using Workflow.Core.Records;

namespace Workflow.Core.Client;

/// <summary>Makes the short history for people of the full one. It knows the names of activities and events from the facts before.</summary>
internal sealed class Timeline
{
    private readonly Dictionary<int, string> _activities = [];
    private readonly Dictionary<int, string> _events = [];
    private string _definition = "";

    /// <summary>Reads the next fact.</summary>
    /// <returns>The line that people read; null for a fact that they need not know.</returns>
    public TimelineEntry? Add(in JournalEntry entry)
    {
        switch (entry.Kind)
        {
            case JournalKind.ProcessStarted:
                _definition = entry.Name!;
                break;
            case JournalKind.ActivityStarted:
                _activities[entry.ActivityInstance] = entry.Name!;
                break;
            case JournalKind.EventStarted:
                _events[entry.Event] = entry.Name!;
                break;
            default:
                break;
        }

        return Said(entry) is not { } said ? null : new TimelineEntry
        {
            Number = entry.Number,
            Time = entry.Time,
            Kind = entry.Kind,
            User = entry.User,
            OnBehalfOf = entry.OnBehalfOf,
            Action = entry.Action,
            Activity = _activities.GetValueOrDefault(entry.ActivityInstance),
            Event = _events.GetValueOrDefault(entry.Event),
            Reason = entry.Reason,
            Text = said + (string.IsNullOrEmpty(entry.Reason) ? "." : $": {entry.Reason}"),
        };
    }

    /// <summary>The sentence without its full stop; null for a kind that people need not know. A test lists those.</summary>
    private string? Said(in JournalEntry entry) => entry.Kind switch
    {
        JournalKind.ProcessStarted => $"{entry.User} started '{entry.Name}'" + (string.IsNullOrEmpty(entry.Detail) ? "" : $" for '{entry.Detail}'"),
        JournalKind.StartedAsSubProcess => $"It was started by '{entry.Name}' of another process, {entry.Detail}",
        JournalKind.SlotUpdated => $"{Actor(entry)} saved {Task(entry)} with '{entry.Name}'",
        JournalKind.SlotCompleted => $"{Actor(entry)} answered '{entry.Name}' to {Task(entry)}",
        JournalKind.GotoTaken or JournalKind.ActionTaken => $"{Actor(entry)} took '{entry.Name}' on {Task(entry)}",
        JournalKind.ServerItemFinished =>
            $"{entry.User} finished {Task(entry)}" + (entry.Detail is null ? "" : $" with '{entry.Detail}'"),
        JournalKind.Redirected =>
            entry.User is null ? $"{Task(entry)} went from {entry.Detail} to {entry.Name}"
                : $"{entry.User} redirected {Task(entry)} from {entry.Detail} to {entry.Name}",
        JournalKind.Delegated => $"{entry.User} let {entry.Name} act on {Task(entry)}" + (entry.Detail is null ? "" : $" with {entry.Detail} only"),
        JournalKind.Undelegated => $"{entry.User} took {Task(entry)} back from {entry.Name}",
        JournalKind.SentBack => $"{entry.User} sent it back to '{entry.Name}'",
        JournalKind.Withdrawn => $"{entry.User} withdrew it",
        JournalKind.SignalReceived => $"{entry.User ?? "A kept signal"} finished {Task(entry)} with the signal '{entry.Detail}'",
        JournalKind.Reassigned => $"{entry.User} reassigned {Task(entry)}",
        JournalKind.TaskAdministered => $"{entry.User} administered {Task(entry)}",
        JournalKind.ActionRightChanged => $"{entry.User} changed the right to '{entry.Name}' on {Task(entry)}, {entry.Detail}",
        JournalKind.EscalationFired => $"The escalation '{entry.Name}' fired",
        JournalKind.FolioChanged => $"{entry.User ?? "The process"} changed the folio to '{entry.Name}'",
        JournalKind.ProcessCompleted => $"'{_definition}' was completed",
        JournalKind.EndedWithParent => "It ended with the process that had started it",
        JournalKind.ProcessError => $"It went into Error, because {entry.Name} failed",
        _ => Administered(entry),
    };

    /// <summary>The facts of management of the instance as a whole.</summary>
    private static string? Administered(in JournalEntry entry) => entry.Kind switch
    {
        JournalKind.Retried => $"{entry.User} retried {entry.Name}",
        JournalKind.Skipped => $"{entry.User} skipped {entry.Name}",
        JournalKind.GotoOrdered => $"{entry.User} let it go to '{entry.Name}'",
        JournalKind.ExpiryOrdered => $"{entry.User} ended '{entry.Name}'",
        JournalKind.ProcessStopped => $"{entry.User} stopped it",
        JournalKind.ProcessResumed => $"{entry.User} resumed it",
        JournalKind.ProcessDeleted => $"{entry.User} deleted it",
        JournalKind.VersionChanged => $"{entry.User} changed its version from {entry.Name}",
        JournalKind.TimersRecomputed => $"{entry.User} had its timers in '{entry.Name}' worked out anew",
        JournalKind.AdditionOrdered => $"{entry.User} added destinations or slots to '{entry.Name}'",
        _ => null,
    };

    private static string Actor(in JournalEntry entry) => entry.OnBehalfOf is null ? entry.User! : $"{entry.User}, on behalf of {entry.OnBehalfOf},";

    private string Task(in JournalEntry entry)
    {
        var name = _events.GetValueOrDefault(entry.Event);
        var activity = _activities.GetValueOrDefault(entry.ActivityInstance);
        return (name, activity) switch
        {
            (null, null) => "a task",
            (null, _) => $"a task of '{activity}'",
            (_, null) => $"'{name}'",
            _ => $"'{name}' of '{activity}'",
        };
    }
}
