using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Asks whether the resolver knows the roles and groups that tasks are for, and whether they have a member who may act. The answer is kept
/// for the role interval (statement 4.12).</summary>
internal sealed class RoleQuestions(EngineServices services, ResolverCalls resolver) : BackgroundQuestions<(ProcessInstanceId Id, NamedRole Named)>(services)
{
    private const int Page = 500;

    /// <summary>The resolver answers with all members, so of the roles in the store it is asked for some at a time.</summary>
    private const int RolesAtOnce = 50;

    private readonly KnownRoles _known = new(services, resolver);

    /// <summary>The random part of the store when <see cref="_reported"/> was begun. It changes with a restore, and instances may have lost answers then
    /// (statement 14.7c).</summary>
    private string? _keyPart;

    /// <summary>The roles and groups that were reported to instances.</summary>
    private readonly HashSet<(ProcessInstanceId Id, NamedRole Named)> _reported = [];

    /// <summary>Notes roles and groups that tasks are for, once that is stored. The engine does not ask again for roles that have enough
    /// members.</summary>
    /// <param name="id">The instance.</param>
    /// <param name="roles">The roles and groups.</param>
    /// <param name="notBefore">When they may be asked for at the earliest.</param>
    public void Enqueue(ProcessInstanceId id, List<NamedRole> roles, DateTimeOffset notBefore)
    {
        var isOpen = false;
        lock (Guard)
        {
            ForgetOtherStore();
            foreach (var named in roles)
            {
                isOpen |= _known.Find(named.Role)?.HasMoreThan(named.LeftOut) is not true && !_reported.Contains((id, named)) && Note((id, named), notBefore);
            }
        }

        if (isOpen)
        {
            BeginIfWorking();
        }
    }

    /// <summary>Looks in the store for tasks whose roles no engine has asked for: one that ended before has left them.</summary>
    public void Search()
    {
        SearchFrom(Now);
        BeginIfWorking();
    }

    protected override async Task<List<(ProcessInstanceId Id, NamedRole Named)>> AnswerAsync(List<(ProcessInstanceId Id, NamedRole Named)> due)
    {
        if (TryBeginSearch())
        {
            due = [.. due.Union(await SearchAsync().ConfigureAwait(false))];
        }

        await AskResolverAsync([.. Unanswered(due).Select(item => item.Named.Role).Distinct()]).ConfigureAwait(false);
        var open = Unanswered(due);
        var untold = await BesideAsync(Doubtful(due).GroupBy(item => item.Id), TellAsync).ConfigureAwait(false);
        open.AddRange(untold.SelectMany(items => items));
        return open;
    }

    protected override object SubjectOf((ProcessInstanceId Id, NamedRole Named) question) => question.Named.Role;

    protected override void LogFailure(string why, Exception? exception) => WorkLog.RolesNotAsked(Services.Logger, why, exception);

    /// <summary>The tasks of the store for roles and groups that the resolver does not know, or that have no members. On a store that others use, the engine
    /// repeats the search from time to time. Another engine may have ended before it asked, and a transaction of a host may have ended late.</summary>
    private async Task<List<(ProcessInstanceId Id, NamedRole Named)>> SearchAsync()
    {
        var found = new List<(ProcessInstanceId Id, NamedRole Named)>();
        var isComplete = true;
        Destination? last = null;
        IReadOnlyList<Destination> page;
        do
        {
            page = await Services.Options.Store.FindRolesOfTasksAsync(last, RolesAtOnce, Services.Stopping).ConfigureAwait(false);
            await AskResolverAsync([.. page.Where(role => _known.Find(role) is null)]).ConfigureAwait(false);
            foreach (var role in page)
            {
                last = role;
                if (_known.Find(role) is not { } answer)
                {
                    isComplete = false;
                }
                else if (!answer.HasMoreThan(leftOut: 0))
                {
                    await AddTasksAsync(role, found).ConfigureAwait(false);
                }
            }
        }
        while (page.Count == RolesAtOnce);

        if (isComplete && !Services.IsShared)
        {
            EndSearch();
        }

        return found;
    }

