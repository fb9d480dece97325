using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Scheduling;

/// <summary>Brings signals to the events that wait for them (statement 13.1k).</summary>
internal static class Signals
{
    private const string Statement = "13.1k";

    /// <summary>Somebody sends a signal.</summary>
    public static Refusal? Admit(Episode episode, Input.Signalled input, Refusal? closed)
    {
        if (closed is { Kind: RefusalKind.NotOpen })
        {
            return Refusal.State(Statement, $"it is {episode.Process.StoredStatus}, so nothing of it waits for a signal.");
        }

        if (closed is not null)
        {
            return closed;
        }

        try
        {
            var waiting = Waiting(episode, input.Signal.Name);
            return waiting.Count > 0 ? Send(episode, input.Signal, waiting) : input.IsKept ? Keep(episode, input.Signal) : Drop(episode, input.Signal);
        }
        catch (DataFieldException exception)
        {
            return new Refusal(RefusalKind.Field, exception);
        }
    }

    /// <summary>An event begins to wait. A signal that was kept for it finishes it at once.</summary>
    public static void Await(Episode episode, ActivityInstanceDestination destination, SignalEventDefinition definition)
    {
        destination.AwaitSignal(definition.Signal);
        episode.RecordEvent(JournalKind.ServerItemCreated, destination, definition.Signal);
        episode.ServerItems.Add(ServerItems.Waiting(episode, destination));
        if (episode.Process.TakeSignal(definition.Signal) is { } kept)
        {
            var writes = Fitting(destination, kept, out var leftOut);
            Finish(episode, destination, kept, writes, leftOut);
        }
    }

    /// <summary>The instance ends: the history names the signals that nothing has taken.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="isToldToPeople">Whether a person should look at that.</param>
    public static void DropKept(Episode episode, bool isToldToPeople)
    {
        if (episode.Process.KeptSignals.Count == 0)
        {
            return;
        }

        foreach (var signal in episode.Process.KeptSignals)
        {
            episode.Record(JournalKind.SignalDropped, signal.Name, "It was kept, and the instance has ended.", signal.User);
            if (isToldToPeople)
            {
                episode.Alarms.Add(new Alarm(AlarmKind.SignalUnused, signal.Name, Message: ""));
            }
        }

        episode.Process.ForgetSignals();
    }

    /// <summary>The destinations whose event waits for a signal, in order.</summary>
    private static List<ActivityInstanceDestination> Waiting(Episode episode, string signal)
    {
        var waiting = new List<ActivityInstanceDestination>();
        foreach (var activity in episode.Process.ActivityList)
        {
            foreach (var destination in activity.DestinationSpan)
            {
                if (destination is { Status: DestinationStatus.Active, Event: { Status: EventInstanceStatus.Waiting } current }
                    && episode.DefinitionOf(destination) is SignalEventDefinition
                    && string.Equals(current.CorrelationKey, signal, StringComparison.Ordinal))
                {
                    waiting.Add(destination);
                }
            }
        }

        return waiting;
    }

    /// <exception cref="DataFieldException">A value does not fit one of the events. Nothing has happened.</exception>
    private static Refusal? Send(Episode episode, KeptSignal signal, List<ActivityInstanceDestination> waiting)
    {
        var writes = waiting.ConvertAll(destination => FieldWrite.Resolve(destination, signal.Changes));
        episode.Process.MovedFromOutside();
        var written = new HashSet<int>();
        for (var position = 0; position < waiting.Count; position++)
        {
            // The process has its fields once, however many events are finished.
            FieldWrite[] own = [.. writes[position].Where(write => write.Scope is not FieldScope.Process || written.Add(write.Ordinal))];
            Finish(episode, waiting[position], signal, own, leftOut: "");
        }

        return null;
    }

    private static void Finish(
        Episode episode, ActivityInstanceDestination destination, KeptSignal signal, ReadOnlySpan<FieldWrite> writes, string leftOut)
    {
        FieldWriter.Write(episode, destination, writes);
        episode.RecordEvent(JournalKind.SignalReceived, destination, $"{signal.Name}{leftOut}", signal.User);
        episode.ServerItems.Add(ServerItems.Finished(episode, destination, signal.User));
        destination.ReturnEvent();
        episode.Plan(Verb.ServerEventDone, destination);
    }

    /// <exception cref="DataFieldException">A value does not fit one of the events that may take it.</exception>
    private static Refusal? Keep(Episode episode, KeptSignal signal)
    {
        var takers = episode.Definition.ActivityArray.Where(activity => activity.WaitsFor(signal.Name)).ToList();
        if (takers.Count == 0)
        {
            return Refusal.State(
                Statement, $"no event of its definition waits for the signal '{Names.Printable(signal.Name)}', so nothing could take it. "
                    + NearestName.Proposal(signal.Name, [.. episode.Definition.ActivityArray.SelectMany(activity => activity.Signals).Distinct()]));
        }

        foreach (var change in signal.Changes)
        {
            foreach (var taker in takers)
            {
                FieldWrite.Check(taker.DestinationFields, taker.ActivityFields, episode.Definition.ProcessFields, change);
            }
        }

        episode.Process.Keep(signal with { At = episode.Now });
        episode.Effect = CommandEffect.StoredForLater;
        episode.Record(JournalKind.SignalKept, signal.Name, user: signal.User);
        return null;
    }

    private static Refusal? Drop(Episode episode, KeptSignal signal)
    {
        episode.Effect = CommandEffect.Dropped;
        episode.Record(JournalKind.SignalDropped, signal.Name, user: signal.User);
        return null;
    }

    /// <summary>The values of a signal that was kept, as far as they fit. In another version they may not (statement 8.8).</summary>
    private static FieldWrite[] Fitting(ActivityInstanceDestination destination, KeptSignal signal, out string leftOut)
    {
        var (writes, unfit) = (new List<FieldWrite>(), new List<string>());
        foreach (var change in signal.Changes)
        {
            try
            {
                writes.Add(FieldWrite.Resolve(destination, change));
            }
            catch (DataFieldException)
            {
                unfit.Add($"'{change.Name}'");
            }
        }

        leftOut = unfit.Count == 0 ? "" : $", without the value of {string.Join(", ", unfit)}, which does not fit";
        return [.. writes];
    }
}
