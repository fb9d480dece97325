using System.Runtime.CompilerServices;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Planning;
using Workflow.Core.Records;
using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <summary>Reads worklists: finds the tasks in the store, and works out the status of each for each user from its stored form.</summary>
internal sealed class WorklistReader
{
    private readonly ProcessHost _host;
    private readonly Representation _representation;
    private readonly string _user;
    private readonly OpenTasks _tasks;

    public WorklistReader(ProcessHost host, Representation representation, string user)
    {
        _host = host;
        _representation = representation;
        _user = user;
        _tasks = new OpenTasks(host);
    }

    /// <summary>The tasks of the user, or, as their manager, those of another.</summary>
    public async ValueTask<IReadOnlyList<WorklistItem>> ListAsync(
        ItemCommands commands, WorklistQuery query, string? managedUser, CancellationToken cancellation)
    {
        var items = new List<WorklistItem>();
        var tasks = 0;
        await foreach (var views in SeenAsync(managedUser, query, OpenTasks.MostAtOnce, cancellation).ConfigureAwait(false))
        {
            items.AddRange(views.Select(view => new WorklistItem(commands, view)));
            if (++tasks == query.Limit)
            {
                break;
            }
        }

        return items;
    }

    /// <summary>Counts the tasks that the user's list would have. They are found with one question, and loaded with another.</summary>
    public async ValueTask<TaskCounts> CountAsync(ItemCommands commands, WorklistQuery query, int atMost, CancellationToken cancellation)
    {
        var all = query with { After = null, Order = WorklistOrder.Serial, Limit = atMost };
        var counted = new List<WorklistItem>();
        await foreach (var views in SeenAsync(managedUser: null, all, atMost, cancellation).ConfigureAwait(false))
        {
            counted.Add(new WorklistItem(commands, views[0]));
            if (counted.Count == atMost)
            {
                break;
            }
        }

        return new TaskCounts(
            BoundedCount.Of(counted.Count, atMost),
            [
                .. counted.GroupBy(item => (item.Definition, item.Activity))
                    .OrderBy(group => group.Key.Definition, StringComparer.Ordinal).ThenBy(group => group.Key.Activity, StringComparer.Ordinal)
                    .Select(group => new ActivityTaskCount(
                        group.Key.Definition, group.Key.Activity, group.Count(), group.Count(item => item.Flag is not PriorityFlag.Green))),
            ]);
    }

    /// <summary>The user with their roles and groups, and those of everybody who is out of office and shares with them.</summary>
    public async ValueTask<IReadOnlyCollection<Destination>> EntriesAsync(CancellationToken cancellation) =>
        [.. (await ViewersAsync(new ListedMemberships(_host), cancellation).ConfigureAwait(false)).SelectMany(viewer => viewer.Entries)];

    /// <summary>The tasks of everybody, or of one user, entry by entry, as an administrator sees them.</summary>
    public async ValueTask<IReadOnlyList<WorklistEntry>> ListEverybodysAsync(
        AccessCheck access, WorklistQuery query, string? of, CancellationToken cancellation)
    {
        var visible = await access.VisibleAsync(Operation.ListEverybodysWorklist, query.Definition, query.Definitions, cancellation).ConfigureAwait(false);
        var entries = new List<WorklistEntry>();
        if (visible is { Count: 0 })
        {
            return entries;
        }

        var wanted = of is null ? null : await EntriesOfAsync(of, cancellation).ConfigureAwait(false);
        var tasks = 0;
        var all = query with { Definitions = visible };
        await foreach (var (header, open, problem) in _tasks.ListAsync(wanted, all, OpenTasks.MostAtOnce, cancellation).ConfigureAwait(false))
        {
            var found = open is { } task
                ? TaskEntries.Of(task, _host.Options.Clock.GetUtcNow())
                : await EntriesAsync(header, problem!, cancellation).ConfigureAwait(false);
            var before = entries.Count;
            entries.AddRange(of is null ? found : found.Where(entry => IsOf(of, entry)));
            tasks += entries.Count > before ? 1 : 0;
            if (tasks == query.Limit)
            {
                break;
            }
        }

        return entries;
    }

    /// <summary>A user with their roles and groups: of a task of these they may hold a slot.</summary>
    private async ValueTask<IReadOnlyCollection<Destination>> EntriesOfAsync(string user, CancellationToken cancellation)
    {
        var viewer = await ViewerAsync(ActsFor.Managed(user), absence: null, new ListedMemberships(_host), cancellation).ConfigureAwait(false);
        return viewer.Entries;
    }

    /// <summary>Whether an entry is that of a user. An item of theirs stays theirs while a delegate has it open.</summary>
    private static bool IsOf(string user, in WorklistEntry entry) =>
        (entry.Destination.Kind is DestinationKind.User ? entry.Destination.Name : entry.User) is { } whose && Names.Same(whose, user);