    /// <summary>The tasks for a role, in the order of their numbers. So many tell already that nobody has them through the role, that the
    /// others can wait for the next search.</summary>
    private async Task AddTasksAsync(Destination role, List<(ProcessInstanceId Id, NamedRole Named)> found)
    {
        var query = new WorklistQuery { Definitions = [.. Services.Deployments.Versions.Select(version => version.Name).Distinct()], Limit = Page };
        IReadOnlyList<WorklistHeaderRecord> page;
        do
        {
            page = await Services.Options.Store.FindTasksAsync([role], query, Services.Stopping).ConfigureAwait(false);
            lock (Guard)
            {
                ForgetOtherStore();
                found.AddRange(page
                    .Select(task => (Id: task.Serial.ProcessInstance, Named: new NamedRole(task.ActivityInstance, task.Activity, role, LeftOut: 0)))
                    .Where(task => !_reported.Contains(task)));
            }

            query = page.Count > 0 ? query with { After = page[^1].Serial } : query;
        }
        while (page.Count == Page && found.Count < Most);
    }

    private async Task AskResolverAsync(List<Destination> roles)
    {
        if (await _known.AskAsync(roles).ConfigureAwait(false) is var (why, exception))
        {
            Failed(why, exception);
        }
    }

    /// <summary>Tells an instance. The turn decides what is new to it.</summary>
    /// <returns>The roles that are left to tell.</returns>
    private async Task<List<(ProcessInstanceId Id, NamedRole Named)>> TellAsync(
        IGrouping<ProcessInstanceId, (ProcessInstanceId Id, DoubtfulRole Role)> ofInstance)
    {
        var id = ofInstance.Key;
        List<(ProcessInstanceId Id, NamedRole Named)> told = [.. ofInstance.Select(item => (id, item.Role.Named))];
        try
        {
            var command = new ReportCommand(id, [.. ofInstance.Select(item => item.Role)]);
            await PostAsync!(command, Services.Stopping).ConfigureAwait(false);
            Remember(told.FindAll(item => command.Told.Contains(item.Named)));
            return [];
        }
        catch (ProcessInstanceNotFoundException)
        {
            // It was started in a transaction of the host, which is still open or was rolled back,
            // or it has been deleted. If it is there one day, a search finds it.
            SearchFrom(Now + Services.Options.RoleInterval);
            return [];
        }
        catch (StoredFormatException exception)
        {
            // Code that can read it again asks again.
            await Services.Unreadable.ReportAsync(id, exception).ConfigureAwait(false);
            return [];
        }
#pragma warning disable CA1031 // Nobody waits for it, and what fails changes nothing.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!Services.Stopping.IsCancellationRequested)
            {
                WorkLog.UnknownRolesNotReported(
                    Services.Logger, id.Value, string.Join(", ", told.Select(item => item.Named.Role).Distinct()), ErrorText.Of(exception), exception);
            }

            return told;
        }
    }

    private void Remember(List<(ProcessInstanceId Id, NamedRole Named)> reported)
    {
        lock (Guard)
        {
            ForgetOtherStore();
            if (_reported.Count + reported.Count > Most)
            {
                _reported.Clear();
            }

            _reported.UnionWith(reported);
        }
    }

    private void ForgetOtherStore()
    {
        if (_keyPart != Services.Options.Store.KeyPart)
        {
            _keyPart = Services.Options.Store.KeyPart;
            _reported.Clear();
        }
    }

    /// <summary>The questions that were not answered within the role interval.</summary>
    private List<(ProcessInstanceId Id, NamedRole Named)> Unanswered(List<(ProcessInstanceId Id, NamedRole Named)> due) =>
        due.FindAll(item => _known.Find(item.Named.Role) is null);

    /// <summary>The roles that are not known, or whose members may all be left out: the instance decides.</summary>
    private List<(ProcessInstanceId Id, DoubtfulRole Role)> Doubtful(List<(ProcessInstanceId Id, NamedRole Named)> due)
    {
        var doubtful = new List<(ProcessInstanceId Id, DoubtfulRole Role)>();
        foreach (var (id, named) in due)
        {
            if (_known.Find(named.Role) is { } answer && !answer.HasMoreThan(named.LeftOut))
            {
                doubtful.Add((id, new DoubtfulRole(named, answer.Few)));
            }
        }

        return doubtful;
    }

    private sealed class ReportCommand(ProcessInstanceId instance, List<DoubtfulRole> doubtful) : Command(instance)
    {
        /// <summary>The roles that the instance knows of then.</summary>
        public HashSet<NamedRole> Told { get; } = [];

        public override PreparedInput Prepare(ProcessInstance process, ProcessDefinition definition)
        {
            Told.Clear();
            Told.UnionWith(doubtful.Select(role => role.Named).Where(named => process.FindActivity(named.Activity) is { } activity
                && (activity.IsReported(named.Role) || NamedRole.IsFor(activity, definition.ActivityArray[activity.Ordinal], named.Role))));
            return new Input.RolesDoubtful(doubtful);
        }
    }
}
