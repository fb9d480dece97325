using System.Diagnostics;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Does what administrators want of a process instance as a whole (statements 8.2 to 8.2c, 8.6 to 8.9 and 10.10e).</summary>
internal static partial class ManagementAdmission
{
    /// <param name="episode">The episode.</param>
    /// <param name="input">The input.</param>
    /// <param name="closed">The refusal that the status of the instance means; null for none.</param>
    public static Refusal? Admit(Episode episode, Input.OfManagement input, Refusal? closed)
    {
        if (closed is not null && input.Request is not ManagementRequest.Delete)
        {
            return Over(episode.Process);
        }

        return input.Request switch
        {
            ManagementRequest.Retry retry => Retry(episode, retry, input),
            ManagementRequest.ToVersion change => ToVersion(episode, change, input),
            ManagementRequest.Skip skip => Skip(episode, skip.Error, input),
            ManagementRequest.GoTo { Destination: 0 } goTo => GoTo(episode, goTo, goTo.Request, input),
            ManagementRequest.GoTo goTo => GoToFrom(episode, goTo, input),
            ManagementRequest.ExpireEvent expire => ExpireEvent(episode, expire.Destination, input),
            ManagementRequest.ExpireActivity expire => Expire(episode, expire.Activity, input),
            ManagementRequest.Stop => Stop(episode, input),
            ManagementRequest.Resume => Resume(episode, input),
            ManagementRequest.Delete => Delete(episode, input),
            ManagementRequest.ChangeFolio change => ChangeFolio(episode, change.Folio, input),
            ManagementRequest.AddDestinations add => Add(episode, add, input),
            ManagementRequest.AddSlots add => Add(episode, add, input),
            ManagementRequest.RecomputeTimers recompute => RecomputeTimers(episode, recompute, input),
            _ => throw new UnreachableException(),
        };
    }

    private static Refusal Over(ProcessInstance process) =>
        Refusal.State("8.6", $"it is {process.StoredStatus}, and nothing of it can be moved any more.");

    private static Refusal? Retry(Episode episode, ManagementRequest.Retry request, Input.OfManagement input)
    {
        if (WhyNotPresent(episode.Process, request.Error, "retry") is { } refusal)
        {
            return refusal;
        }

        if (request.On is { } on && on.Version != episode.Process.DefinitionVersion && ToVersion(episode, on, input) is { } obstacle)
        {
            return obstacle;
        }

        Record(episode, JournalKind.Retried, episode.Process.Error!.Element, input);
        episode.Process.MovedFromOutside();
        Continuation.OfEverything(episode);
        return null;
    }

    private static Refusal? Skip(Episode episode, ProcessError? wanted, Input.OfManagement input)
    {
        if (WhyNotPresent(episode.Process, wanted, "skip") is { } refusal)
        {
            return refusal;
        }

        var error = episode.Process.Error!;
        if (Failure.WhyNotSkipped(error.Element) is { } why)
        {
            return Refusal.State("8.2b", $"what has failed in it cannot be skipped, since {why} The error is: {error.Element}: {error.Message}");
        }

        Record(episode, JournalKind.Skipped, error.Element, input);
        episode.Process.MovedFromOutside();
        Continuation.WithoutTheFailed(episode, error);
        return null;
    }

    /// <summary>Why there is no such error; null when it is the present one.</summary>
    private static Refusal? WhyNotPresent(ProcessInstance process, ProcessError? wanted, string verb)
    {
        if (process.StoredStatus is not ProcessInstanceStatus.Error)
        {
            return Refusal.State("8.6", $"it is {process.Status} and not in Error, so there is nothing to {verb}.");
        }

        var error = process.Error!;
        return wanted is not null && !IsSame(wanted, error)
            ? Refusal.State(
                "8.2c", $"that error is no longer its present one, which is: {error.Element}: {error.Message} Read the instance again, and {verb} that error.")
            : null;
    }

    /// <summary>An error with a number is known by it: a change of the version may have renamed its element since.</summary>
    private static bool IsSame(ProcessError one, ProcessError other) => one.Number == other.Number && one.At == other.At
        && (one.Number > 0 || (one.Element, one.Message) == (other.Element, other.Message));

    /// <param name="episode">The episode.</param>
    /// <param name="order">The goto that the administrator orders.</param>
    /// <param name="request">The same, with the activity that is meant by the own one.</param>
    /// <param name="input">The input.</param>
    private static Refusal? GoTo(Episode episode, ManagementRequest.GoTo order, GotoRequest request, Input.OfManagement input)
    {
        if (WhyNot(episode, order, request) is { } refusal)
        {
            return refusal;
        }

        if (episode.Process.StartsAt is { } begins)
        {
            return Refusal.State(
                "5.4b",
                episode.Process.StoredStatus is ProcessInstanceStatus.Stopped
                    ? $"it has not begun yet, and begins after {begins.Invariant()} when it is resumed. Resume it first."
                    : $"it has not begun yet and begins at {begins.Invariant()}. Wait for that instant.");
        }

        Record(episode, order.IsSentBack ? JournalKind.SentBack : JournalKind.GotoOrdered, request.Activity, input);
        episode.Process.MovedFromOutside();
        switch (episode.Process.StoredStatus)
        {
            case ProcessInstanceStatus.Error:
                Continuation.Elsewhere(episode, request);
                break;
            case ProcessInstanceStatus.Stopped:
                Continuation.ElsewhereOnResume(episode, request);
                break;
            default:
                Gotos.Run(episode, request, own: null, leaving: null);
                break;
        }

        return null;
    }