    /// <summary>The destination of a task that is open now; null when there is none.</summary>
    public async ValueTask<ActivityInstanceDestination?> FindOpenAsync(SerialNumber serial, CancellationToken cancellation)
    {
        var stored = await _host.Store.FindTaskAsync(serial, cancellation).ConfigureAwait(false);
        return stored is null ? null : await _host.Reader.ReadAsync(serial, stored.Header.ActivityInstance, cancellation).ConfigureAwait(false);
    }

    /// <summary>A task that the user has opened before, as it is now; null when it is gone already.</summary>
    public async ValueTask<ItemView?> ReadAsync(SerialNumber serial, ActsFor actsFor, CancellationToken cancellation)
    {
        if (await _host.Store.FindTaskAsync(serial, cancellation).ConfigureAwait(false) is not { } stored
            || await _tasks.FindAsync(serial, stored.Header.ActivityInstance, cancellation).ConfigureAwait(false) is not { } open)
        {
            return null;
        }

        var actor = await _representation.ActorAsync(actsFor, open.Destination, open.Task, cancellation).ConfigureAwait(false);
        return open.SeenBy(actor, _host.Options.Clock.GetUtcNow());
    }

    /// <summary>The reason why a task is not open to the user: it never existed, it is not theirs, or it has ended (statement 1.8).</summary>
    public async ValueTask<WorkflowException> WhyNotThereAsync(
        AccessCheck access, SerialNumber serial, ActsFor actsFor, bool isAdministrator, CancellationToken cancellation)
    {
        if (await _host.Store.FindTaskAsync(serial, cancellation).ConfigureAwait(false) is not { } task)
        {
            return new WorklistItemNotFoundException(serial, _user, WorklistItemEnd.Unknown);
        }

        if (isAdministrator || await AllowsAnyUserAsync(task.Header, cancellation).ConfigureAwait(false))
        {
            return await EndedAsync().ConfigureAwait(false);
        }

        await _representation.RequireAsync(actsFor, task.Header.Definition, task.Header.Activity, cancellation).ConfigureAwait(false);
        var actor = Destination.AreRolesAmong(task.Entries)
            ? await ActorAsync(actsFor, cancellation).ConfigureAwait(false)
            : _representation.Actor(actsFor, memberships: null);
        var isTheirs = task.Entries.Any(entry => actor.Is(entry))
            || (actsFor.Kind is ActsForKind.Self && await IsSharedAsync(task, cancellation).ConfigureAwait(false));
        return isTheirs ? await EndedAsync().ConfigureAwait(false) : new WorklistAccessDeniedException(serial, _user, actsFor.User);

        async ValueTask<WorkflowException> EndedAsync() => new WorklistItemNotFoundException(
            serial, _user, task.End ?? WorklistItemEnd.PartDone, await new TaskEnding(_host, access).OfAsync(task, cancellation).ConfigureAwait(false));
    }

