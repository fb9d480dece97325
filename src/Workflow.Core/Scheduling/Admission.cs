using System.Diagnostics;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Decides whether an input may happen, and lets it happen: the first change it makes, and the first operation it plans.</summary>
internal static class Admission
{
    public static Refusal? Admit(Episode episode, Input input)
    {
        var closed = Gate.WhyClosed(episode.Process, input.Kind);
        return input switch
        {
            Input.ProcessStarted started => Start(episode, started),
            Input.SubProcessReady ready => SubProcesses.Begin(episode, ready),
            Input.FamilyEnded { Message: FamilyMessage.Ended ended } family => SubProcesses.End(episode, family, ended),
            Input.FamilyEnded family => SubProcesses.EndWithParent(episode, family),
            Input.ServerEventThrew threw => Throw(episode, threw),
            Input.EscalationThrew threw => Throw(episode, threw),
            Input.EscalationPeopleKnown people => Redirect(episode, people),
            Input.MembersResolved resolved => Resolve(episode, resolved),
            Input.ResolverThrew threw => Throw(episode, threw),
            Input.FinishServerItem finish => Finish(episode, finish, closed),
            Input.Signalled signal => Signals.Admit(episode, signal, closed),
            Input.OfUser item => TaskAdmission.Admit(episode, item, closed),
            Input.OfAdministrator task => AdministratorAdmission.Admit(episode, task, closed),
            Input.Withdrawn withdrawn => Withdrawing.Admit(episode, withdrawn, closed),
            Input.OfManagement managed => ManagementAdmission.Admit(episode, managed, closed),
            Input.HolderKnown known => AdministratorAdmission.ReleaseUnlessMember(episode, known, closed),
            Input.RolesDoubtful doubtful => Report(episode, doubtful),
            Input.TimerDue due => TimerAdmission.Admit(episode, due.Timer, due.FoundAt ?? episode.Now),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>An instance that is not due yet waits for its timer, and nothing of it is planned (statement 5.4b).</summary>
    private static Refusal? Start(Episode episode, Input.ProcessStarted started)
    {
        var process = episode.Process;
        if (process.AttachedText is { } attached)
        {
            episode.Journal.AddStart(episode.Now, process.Definition, process.Folio, process.Originator, FieldValue.From(attached));
        }
        else
        {
            episode.Record(JournalKind.ProcessStarted, process.Definition, process.Folio, process.Originator);
        }

        if (started.Parent is { } parent)
        {
            SubProcesses.Join(episode, parent);
        }

        if (started.DueAt is { } due && due > episode.Now)
        {
            DelayedStart.Await(process, due);
            episode.Record(JournalKind.StartAwaited, process.Definition, due.Invariant());
            return null;
        }

        episode.Plan(new Operation(Verb.LeaveStart));
        return null;
    }

    private static Refusal? Throw(Episode episode, Input.ServerEventThrew threw)
    {
        Failure.OfServerEvent(episode, threw.Destination, threw.Fault, threw.Drawn);
        return null;
    }

    private static Refusal? Throw(Episode episode, Input.EscalationThrew threw)
    {
        Failure.OfEscalation(episode, threw.Firing, threw.Fault);
        return null;
    }

    private static Refusal? Redirect(Episode episode, Input.EscalationPeopleKnown people)
    {
        EscalationRedirect.WithPeople(episode, people);
        return null;
    }

    private static Refusal? Resolve(Episode episode, Input.MembersResolved resolved)
    {
        episode.Answers = resolved.Answers;
        episode.Plan(resolved.Activity.IsPlanned ? Verb.FollowRoles : Verb.UseMembers, resolved.Activity);
        return null;
    }

    private static Refusal? Throw(Episode episode, Input.ResolverThrew threw)
    {
        Failure.OfResolver(episode, threw.Activity, threw.Fault);
        return null;
    }

    /// <summary>It is told of tasks that are still for the role, and changes nothing else (statement 4.8b).</summary>
    private static Refusal? Report(Episode episode, Input.RolesDoubtful doubtful)
    {
        foreach (var (named, members) in doubtful.Roles)
        {
            var role = named.Role;
            if (episode.Process.FindActivity(named.Activity) is { } activity
                && !activity.IsReported(role)
                && NamedRole.IsFor(activity, episode.DefinitionOf(activity), role)
                && (members is null || members.All(member => IsLeftOut(activity, member, role))))
            {
                activity.Planning.Report(role);
                episode.Record(members is null ? JournalKind.UnknownRole : JournalKind.NobodyInRole, activity, role.ToString());
                episode.Alarms.Add(new Alarm(members is null ? AlarmKind.UnknownRole : AlarmKind.NobodyInRole, activity.Name, role.ToString()));
            }
        }

        return null;
    }

    private static bool IsLeftOut(ActivityInstance activity, string member, Destination role) =>
        activity.ExclusionOf(member) is { } exclusion && !exclusion.Through.Contains(role);

    private static Refusal? Finish(Episode episode, Input.FinishServerItem finish, Refusal? closed)
    {
        var destination = episode.Process.FindDestination(finish.Destination);
        if (destination?.Event is not { } current || !IsOpen(episode, destination, current))
        {
            return new Refusal(RefusalKind.NotOpen);
        }

        if (closed is not null)
        {
            return closed;
        }

        if (current.ParkedFinish is { } earlier)
        {
            return new Refusal(RefusalKind.FinishStored, Stored: earlier);
        }

        if (Refusal.OfAnswer(episode.DefinitionOf(destination), finish.Answer) is { } refusal)
        {
            return refusal;
        }

        var parked = new ParkedFinish(finish.User, episode.Now, finish.Changes, finish.Answer);
        try
        {
            FieldWrite.Resolve(destination, finish.Changes);
        }
        catch (DataFieldException exception)
        {
            return new Refusal(RefusalKind.Field, exception);
        }

        if (current.KeepsFinish)
        {
            destination.ParkFinish(parked);
            episode.Effect = CommandEffect.StoredForLater;
            episode.RecordEvent(JournalKind.FinishStored, destination, finish.Answer, finish.User);
            return null;
        }

        episode.Process.MovedFromOutside();
        Apply(episode, destination, parked);
        return null;
    }

    /// <summary>Only an event that waits for the outside can be finished so, and only until it has been.</summary>
    private static bool IsOpen(Episode episode, ActivityInstanceDestination destination, EventInstance current) =>
        episode.DefinitionOf(destination) is ServerEventDefinition or SignalEventDefinition
        && current.Status is not (EventInstanceStatus.Returned or EventInstanceStatus.Stalled);

    /// <summary>Applies a finish that was admitted.</summary>
    public static void Apply(Episode episode, ActivityInstanceDestination destination, ParkedFinish finish)
    {
        FieldWriter.Write(episode, destination, FieldWrite.Resolve(destination, finish.Changes));
        if (finish.Answer is { } answer)
        {
            FieldWriter.WriteAnswer(episode, destination, answer);
        }

        episode.RecordEvent(JournalKind.ServerItemFinished, destination, finish.Answer, finish.User);
        episode.ServerItems.Add(ServerItems.Finished(episode, destination, finish.User));
        destination.ReturnEvent();
        episode.Plan(Verb.ServerEventDone, destination);
    }
}
