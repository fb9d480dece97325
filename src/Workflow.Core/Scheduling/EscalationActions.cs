using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Does what an escalation asks for, by its action or by its code (statements 6.7 to 6.9).</summary>
internal static class EscalationActions
{
    /// <summary>Goes elsewhere.</summary>
    public static void GoTo(Episode episode, Firing firing, GotoRequest request)
    {
        var own = firing.Activity;
        episode.Process.Timers.End(firing);
        if (Gotos.IsRefused(episode, request, own))
        {
            Gotos.RecordRefused(episode, request);
            return;
        }

        Gotos.Run(episode, request, own, leaving: null);
    }

    /// <summary>Ends the activity (statement 6.8).</summary>
    public static void ExpireActivity(Episode episode, Firing firing)
    {
        var activity = firing.Activity!;
        episode.Process.Timers.End(firing);
        Expiry.OfActivity(episode, activity, ExpiryReason.Escalation);
        ActivityEnd.Leave(episode, activity);
    }

    /// <summary>Ends the event (statement 6.9).</summary>
    public static void ExpireEvent(Episode episode, Firing firing)
    {
        var destination = firing.Destination!;
        episode.Process.Timers.End(firing);
        Expiry.OfEvent(episode, destination, ExpiryReason.Escalation);
        episode.Plan(Verb.StartEvent, destination);
    }
}
