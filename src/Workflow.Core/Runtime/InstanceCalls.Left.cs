using System.Diagnostics;
using Workflow.Core.Instances;

namespace Workflow.Core.Runtime;

/// <content>Calls that are left, and the one that is open when a turn fails.</content>
internal sealed partial class InstanceCalls
{
    /// <summary>The call that the store knows as begun and not as ended, in words.</summary>
    public string OpenCall => _open switch
    {
        (CallKind.EventCode, var (activity, called)) => $"The result of event '{called}' of activity '{activity}' is still open.",
        (CallKind.SubProcessStart, var (activity, called)) => $"The sub-process of event '{called}' of activity '{activity}' is still to be started.",
        (CallKind.Members, var (activity, _)) => $"The destinations of activity '{activity}' are still open.",
        (CallKind.EscalationCode or CallKind.EscalationPeople, var (escalation, _)) => $"The action of escalation '{escalation}' is still open.",
        _ => throw new UnreachableException(),
    };

    /// <summary>Whether calls are left planned: to an engine that takes them up (statement 13.6), until fewer calls are under way (statement 14.7b), or because
    /// an administrator comes in between (statement 8.6).</summary>
    private bool IsLeft(bool isPure)
    {
        if (_services.LeavesCalls)
        {
            return !isPure;
        }

        if (!_onlyFirings && _instance.IsBreakWanted)
        {
            _isInterrupted = true;
            _services.LeftBehind.Add(_instance.Id);
            _services.WorkAppeared?.Invoke();
            return true;
        }

        if (_work is null || _work.TryCall())
        {
            return false;
        }

        // On a store that others use too, it gives the instance to an engine that has room.
        if (!_services.IsShared)
        {
            _services.LeftBehind.Add(_instance.Id);
        }

        return true;
    }
}
