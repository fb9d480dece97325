using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Decides whether a task or an instance can be sent back to an activity (statement 13.11).</summary>
internal static class SendingBack
{
    /// <summary>Why it cannot; null when it can.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="request">The goto.</param>
    /// <param name="hasRun">Whether the activity has run, as the history says; null before it was read.</param>
    /// <param name="own">The activity instance from which it comes; null for the process.</param>
    public static Refusal? WhyNot(Episode episode, GotoRequest request, bool? hasRun, ActivityInstance? own)
    {
        foreach (var name in request.Activities)
        {
            if (Refusal.NoActivity(episode.Definition, name) is { } missing)
            {
                return missing;
            }
        }

        if (Gotos.IsRefused(episode, request, own))
        {
            return Refusal.State("10.10d", $"its activity '{request.Activity}' is still active, and the goto is refused then.");
        }

        return hasRun switch
        {
            true => null,
            false => Refusal.State(
                "13.11", $"it cannot be sent back to '{request.Activity}', which has not run in this instance. Name an activity that has, or go there with "
                    + "GoToAsync as an administrator."),
            null => new Refusal(RefusalKind.NeedsHistory),
        };
    }
}