    private static Refusal? WhyNot(Episode episode, ManagementRequest.GoTo order, GotoRequest request) => order.IsSentBack
        ? SendingBack.WhyNot(episode, request, order.HasRun, own: null)
        : Gotos.WhyNot(episode, request, own: null);

    /// <summary>Its own activity is that of the task or server item.</summary>
    private static Refusal? GoToFrom(Episode episode, ManagementRequest.GoTo order, Input.OfManagement input)
    {
        if (FindOpen(episode.Process, order.Destination) is not { } open)
        {
            return WhyNotOpen(episode.Process, order.Destination);
        }

        var request = order.Request;
        var own = request.Expiring == Expiring.OwnActivity ? request with { Expiring = Expiring.Only(open.Activity.Name) } : request;
        return GoTo(episode, order, own, input);
    }

    private static Refusal? ExpireEvent(Episode episode, int destination, Input.OfManagement input)
    {
        if (WhyHalted(episode.Process) is { } halted)
        {
            return halted;
        }

        if (FindOpen(episode.Process, destination) is not { } open)
        {
            return WhyNotOpen(episode.Process, destination);
        }

        episode.Journal.Add(
            JournalKind.ExpiryOrdered, episode.Now, open.Activity.Id, open.Id, open.Event!.Id, open.Event.Name, input.Reason, input.Administrator);
        episode.Process.MovedFromOutside();
        Expiry.OfEvent(episode, open, ExpiryReason.Administrator);
        episode.Plan(Verb.StartEvent, open);
        return null;
    }

    /// <summary>The destination of a number, if it is at an event.</summary>
    private static ActivityInstanceDestination? FindOpen(ProcessInstance process, int destination) =>
        process.FindDestination(destination) is { Status: DestinationStatus.Active, Event: not null } open ? open : null;

    private static Refusal WhyNotOpen(ProcessInstance process, int destination) =>
        Refusal.State("2.12", $"nothing is open under the serial number {new SerialNumber(process.Id, destination)}. It never was, or it has ended.");

    private static Refusal? Expire(Episode episode, string name, Input.OfManagement input)
    {
        if (Refusal.NoActivity(episode.Definition, name) is { } missing)
        {
            return missing;
        }

        if (WhyHalted(episode.Process) is { } halted)
        {
            return halted;
        }

        var active = episode.Process.ActivityList.FindAll(activity => activity.Status is ActivityInstanceStatus.Active && activity.Name == name);
        if (active.Count == 0)
        {
            return Refusal.State("10.10e", $"its activity '{name}' is not active.");
        }

        Record(episode, JournalKind.ExpiryOrdered, name, input);
        episode.Process.MovedFromOutside();
        foreach (var activity in active)
        {
            Expiry.OfActivity(episode, activity, ExpiryReason.Administrator);
            ActivityEnd.Leave(episode, activity);
        }

        return null;
    }

    private static Refusal? Stop(Episode episode, Input.OfManagement input)
    {
        if (WhyHalted(episode.Process) is { } halted)
        {
            return halted;
        }

        Record(episode, JournalKind.ProcessStopped, episode.Process.Definition, input);
        episode.Process.Stop();
        return null;
    }

    private static Refusal? Resume(Episode episode, Input.OfManagement input)
    {
        if (episode.Process.StoredStatus is not ProcessInstanceStatus.Stopped)
        {
            return Refusal.State("8.6", $"it is {episode.Process.Status} and not Stopped, so there is nothing to resume.");
        }

        Record(episode, JournalKind.ProcessResumed, episode.Process.Definition, input);
        episode.Process.MovedFromOutside();
        Continuation.OfEverything(episode);
        return null;
    }

    /// <summary>Everything that is left of it expires. No line is followed and the finish rule is not asked.</summary>
    private static Refusal? Delete(Episode episode, Input.OfManagement input)
    {
        var process = episode.Process;
        if (process.StoredStatus is ProcessInstanceStatus.Deleted)
        {
            return Refusal.State("8.6b", "it is Deleted already. WorkflowEngine.PurgeAsync removes the history that was kept.");
        }

        Record(episode, JournalKind.ProcessDeleted, process.Definition, input);
        Expiry.OfEverything(episode, ExpiryReason.Deleted);
        Signals.DropKept(episode, isToldToPeople: false);
        var hasCompleted = process.StoredStatus.HasEnded();
        process.Delete(episode.Now);
        if (!hasCompleted)
        {
            SubProcesses.Report(episode, isDeleted: true);
        }

        return null;
    }

    private static Refusal? ChangeFolio(Episode episode, string folio, Input.OfManagement input)
    {
        if (folio == episode.Process.Folio)
        {
            return new Refusal(RefusalKind.NothingToDo);
        }

        Record(episode, JournalKind.FolioChanged, folio, input);
        episode.Process.SetFolio(folio);
        return null;
    }

    /// <summary>Why nothing new is done with an instance that stands still; null when it does not.</summary>
    private static Refusal? WhyHalted(ProcessInstance process) => process.StoredStatus switch
    {
        ProcessInstanceStatus.Error => Refusal.State("8.6", "it is in Error. Retry it, or let it go to another activity."),
        ProcessInstanceStatus.Stopped => Refusal.State("8.6", "it is Stopped. Resume it, or let it go to another activity."),
        _ => null,
    };

    private static void Record(Episode episode, JournalKind kind, string name, Input.OfManagement input) =>
        episode.Journal.Add(kind, episode.Now, 0, 0, 0, name, input.Reason, input.Administrator);
}
