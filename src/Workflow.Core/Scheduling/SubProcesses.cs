using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Starts sub-processes and takes up their ends (statements 7.7 to 7.13). Parent and sub-process are two instances, each with commits of its own. They
/// change each other by messages only.</summary>
internal static class SubProcesses
{
    /// <summary>Another process may be started. Its start goes out with the next commit, and the event waits for its end or is over.</summary>
    public static Refusal? Begin(Episode episode, Input.SubProcessReady ready)
    {
        var (destination, id, start) = ready;
        episode.Send(new FamilyMessage.Started(id, start));
        episode.RecordEvent(JournalKind.SubProcessStarted, destination, $"{id} {start.Definition}");
        if (start.Parent.EndsWithIt)
        {
            episode.Process.Family.Add(id);
        }

        if (start.Parent.Waits)
        {
            destination.AwaitSubProcess(new SubProcess(id, start.Definition, start.DefinitionVersion));
            return null;
        }

        destination.ReturnEvent();
        episode.Plan(Verb.ServerEventDone, destination);
        return null;
    }

    /// <summary>The instance begins as a sub-process.</summary>
    public static void Join(Episode episode, ParentProcess parent)
    {
        episode.Process.Family.SetParent(parent);
        episode.Record(JournalKind.StartedAsSubProcess, parent.Event, parent.Serial.ToString());
    }

    /// <summary>A sub-process has ended. Its end belongs to the event instance that has started it (statement 7.11b). An instance that stands still keeps it
    /// until it moves again (statement 7.3).</summary>
    public static Refusal? End(Episode episode, Input.FamilyEnded input, FamilyMessage.Ended ended)
    {
        var process = episode.Process;
        var from = input.From;
        if (input.IsStored)
        {
            episode.Receive(from, ended);
        }

        process.FamilyOrNull?.Remove(from);
        if (!ended.IsAwaited)
        {
            return null;
        }

        if (FindWaiting(process, from, ended) is not { } destination)
        {
            episode.Record(JournalKind.SubProcessEndIgnored, "", from.ToString());
            return null;
        }

        if (process.StoredStatus.IsHalted())
        {
            destination.KeepEnd(ended.End);
            episode.RecordEvent(JournalKind.SubProcessEndKept, destination, from.ToString());
            return null;
        }

        // A loop of processes that run by themselves is a loop all the same (statement 10.7).
        if (ended.WasMoved)
        {
            process.MovedFromOutside();
        }

        Apply(episode, destination, ended.End);
        return null;
    }

    /// <summary>The instance moves again, and takes up an end that it has kept.</summary>
    public static void Continue(Episode episode, ActivityInstanceDestination destination)
    {
        if (destination.Event?.Run?.End is { } end)
        {
            destination.KeepEnd(null);
            Apply(episode, destination, end);
        }
    }

    /// <summary>The event does not wait any more. An end that is kept is for nobody then.</summary>
    public static void RecordIgnored(Episode episode, ActivityInstanceDestination destination)
    {
        if (destination.Event is { Run: { End: not null } run })
        {
            episode.RecordEvent(JournalKind.SubProcessEndIgnored, destination, run.SubProcess.Id.ToString());
        }
    }

    /// <summary>The instance ends with the one that has started it. One that stands still cannot complete, and is deleted; its history
    /// stays (statement 7.11b).</summary>
    public static Refusal? EndWithParent(Episode episode, Input.FamilyEnded input)
    {
        var process = episode.Process;
        episode.Receive(input.From, input.Message);
        if (process.StoredStatus.HasEnded() || process.Parent?.Id != input.From)
        {
            // A store that was restored may have given the number to another instance (statement 14.7c).
            return null;
        }

        episode.Record(JournalKind.EndedWithParent, process.Definition, input.From.ToString());
        process.MovedFromOutside();
        Escalations.ForgetStart(episode);
        var isHalted = process.StoredStatus.IsHalted();
        Expiry.OfEverything(episode, ExpiryReason.ParentEnded);
        if (isHalted)
        {
            process.Delete(episode.Now);
            Report(episode, isDeleted: true);
        }

        return null;
    }

