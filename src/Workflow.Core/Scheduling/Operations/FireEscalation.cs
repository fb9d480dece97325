using System.Diagnostics;
using System.Globalization;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;

namespace Workflow.Core.Scheduling.Operations;

/// <summary>An escalation fires: the next firing is armed, and the action begins (statements 6.4 and 6.7). Code, and questions about people, are only planned
/// here.</summary>
internal static class FireEscalation
{
    public static void Run(Episode episode, Firing firing)
    {
        if (firing is not { IsOver: false, Status: FiringStatus.Due })
        {
            return;
        }

        var escalation = Escalations.DefinitionOf(episode, firing);
        var due = DueFirings.Of(episode, escalation, firing);
        ArmNext(episode, firing, due);
        if (due.PassedOver > 0)
        {
            Escalations.Record(
                episode, JournalKind.EscalationPassedOver, firing.Owner, firing.Escalation, string.Create(CultureInfo.InvariantCulture, $"{due.PassedOver}"));
        }

        if (due.StandsFor == 0)
        {
            episode.Process.Timers.End(firing);
            return;
        }

        firing.StandFor(due.StandsFor, due.Occurrence, due.DueAt);
        Escalations.Record(episode, JournalKind.EscalationFired, firing.Owner, firing.Escalation, Words(firing, escalation.Total));
        try
        {
            Act(episode, firing, escalation);
        }
        catch (RuleFailure failure)
        {
            Failure.OfEscalation(episode, firing, Fault.OfRule(failure.InnerException!));
        }
    }

    private static void ArmNext(Episode episode, Firing firing, in DueFirings due)
    {
        if (due.Next is { } next)
        {
            episode.Process.Timers.ArmNext(firing, due.Occurrence + 1, next);
        }
    }

    private static void Act(Episode episode, Firing firing, EscalationDefinition escalation)
    {
        switch (escalation.Action)
        {
            case EscalationAction.Run:
                firing.Want(FiringStatus.WantsCode);
                episode.Process.Plan(PlannedCall.OfFiring(firing));
                break;
            case EscalationAction.RedirectToManager:
                AskForPeople(episode, firing, receiver: null);
                break;
            case EscalationAction.Redirect redirect:
                Redirect(episode, firing, EscalationRedirect.ReceiverOf(episode, escalation, redirect, firing));
                break;
            case EscalationAction.GoTo goTo:
                EscalationActions.GoTo(episode, firing, goTo.Request);
                break;
            case EscalationAction.ExpireActivity:
                EscalationActions.ExpireActivity(episode, firing);
                break;
            case EscalationAction.ExpireEvent:
                EscalationActions.ExpireEvent(episode, firing);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static void Redirect(Episode episode, Firing firing, string receiver)
    {
        if (ExclusionCheck.IsByRole(firing.Activity!, receiver))
        {
            AskForPeople(episode, firing, receiver);
            return;
        }

        EscalationRedirect.ToUser(episode, firing, receiver, memberships: null);
    }

    private static void AskForPeople(Episode episode, Firing firing, string? receiver)
    {
        firing.Want(FiringStatus.WantsPeople, receiver);
        episode.Process.Plan(PlannedCall.OfFiring(firing));
    }

    private static string Words(Firing firing, int total)
    {
        var words = string.Create(CultureInfo.InvariantCulture, $"firing {firing.Occurrence} of {total}, due {firing.DueAt.Invariant()}");
        return firing.StandsFor == 1 ? words : string.Create(CultureInfo.InvariantCulture, $"{words}, for {firing.StandsFor} due instants");
    }
}
