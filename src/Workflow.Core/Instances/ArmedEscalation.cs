namespace Workflow.Core.Instances;

/// <summary>An escalation that will fire, unless its element ends before (statement 6.6).</summary>
/// <param name="Name">The name of the escalation in the definition.</param>
/// <param name="DueAt">When it fires next.</param>
/// <param name="Number">Which of its firings that is, counted from 1 (statement 6.4).</param>
public readonly record struct ArmedEscalation(string Name, DateTimeOffset DueAt, int Number)
{
    /// <summary>The escalations that are armed of an element, in the order of arming.</summary>
    internal static IReadOnlyList<ArmedEscalation> Of(ProcessInstance process, in TimerOwner owner)
    {
        if (process.TimersOrNull is not { } timers)
        {
            return [];
        }

        List<ArmedEscalation>? armed = null;
        foreach (var timer in timers.Of(owner))
        {
            if (timer.Kind is ProcessTimerKind.Escalation)
            {
                (armed ??= []).Add(new ArmedEscalation(timer.Element, timer.DueAt, timer.Occurrence));
            }
        }

        return armed ?? (IReadOnlyList<ArmedEscalation>)[];
    }
}
