using System.Diagnostics;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Decides the effect of an instance's status on an input, before any other check. Admission asks it once, and gives its refusal at its place in the
/// order of statement 1.8. That is after the reasons that concern the user and the task.</summary>
internal static class Gate
{
    /// <summary>The table: status of the instance by kind of input.</summary>
    public static Passage Of(ProcessInstanceStatus status, InputKind input) => status switch
    {
        ProcessInstanceStatus.Active => Passage.Admitted,

        // Calls are not made in Error or Stopped, and nobody who stops the instance is let in during one. A task wakes,
        // because nobody can act on it then anyway (statement 6.6).
        ProcessInstanceStatus.Error or ProcessInstanceStatus.Stopped => input switch
        {
            InputKind.Start or InputKind.CallResult => Passage.Impossible,
            InputKind.Finish or InputKind.TaskRequest or InputKind.AdministratorRequest or InputKind.Withdrawal => Passage.Halted,
            InputKind.Management or InputKind.Report or InputKind.WakeTimer or InputKind.FamilyEnd => Passage.Admitted,
            InputKind.RoleTimer or InputKind.StartTimer or InputKind.ProcessStartTimer => Passage.Later,
            InputKind.EscalationTimer or InputKind.RetryTimer => Passage.Later,
            _ => throw new UnreachableException(),
        },

        // Nothing is left that a report or a timer could be about, so they find nothing to do.
        ProcessInstanceStatus.Completed or ProcessInstanceStatus.Deleted => input switch
        {
            InputKind.Start or InputKind.CallResult => Passage.Impossible,
            InputKind.Finish or InputKind.TaskRequest or InputKind.AdministratorRequest => Passage.Over,
            InputKind.Withdrawal or InputKind.Management => Passage.Over,
            InputKind.Report or InputKind.WakeTimer or InputKind.RoleTimer or InputKind.FamilyEnd => Passage.Admitted,
            InputKind.StartTimer or InputKind.ProcessStartTimer or InputKind.EscalationTimer or InputKind.RetryTimer => Passage.Admitted,
            _ => throw new UnreachableException(),
        },
        _ => throw new UnreachableException(),
    };

    /// <summary>The refusal that the status means for an input; null when it may happen, as far as the status is concerned.</summary>
    public static Refusal? WhyClosed(ProcessInstance process, InputKind input)
    {
        switch (Of(process.StoredStatus, input))
        {
            case Passage.Halted:
                return Refusal.Halted(process);
            case Passage.Over:
                return new Refusal(RefusalKind.NotOpen);
            case var passage:
                Invariant.Holds(passage is Passage.Admitted or Passage.Later);
                return null;
        }
    }
}
