using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <content>Timers that are worked out anew (statement 5.9).</content>
internal static partial class ManagementAdmission
{
    private static Refusal? RecomputeTimers(Episode episode, ManagementRequest.RecomputeTimers request, Input.OfManagement input)
    {
        var timers = TimersAnew.Of(episode, request.Calendar);
        request.Timers = [.. timers.Select(item => item.Timer)];
        if (!timers.Exists(item => item.Timer.IsMoved))
        {
            return new Refusal(RefusalKind.NothingToDo);
        }

        Record(episode, JournalKind.TimersRecomputed, request.Calendar, input);
        foreach (var (timer, @base) in timers)
        {
            if (timer.IsMoved)
            {
                TimersAnew.Move(episode, timer, @base);
            }
        }

        return null;
    }
}
