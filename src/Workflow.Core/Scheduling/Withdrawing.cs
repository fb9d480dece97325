using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>The originator of an instance withdraws it: everything expires, and the activity starts that the definition names, or the instance completes
/// (statement 13.11).</summary>
internal static class Withdrawing
{
    public static Refusal? Admit(Episode episode, Input.Withdrawn input, Refusal? closed)
    {
        var process = episode.Process;
        if (closed is { Kind: RefusalKind.Halted })
        {
            return closed;
        }

        if (closed is not null)
        {
            return Refusal.State("13.11", $"it is {process.StoredStatus}, and can no longer be withdrawn.");
        }

        if (episode.Definition.Withdrawal is not { } withdrawal)
        {
            return Refusal.State(
                "13.11", $"'{process.Definition}' does not let its originator withdraw it. Allow that with Withdrawal(...) in the definition, or ask an "
                    + "administrator.");
        }

        episode.Journal.Add(JournalKind.Withdrawn, episode.Now, 0, 0, 0, withdrawal.Activity ?? process.Definition, input.Reason, input.User);
        process.MovedFromOutside();
        Escalations.ForgetStart(episode);
        if (withdrawal.Activity is { } activity)
        {
            Gotos.Run(episode, new GotoRequest(activity, Expiring.Everything, ActiveTarget.Again), own: null, leaving: null);
            return null;
        }

        Expiry.OfEverything(episode, ExpiryReason.Withdrawn);
        return null;
    }
}