    /// <summary>The instance has ended: its parent is told, and so are the sub-processes that end with it.</summary>
    public static void Report(Episode episode, bool isDeleted)
    {
        if (episode.Process.FamilyOrNull is not { } family)
        {
            return;
        }

        if (family.Parent is { ReportsEnd: true } parent)
        {
            var end = new SubProcessEnd(isDeleted, isDeleted || !parent.Waits ? [] : Returned(episode.Process, parent));
            episode.Send(new FamilyMessage.Ended(parent.Id, parent.Serial.Destination, parent.EventInstance, parent.Waits, family.WasMoved, end));
        }

        foreach (var child in family.TakeEndingWithIt())
        {
            episode.Send(new FamilyMessage.ParentEnded(child));
        }
    }

    /// <summary>The values that go back. A field that another version of the definition has dropped has none.</summary>
    private static List<FieldChange> Returned(ProcessInstance process, ParentProcess parent)
    {
        var values = new List<FieldChange>();
        foreach (var (name, field) in parent.Returned)
        {
            if (process.Fields.Table.OrdinalOf(field) is >= 0 and var ordinal)
            {
                values.Add(new FieldChange(name, process.Fields[ordinal]));
            }
        }

        return values;
    }

    private static ActivityInstanceDestination? FindWaiting(ProcessInstance process, ProcessInstanceId from, FamilyMessage.Ended ended) =>
        !process.StoredStatus.HasEnded()
        && process.FindDestination(ended.Destination) is { Event: { Status: EventInstanceStatus.Waiting, Run: { End: null } run } item } destination
        && item.Id == ended.EventInstance && run.SubProcess.Id == from
            ? destination
            : null;

    private static void Apply(Episode episode, ActivityInstanceDestination destination, SubProcessEnd end)
    {
        var definition = (IpcEventDefinition)episode.DefinitionOf(destination);
        var child = destination.Event!.SubProcess!;
        if (end.Problem is { } problem)
        {
            Fail(episode, destination, problem);
            return;
        }

        if (end.IsDeleted)
        {
            episode.RecordEvent(JournalKind.SubProcessDeleted, destination, child.Id.ToString());
            if (definition.WhenDeleted is ChildDeleted.Fails)
            {
                Fail(
                    episode, destination,
                    $"Process instance {child.Id} of '{child.Definition}', which it has started, was deleted. A retry starts a new one. To go on without it, "
                        + $"skip the event.");
                return;
            }
        }
        else
        {
            try
            {
                FieldWriter.Write(episode, destination, Received(destination, definition, end));
            }
            catch (DataFieldException exception)
            {
                Fail(
                    episode, destination,
                    $"The values of process instance {child.Id} of '{child.Definition}' cannot be received: {exception.Message} To go on without them, "
                        + $"skip the event. A retry starts a new instance.");
                return;
            }

            episode.RecordEvent(JournalKind.SubProcessEnded, destination, child.Id.ToString());
        }

        destination.ReturnEvent();
        episode.Plan(Verb.ServerEventDone, destination);
    }

    private static void Fail(Episode episode, ActivityInstanceDestination destination, string message) =>
        Failure.OfServerEvent(episode, destination, new Fault(message), drawn: 0);

    private static FieldWrite[] Received(ActivityInstanceDestination destination, IpcEventDefinition definition, SubProcessEnd end)
    {
        var writes = new List<FieldWrite>();
        foreach (var received in definition.Received)
        {
            var found = end.Values.FirstOrDefault(value => string.Equals(value.Name, received.Field, StringComparison.Ordinal));
            writes.Add(found.Name is null
                ? throw new DataFieldException(received.Field, "7.8b", $"The sub-process has sent no value of its field '{received.Field}'.")
                : FieldWrite.Resolve(destination, found with { Name = received.Into }));
        }

        return [.. writes];
    }
}
