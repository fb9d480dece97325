using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Planning;
using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <summary>The users for whom a user may act, besides themselves. These are users who are out of office and share with them, and users whom they manage
/// (statements 9.4 and 9.5).</summary>
internal readonly struct Representation
{
    private readonly ProcessHost _host;
    private readonly WorkflowPrincipal _principal;

    public Representation(ProcessHost host, WorkflowPrincipal principal)
    {
        _host = host;
        _principal = principal;
    }

    public DateTimeOffset Now => _host.Options.Clock.GetUtcNow();

    private string User => _principal.Name;

    /// <summary>The user as the decisions see them, with their known roles and groups.</summary>
    public Actor Actor(ActsFor actsFor, IReadOnlyDictionary<string, IReadOnlyList<Destination>>? memberships)
    {
        var actor = new Actor(User, actsFor, Memberships: null);
        return memberships is null ? actor : actor with { Memberships = memberships.GetValueOrDefault(actor.StandingUser), OfOthers = memberships };
    }

    /// <summary>The users whose roles and groups have to be known for a task. The user is one if roles may count. Users who have delegated or redirected the
    /// task are, if their own roles count. So are users who are left out unless they belong to a role.</summary>
    /// <param name="actor">The user.</param>
    /// <param name="destination">The destination of the task.</param>
    /// <param name="task">The task.</param>
    /// <param name="receiver">The user who is to get the task; null for nobody.</param>
    public static IReadOnlyList<string> WhoseRolesCount(
        Actor actor, ActivityInstanceDestination destination, ClientEventDefinition task, string? receiver = null)
    {
        var counting = WhoseNamedRolesCount(actor, destination, task);
        return destination.Activity.PlanningOrNull is { Exclusions.Count: > 0 } ? WithThoseLeftOut(counting, actor, destination, receiver) : counting;
    }

    private static IReadOnlyList<string> WithThoseLeftOut(
        IReadOnlyList<string> counting, Actor actor, ActivityInstanceDestination destination, string? receiver)
    {
        var leftOut = destination.WorklistHeader!.Delegations.Select(delegation => delegation.By)
            .Concat(new[] { actor.User, actor.StandingUser, receiver }.OfType<string>())
            .Where(user => ExclusionCheck.IsByRole(destination.Activity, user));
        return [.. leftOut.Concat(counting).Distinct(NameComparer.Default)];
    }

    private static IReadOnlyList<string> WhoseNamedRolesCount(Actor actor, ActivityInstanceDestination destination, ClientEventDefinition task)
    {
        var header = destination.WorklistHeader!;
        var doActionsNameRoles = task.NamesRoles || header.NamesRoles;
        if (!destination.NamesRoles && !doActionsNameRoles)
        {
            return [];
        }

        if (!doActionsNameRoles && header.Delegations.Count == 0 && destination.IsFor(Destination.Known(actor.StandingUser)))
        {
            // A user who is named directly has the task, regardless of their roles and groups.
            return [];
        }

        if (!doActionsNameRoles && header.Delegations.All(delegation => delegation.Entry.Kind is DestinationKind.User))
        {
            return [actor.StandingUser];
        }

        var others = header.Delegations.Select(delegation => delegation.By)
            .Concat(header.Inheritances.Where(inheritance => inheritance.From.Kind is DestinationKind.User).Select(inheritance => inheritance.From.Name));
        return [.. others.Prepend(actor.StandingUser).Distinct(NameComparer.Default)];
    }

    /// <summary>The user as the decisions on a task see them, with all that has to be known.</summary>
    public async ValueTask<Actor> ActorAsync(
        ActsFor actsFor, ActivityInstanceDestination destination, ClientEventDefinition task, CancellationToken cancellation)
    {
        var wanted = WhoseRolesCount(Actor(actsFor, memberships: null), destination, task);
        return wanted.Count == 0
            ? Actor(actsFor, memberships: null)
            : Actor(actsFor, await MembershipsAsync(wanted, known: null, cancellation).ConfigureAwait(false));
    }

    /// <summary>The same user, with what else has to be known of others for one task of a list.</summary>
    public async ValueTask<Actor> CompleteAsync(
        Actor actor, ActivityInstanceDestination destination, ClientEventDefinition task, ListedMemberships memberships, CancellationToken cancellation)
    {
        var unknown = WhoseRolesCount(actor, destination, task).Where(user => actor.OfOthers?.ContainsKey(user) is not true).ToList();
        if (unknown.Count == 0)
        {
            return actor;
        }

        var known = new Dictionary<string, IReadOnlyList<Destination>>(NameComparer.Default);
        foreach (var (user, belongsTo) in actor.OfOthers ?? new Dictionary<string, IReadOnlyList<Destination>>())
        {
            known.Add(user, belongsTo);
        }

        foreach (var user in unknown)
        {
            known.Add(user, await memberships.OfAsync(user, cancellation).ConfigureAwait(false));
        }

        return Actor(actor.For, known);
    }

    /// <summary>The user as the tasks of a list see them.</summary>
    public async ValueTask<Actor> ActorAsync(ActsFor actsFor, ListedMemberships memberships, CancellationToken cancellation)
    {
        var standing = Actor(actsFor, memberships: null).StandingUser;
        return Actor(actsFor, new Dictionary<string, IReadOnlyList<Destination>>(NameComparer.Default)
        {
            [standing] = await memberships.OfAsync(standing, cancellation).ConfigureAwait(false),
        });
    }

    /// <summary>The user as the decisions on any task see them.</summary>
    public async ValueTask<Actor> ActorAsync(ActsFor actsFor, CancellationToken cancellation)
    {
        var standing = Actor(actsFor, memberships: null).StandingUser;
        return Actor(actsFor, await MembershipsAsync([standing], known: null, cancellation).ConfigureAwait(false));
    }

    /// <summary>The roles and groups of users, added to those that are known.</summary>
    public async ValueTask<Dictionary<string, IReadOnlyList<Destination>>> MembershipsAsync(
        IReadOnlyList<string> users, Dictionary<string, IReadOnlyList<Destination>>? known, CancellationToken cancellation)
    {
        known ??= new Dictionary<string, IReadOnlyList<Destination>>(NameComparer.Default);
        foreach (var user in users)
        {
            known[user] = await _host.Resolver.MembershipsAsync(user, cancellation).ConfigureAwait(false);
        }

        return known;
    }

    /// <summary>Makes sure that the user may act for another on a task.</summary>
    /// <exception cref="NotSharedException">The other user is not out of office, or does not share the task with this one.</exception>
    /// <exception cref="NotManagedException">The user does not manage the other.</exception>
    public ValueTask RequireAsync(ActsFor actsFor, string definition, string activity, CancellationToken cancellation) => actsFor.Kind switch
    {
        ActsForKind.Absent => RequireSharedAsync(actsFor.User!, definition, activity, cancellation),
        ActsForKind.Managed => RequireManagedAsync(actsFor.User!, orSelf: false, cancellation),
        _ => ValueTask.CompletedTask,
    };

    /// <exception cref="NotManagedException">The user does not manage the other.</exception>
    public async ValueTask RequireManagedAsync(string managed, bool orSelf, CancellationToken cancellation)
    {
        if (orSelf && (_principal.IsSystem || Names.Same(managed, User)))
        {
            return;
        }

        var manager = await _host.Resolver.ManagerAsync(managed, cancellation).ConfigureAwait(false);
        if (manager is null || !Names.Same(manager, User))
        {
            throw new NotManagedException(User, managed);
        }
    }

    /// <summary>The manager of a user; null for nobody.</summary>
    public ValueTask<string?> ManagerAsync(string user, CancellationToken cancellation) => _host.Resolver.ManagerAsync(user, cancellation);

    /// <summary>The users, groups and roles with which the resolver answers a question.</summary>
    public ValueTask<IReadOnlyList<Destination>> AnswerAsync(NamedQuestion question, CancellationToken cancellation) =>
        _host.Resolver.AnswerAsync(question, cancellation);

    /// <summary>The absences in which tasks are shared with the user now (statement 9.4).</summary>
    public async ValueTask<IReadOnlyList<OutOfOffice>> SharedAsync(CancellationToken cancellation)
    {
        var self = this;
        return self.InEffect(await _host.Store.FindAbsencesSharedWithAsync(User, cancellation).ConfigureAwait(false));
    }

    /// <summary>Of the absences that are stored for the user, those that share tasks with them now. One that cannot be read is reported.</summary>
    public IReadOnlyList<OutOfOffice> InEffect(IReadOnlyList<OutOfOffice> absences)
    {
        var now = _host.Options.Clock.GetUtcNow();
        var user = User;
        foreach (var absence in absences.Where(absence => absence.Problem is not null))
        {
            _host.Unreadable.ReportAbsence(absence.User, absence.Problem!);
        }

        return [.. absences.Where(absence => absence.Problem is null && absence.IsOut(now) && !Names.Same(absence.User, user))];
    }

    /// <summary>A task, and the users who are out of office and share it with the user now. One question finds both.</summary>
    public async ValueTask<(StoredTask? Task, IReadOnlyList<string> Absent)> FindSharedAsync(SerialNumber serial, CancellationToken cancellation)
    {
        var self = this;
        var (task, absences) = await _host.Store.FindTaskAndAbsencesAsync(serial, User, cancellation).ConfigureAwait(false);
        return (task, task is null ? [] : self.Absent(absences, task.Header.Definition, task.Header.Activity));
    }

    /// <summary>The users who are out of office and share the tasks of an activity with the user now.</summary>
    public async ValueTask<IReadOnlyList<string>> AbsentAsync(string definition, string activity, CancellationToken cancellation)
    {
        var self = this;
        return self.Absent(await _host.Store.FindAbsencesSharedWithAsync(User, cancellation).ConfigureAwait(false), definition, activity);
    }

    private IReadOnlyList<string> Absent(IReadOnlyList<OutOfOffice> absences, string definition, string activity)
    {
        var self = this;
        return [.. InEffect(absences).Where(absence => self.IsShared(absence, definition, activity)).Select(absence => absence.User)];
    }

    /// <summary>Whether an absence shares the tasks of an activity with the user.</summary>
    public bool IsShared(OutOfOffice absence, string definition, string activity)
    {
        var user = User;
        return absence.SharedWith(definition, activity).Any(substitute => Names.Same(substitute, user));
    }

    private async ValueTask RequireSharedAsync(string absent, string definition, string activity, CancellationToken cancellation)
    {
        var absence = await _host.Store.FindAbsenceAsync(absent, cancellation).ConfigureAwait(false);
        if (absence is null || !absence.IsOut(_host.Options.Clock.GetUtcNow()) || !IsShared(absence, definition, activity))
        {
            throw new NotSharedException(User, absent);
        }
    }
}
