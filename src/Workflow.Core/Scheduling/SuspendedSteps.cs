using System.Diagnostics;
using System.Globalization;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Writes the steps of an agenda down by name, and reads them back as operations (statement 8.2). Elements are named, so a step can be taken in
/// another version of the definition that has them.</summary>
internal static class SuspendedSteps
{
    /// <summary>The step of an operation, to be stored.</summary>
    public static SuspendedStep Of(ProcessDefinition definition, in Operation operation) => operation.Verb switch
    {
        Verb.EnterActivity => new SuspendedStep(Name(operation), operation.From, 0, definition.LineArray[operation.Ordinal].Name, operation.On),
        Verb.GotoActivity => new SuspendedStep(Name(operation), 0, 0, definition.ActivityArray[operation.Ordinal].Name, operation.On),
        Verb.AskJoin => new SuspendedStep(Name(operation), Math.Max(operation.From, 0), 0, definition.ActivityArray[operation.Ordinal].Name),
        Verb.FollowLine => new SuspendedStep(
            Name(operation), (operation.Target as ActivityInstance)?.Id ?? 0, 0,
            LinesOf(definition, operation.Target as ActivityInstance)[operation.Ordinal].Name),
        _ => operation.Target switch
        {
            ActivityInstance activity => new SuspendedStep(Name(operation), activity.Id, 0, ""),
            ActivityInstanceDestination destination => new SuspendedStep(Name(operation), destination.Activity.Id, destination.Id, ""),
            Firing firing => new SuspendedStep(Name(operation), firing.Owner.ActivityInstance, firing.Owner.Destination, firing.Number.Invariant()),
            null => new SuspendedStep(Name(operation), 0, 0, ""),
            _ => throw new UnreachableException(),
        },
    };

    /// <summary>The operation of a step that was stored.</summary>
    /// <param name="definition">The definition that the instance runs on now.</param>
    /// <param name="process">The instance.</param>
    /// <param name="step">The step.</param>
    /// <returns>The operation; null when its verb, its element, or what it concerns is not there.</returns>
    public static Operation? Read(ProcessDefinition definition, ProcessInstance process, in SuspendedStep step)
    {
        if (!Enum.TryParse<Verb>(step.Verb, out var verb) || verb.ToString() != step.Verb)
        {
            return null;
        }

        var activity = step.ActivityInstance == 0 ? null : process.FindActivity(step.ActivityInstance);
        switch (verb)
        {
            case Verb.LeaveStart or Verb.FinishProcess:
                return new Operation(verb);
            case Verb.EnterActivity:
                return Ordinal(definition.LineArray, step.Element) is { } line ? new Operation(verb, step.On, line, step.ActivityInstance) : null;
            case Verb.GotoActivity:
                return definition.Find(step.Element) is { } target ? new Operation(verb, step.On, target.Ordinal) : null;
            case Verb.AskJoin:
                return definition.Find(step.Element) is { Join: { } join } joined
                    ? new Operation(verb, Ordinal: joined.Ordinal, From: join.IsByLines ? JoinArrivals.ByLines : step.ActivityInstance)
                    : null;
            case Verb.FollowLine:
                return (step.ActivityInstance == 0 || activity is not null) && Ordinal(LinesOf(definition, activity), step.Element) is { } followed
                    ? new Operation(verb, activity, followed)
                    : null;
            case Verb.Leave or Verb.ForgetActivity or Verb.AwaitStart or Verb.BeginActivity or Verb.PlanDestinations or Verb.AskForRoles
                or Verb.AwaitTurn or Verb.TakeTurn or Verb.AskMilestone:
                return activity is null ? null : new Operation(verb, activity);
            case Verb.StartEvent or Verb.ServerEventDone or Verb.SubProcessEnded or Verb.AnswerGiven or Verb.CompleteDestination or Verb.SucceedActivity:
                return process.FindDestination(step.Destination) is { } destination && destination.Activity == activity
                    ? new Operation(verb, destination)
                    : null;
            case Verb.FireEscalation:
                return int.TryParse(step.Element, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    && process.TimersOrNull?.FiringsOrNull?.Find(number) is { } firing ? new Operation(verb, firing) : null;
            case Verb.UseMembers or Verb.FollowRoles or Verb.RepeatEscalation:
                // The answer of the resolver is not kept, and a firing that has failed says so itself. So these are never stored.
                return null;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>The answer of the resolver is not kept; it is asked again.</summary>
    private static string Name(in Operation operation) =>
        (operation.Verb switch
        {
            Verb.UseMembers => Verb.PlanDestinations,
            Verb.FollowRoles => Verb.AskForRoles,
            Verb.RepeatEscalation => Verb.FireEscalation,
            _ => operation.Verb,
        }).ToString();

    private static int? Ordinal(LineDefinition[] lines, string name) => Array.FindIndex(lines, line => line.Name == name) is >= 0 and var found ? found : null;

    private static LineDefinition[] LinesOf(ProcessDefinition definition, ActivityInstance? activity) =>
        activity is null ? definition.StartLines : definition.ActivityArray[activity.Ordinal].OutgoingLines;
}
