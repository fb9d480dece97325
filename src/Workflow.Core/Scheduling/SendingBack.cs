using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Decides whether a task or an instance can be sent back to an activity (statement 13.11).</summary>
internal static class SendingBack
{
    /// <summary>Why it cannot; null when it can.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="request">The goto.</param>
    /// <param name="hasRun">Whether the activity has run, as the history says, which is read where the instance does not know it; null before.</param>
    /// <param name="own">The activity instance from which it comes; null for the process.</param>
    public static Refusal? WhyNot(Episode episode, GotoRequest request, bool? hasRun, ActivityInstance? own)
    {
        if (Gotos.WhyNot(episode, request, own) is { } refusal)
        {
            return refusal;
        }

        return (episode.Process.HasRun(episode.Definition.Find(request.Activity)!.Ordinal) ?? hasRun) switch
        {
            true => null,
            false => Refusal.State(
                "13.11", $"it cannot be sent back to '{request.Activity}', which has not run in this instance. Name an activity that has, or go there with "
                    + "GoToAsync as an administrator."),
            null => new Refusal(RefusalKind.NeedsHistory),
        };
    }
}