    /// <summary>Whether somebody who is out of office shares a task of theirs with the user.</summary>
    private async ValueTask<bool> IsSharedAsync(StoredTask task, CancellationToken cancellation)
    {
        foreach (var absent in await _representation.AbsentAsync(task.Header.Definition, task.Header.Activity, cancellation).ConfigureAwait(false))
        {
            var actor = await ActorAsync(ActsFor.Absent(absent), cancellation).ConfigureAwait(false);
            if (task.Entries.Any(entry => actor.Is(entry)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The user, and everybody who is out of office and shares with them.</summary>
    private async ValueTask<List<Viewer>> ViewersAsync(ListedMemberships memberships, CancellationToken cancellation)
    {
        var self = await ViewerAsync(ActsFor.Self, absence: null, memberships, cancellation).ConfigureAwait(false);
        var shared = await _representation.SharedAsync(cancellation).ConfigureAwait(false);
        return await WithSharedAsync(self, shared, memberships, cancellation).ConfigureAwait(false);
    }

    /// <summary>Those as whom the user sees tasks, with the first page of their tasks. The user's own tasks are found in the same question as those who share
    /// with them. Only if somebody does, the page has to be found anew.</summary>
    private async ValueTask<(List<Viewer> Viewers, IReadOnlyList<WorklistHeaderRecord>? First)> ViewersAsync(
        string? managedUser, WorklistQuery query, ListedMemberships memberships, CancellationToken cancellation)
    {
        if (managedUser is not null)
        {
            await _representation.RequireManagedAsync(managedUser, orSelf: false, cancellation).ConfigureAwait(false);
            return ([await ViewerAsync(ActsFor.Managed(managedUser), absence: null, memberships, cancellation).ConfigureAwait(false)], null);
        }

        var self = await ViewerAsync(ActsFor.Self, absence: null, memberships, cancellation).ConfigureAwait(false);
        var (tasks, absences) = await _host.Store.FindTasksAndAbsencesAsync(self.Entries, query, _user, cancellation).ConfigureAwait(false);
        var viewers = await WithSharedAsync(self, _representation.InEffect(absences), memberships, cancellation).ConfigureAwait(false);
        return (viewers, viewers.Count == 1 ? tasks : null);
    }

    private async ValueTask<List<Viewer>> WithSharedAsync(
        Viewer self, IReadOnlyList<OutOfOffice> shared, ListedMemberships memberships, CancellationToken cancellation)
    {
        var viewers = new List<Viewer> { self };
        foreach (var absence in shared)
        {
            viewers.Add(await ViewerAsync(ActsFor.Absent(absence.User), absence, memberships, cancellation).ConfigureAwait(false));
        }

        return viewers;
    }

    private async ValueTask<Viewer> ViewerAsync(ActsFor actsFor, OutOfOffice? absence, ListedMemberships memberships, CancellationToken cancellation) =>
        new(await _representation.ActorAsync(actsFor, memberships, cancellation).ConfigureAwait(false), absence);

    private ValueTask<Actor> ActorAsync(ActsFor actsFor, CancellationToken cancellation) =>
        _representation.ActorAsync(actsFor, cancellation);

    /// <summary>Everybody whom a task is for that cannot be read, as the store knows them.</summary>
    private async ValueTask<IEnumerable<WorklistEntry>> EntriesAsync(WorklistHeaderRecord header, string problem, CancellationToken cancellation)
    {
        var task = await _host.Store.FindTaskAsync(header.Serial, cancellation).ConfigureAwait(false);
        return (task?.Entries ?? []).Select(entry => new WorklistEntry
        {
            Serial = header.Serial,
            Definition = header.Definition,
            Folio = header.Folio,
            Originator = header.Originator,
            Activity = header.Activity,
            Event = header.Event,
            StartedAt = header.StartedAt,
            Destination = entry,
            Problem = problem,
        });
    }

    /// <summary>Finds open tasks of the user, or, as their manager, of another, and reads what they see of each.</summary>
    /// <returns>Of each task the views in a status that the query asks for; tasks without one are left out.</returns>
    private async IAsyncEnumerable<List<ItemView>> SeenAsync(
        string? managedUser, WorklistQuery query, int mostAtOnce, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var memberships = new ListedMemberships(_host);
        var (viewers, first) = await ViewersAsync(managedUser, query, memberships, cancellation).ConfigureAwait(false);
        var entries = viewers is [var only] ? only.Entries : viewers.SelectMany(viewer => viewer.Entries).ToList();
        await foreach (var (_, open, _) in _tasks.ListAsync(entries, query, mostAtOnce, cancellation, first).ConfigureAwait(false))
        {
            if (open is not { } found)
            {
                continue;
            }

            var views = await ViewsAsync(found, viewers, memberships, cancellation).ConfigureAwait(false);
            views.RemoveAll(view => view.Status is WorklistItemStatus.Completed || !query.Statuses.Contains(view.Status));
            if (views.Count > 0)
            {
                yield return views;
            }
        }
    }

    private async ValueTask<List<ItemView>> ViewsAsync(
        OpenTask open, List<Viewer> viewers, ListedMemberships memberships, CancellationToken cancellation)
    {
        var (destination, _, task) = open;
        var views = new List<ItemView>();
        var process = destination.Activity.Process;
        if (process.StoredStatus.IsHalted())
        {
            return views;
        }

        foreach (var (viewer, absence) in viewers)
        {
            if (absence is null || _representation.IsShared(absence, process.Definition, destination.Activity.Name))
            {
                var actor = await _representation.CompleteAsync(viewer, destination, task, memberships, cancellation).ConfigureAwait(false);
                views.AddRange(Standing.All(destination, actor).Select(standing => open.View(standing, actor, _host.Options.Clock.GetUtcNow())));
            }
        }

        if (views.Count == 0 || views.Exists(view => view.Status is WorklistItemStatus.Allocated))
        {
            // The holder of the slot may have left the role through which they hold it: then it is free soon. The user who sees nothing may be that holder.
            await _host.AskForHoldersAsync(destination, cancellation).ConfigureAwait(false);
        }

        return views;
    }

    /// <summary>Whether anyone may act on a task, as the version of the definition says on which its instance runs (statement 2.10).</summary>
    private async ValueTask<bool> AllowsAnyUserAsync(WorklistHeaderRecord header, CancellationToken cancellation)
    {
        var definition = await _host.Reader.FindDefinitionAsync(header.Serial, header.ActivityInstance, cancellation).ConfigureAwait(false);
        return definition?.Find(header.Activity)?.EventArray
            .OfType<ClientEventDefinition>()
            .Any(task => task.AllowsAnyUser && string.Equals(task.Name, header.Event, StringComparison.Ordinal)) ?? false;
    }
}
