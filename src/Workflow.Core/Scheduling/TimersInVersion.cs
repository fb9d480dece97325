using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Migration;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Lets the timers and the firings of an instance go on in another version of its definition. They keep their due instants, their intervals and the
/// number of their repeats, and do what the escalation of the other version says (statement 8.8b).</summary>
internal static class TimersInVersion
{
    /// <summary>Changes them. The elements of the instance are those of the old version.</summary>
    public static void Change(ProcessInstance process, Succession succession)
    {
        if (process.TimersOrNull is not { } timers)
        {
            return;
        }

        var owners = new List<(TimerOwner Owner, Elements Elements)> { (TimerOwner.Process, Elements.OfProcess(succession)) };
        foreach (var activity in process.ActivityList)
        {
            var change = succession.Activities[activity.Ordinal]!;
            owners.Add((TimerOwner.Of(activity), Elements.OfActivity(change)));
            foreach (var destination in activity.DestinationSpan)
            {
                if (destination.Event is { } current)
                {
                    owners.Add((TimerOwner.OfEvent(destination), Elements.OfEvent(change.From.EventArray[current.Position], change.Events[current.Position]!)));
                }
            }
        }

        foreach (var (owner, elements) in owners)
        {
            foreach (var timer in timers.Of(owner).ToList())
            {
                var (name, repeats) = elements.Of(timer.Kind, timer.Element, timers.RepeatsOf(timer));
                timers.ChangeVersion(timer, name, repeats);
            }

            foreach (var firing in timers.FiringsOrNull?.Of(owner) ?? [])
            {
                var (name, repeats) = elements.Of(ProcessTimerKind.Escalation, firing.Escalation, firing.Repeats);
                firing.ChangeVersion(name, repeats);
            }
        }
    }

    /// <summary>The elements of one owner that timers are for.</summary>
    private sealed record Elements(
        string? Name, EscalationDefinition[] From, EscalationDefinition[] To, IReadOnlyDictionary<string, string> Names)
    {
        public static Elements OfProcess(Succession change) => new(null, change.From.EscalationArray, change.To.EscalationArray, change.Escalations);

        public static Elements OfActivity(ActivitySuccession change) =>
            new(change.To.Name, change.From.EscalationArray, change.To.EscalationArray, change.Escalations);

        public static Elements OfEvent(EventDefinition from, EventSuccession change) =>
            new(change.Definition.Name, from.EscalationArray, change.Definition.EscalationArray, change.Escalations);

        /// <summary>The name that a timer is for, and the repeats that it keeps if the new version says others.</summary>
        public (string Name, KeptRepeats? Repeats) Of(ProcessTimerKind kind, string element, KeptRepeats? kept)
        {
            if (kind is not ProcessTimerKind.Escalation)
            {
                return (Name ?? element, null);
            }

            var name = Names[element];
            var repeats = kept ?? EscalationDefinition.Find(From, element)!.Repeats;
            return (name, repeats == EscalationDefinition.Find(To, name)!.Repeats ? null : repeats);
        }
    }
}
