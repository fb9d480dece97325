using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Escalations;

/// <summary>The action of an escalation.</summary>
internal enum Doing
{
    Run,
    ExpireActivity,
    ExpireEvent,
    GoTo,
}

/// <summary>The activities that a goto expires.</summary>
internal enum Scope
{
    Everything,
    OwnActivity,
    Named,
}

/// <summary>A goto of a plan.</summary>
/// <param name="Target">The activity that it starts.</param>
/// <param name="Scope">The activities that it expires.</param>
/// <param name="Named">The activity that it expires where it names one.</param>
/// <param name="IfActive">The effect of a target that is still active.</param>
internal sealed record GoToPlan(string Target, Scope Scope, string Named, ActiveTarget IfActive)
{
    public Expiring Build() => Scope switch
    {
        Scope.Everything => Expiring.Everything,
        Scope.OwnActivity => Expiring.OwnActivity,
        _ => Expiring.Only(Named),
    };
}

/// <summary>An escalation of a plan.</summary>
/// <param name="Name">The name, which no other element has.</param>
/// <param name="When">When it is due first.</param>
/// <param name="Repeats">How often it repeats.</param>
/// <param name="Interval">The interval of its repeats; null when it is the amount of its rule.</param>
/// <param name="Missed">The firings for due instants without a host.</param>
/// <param name="Doing">Its action.</param>
/// <param name="GoTo">The goto, where its action is one.</param>
internal sealed record EscalationPlan(string Name, Due When, int Repeats, Amount? Interval, Missed Missed, Doing Doing, GoToPlan? GoTo)
{
    public Repeat BuildRepeat()
    {
        var repeat = Repeat.Times(Repeats).WhenMissed(Missed);
        return Interval is null ? repeat : repeat.Every(Interval.Build());
    }

    /// <summary>The due instant behind another one.</summary>
    public DateTimeOffset After(DateTimeOffset due) => Interval is null ? When.Amount!.From(due, When.Calendar) : Interval.From(due, null);

    public override string ToString() =>
        $"{Name}: {When}, {Repeats} x{(Interval is null ? "" : $" every {Interval}")}, {Missed}, {Doing}{(GoTo is null ? "" : $" {GoTo}")}";
}

/// <summary>An activity of a plan: a task of one user, and a line to the next activity.</summary>
/// <param name="Name">The name.</param>
/// <param name="Start">Its start rule.</param>
/// <param name="Escalations">Its escalations.</param>
/// <param name="OfTask">The escalations of its task.</param>
internal sealed record ActivityPlan(string Name, Due? Start, IReadOnlyList<EscalationPlan> Escalations, IReadOnlyList<EscalationPlan> OfTask);

/// <summary>A process of a few activities, one after the other.</summary>
/// <param name="BeginsAt">When the instance starts.</param>
/// <param name="Dates">The values of its fields.</param>
/// <param name="Escalations">The escalations of the process.</param>
/// <param name="Activities">The activities.</param>
internal sealed record ProcessPlan(
    DateTimeOffset BeginsAt, IReadOnlyList<DateTimeOffset?> Dates, IReadOnlyList<EscalationPlan> Escalations, IReadOnlyList<ActivityPlan> Activities)
{
    public static readonly ProcessField<DateTimeOffset>[] Fields = [new("First date"), new("Second date"), new("Third date")];

    public override string ToString() => string.Join('\n', Lines());

    private IEnumerable<string> Lines()
    {
        yield return $"begins {BeginsAt:u}, fields {string.Join(" | ", Dates.Select(date => date?.ToString("u") ?? "null"))}";
        foreach (var escalation in Escalations)
        {
            yield return $"  {escalation}";
        }

        foreach (var activity in Activities)
        {
            yield return $"  activity {activity.Name}{(activity.Start is null ? "" : $", starts {activity.Start}")}";
            foreach (var escalation in activity.Escalations.Concat(activity.OfTask))
            {
                yield return $"    {escalation}";
            }
        }
    }
}
