using System.Diagnostics;
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
        if (due.IsSkipped)
        {
            // It fires for the last time.
            due = new DueFirings(firing.Occurrence, firing.DueAt, StandsFor: 1, PassedOver: 0, Next: null);
            Escalations.Record(episode, JournalKind.EscalationNotArmed, firing.Owner, firing.Escalation, detail: null);

            // Only the instant is passed over. The action asks by the same words.
            episode.Process.EndSkips();
        }

        ArmNext(episode, firing, escalation, due);
        if (due.PassedOver > 0)
        {
            Escalations.Record(episode, JournalKind.EscalationPassedOver, firing.Owner, firing.Escalation, due.PassedOver.Invariant());
        }

        if (due.StandsFor == 0)
        {
            episode.Process.Timers.End(firing);
            return;
        }

        firing.StandFor(due.StandsFor, due.Occurrence, due.DueAt);
        Escalations.Record(episode, JournalKind.EscalationFired, firing.Owner, firing.Escalation, Words(firing, firing.Repeats?.Total ?? escalation.Total));
        TryAct(episode, firing, escalation);
    }

    /// <summary>The action that has failed is done again. That is no other firing (statement 6.11b).</summary>
    public static void Repeat(Episode episode, Firing firing)
    {
        if (firing is { IsOver: false, Status: FiringStatus.Failed })
        {
            var escalation = Escalations.DefinitionOf(episode, firing);
            firing.Retry();
            TryAct(episode, firing, escalation);
        }
    }

    private static void TryAct(Episode episode, Firing firing, EscalationDefinition escalation)
    {
        try
        {
            Act(episode, firing, escalation);
        }
        catch (RuleFailure failure)
        {
            Failure.OfEscalation(episode, firing, Fault.OfRule(failure.InnerException!));
        }
    }

    private static void ArmNext(Episode episode, Firing firing, EscalationDefinition escalation, in DueFirings due)
    {
        if (due.Next is { } next)
        {
            var counted = DueInstant.BaseOf(escalation.IntervalOf(firing.Repeats)!, due.NextFrom, due.NextFrom);
            episode.Process.Timers.ArmNext(firing, due.Occurrence + 1, next, counted);
        }
    }

    private static void Act(Episode episode, Firing firing, EscalationDefinition escalation)
    {
        switch (escalation.Action)
        {
            case EscalationAction.Run:
                PlanCall(episode, firing, FiringStatus.WantsCode);
                break;
            case EscalationAction.RedirectToManager:
                PlanCall(episode, firing, FiringStatus.WantsPeople);
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
            PlanCall(episode, firing, FiringStatus.WantsPeople, receiver);
            return;
        }

        EscalationRedirect.ToUser(episode, firing, receiver, memberships: null);
    }

    private static void PlanCall(Episode episode, Firing firing, FiringStatus call, string? receiver = null)
    {
        firing.Want(call, receiver);

        // One that is done again keeps its place among the calls that are planned (statement 3.12).
        episode.Process.PlanAgain(PlannedCall.OfFiring(firing));
    }

    private static string Words(Firing firing, int total)
    {
        var words = $"firing {firing.Occurrence.Invariant()} of {total.Invariant()}, due {firing.DueAt.Invariant()}";
        return firing.StandsFor == 1 ? words : $"{words}, for {firing.StandsFor.Invariant()} due instants";
    }
}
