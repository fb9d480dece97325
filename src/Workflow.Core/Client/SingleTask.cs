using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Planning;
using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <summary>Finds out why a user does not have exactly one task in a process instance (statement 1.8). Why the instance is in Error is told
/// only to those whose task is open there, and to those who may see the instance.</summary>
internal sealed class SingleTask
{
    private const int MostShown = 10;
    private const string Over = "They had a task. It is over, or their part of it is done or was given away";
    private const string NotTheirs = "They have and had no task there";
    private const string Remedy = "Repair the cause, and let an administrator retry the process instance";

    private static readonly WorklistItemStatus[] _all =
        [WorklistItemStatus.Available, WorklistItemStatus.Open, WorklistItemStatus.Allocated, WorklistItemStatus.Sleep];

    private readonly ProcessHost _host;
    private readonly ItemCommands _commands;
    private readonly WorklistReader _reader;
    private readonly Representation _representation;
    private readonly WorklistQuery _query;
    private readonly string _where;

    public SingleTask(
        ProcessHost host, ItemCommands commands, WorklistReader reader, Representation representation, ProcessInstanceId processInstance, string? activity)
    {
        _host = host;
        _commands = commands;
        _reader = reader;
        _representation = representation;
        _query = new WorklistQuery { ProcessInstance = processInstance, Activity = activity, Limit = MostShown };
        _where = $"process instance {processInstance}{(activity is null ? "" : $", activity '{Names.Printable(activity)}'")}";
    }

    /// <param name="items">The items that the user can open there: not exactly one.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public async ValueTask<NoSingleTaskException> WhyNotAsync(IReadOnlyList<WorklistItem> items, CancellationToken cancellation)
    {
        if (items.Count > 0)
        {
            return OfSeveral(items);
        }

        var hidden = await ListAsync(_query with { Statuses = _all }, cancellation).ConfigureAwait(false);
        return hidden.Count > 0 ? OfHidden(hidden) : await OfNoneAsync(cancellation).ConfigureAwait(false);
    }

    private NoSingleTaskException OfSeveral(IReadOnlyList<WorklistItem> items)
    {
        if (items.DistinctBy(item => item.Serial).Count() > 1)
        {
            return Of(
                NoSingleTaskReason.Several,
                items,
                $"They have more than one there, among them: {Shown(items)}. Name the activity, or list the worklist and choose");
        }

        var ways = string.Join(" and ", items.Select(item => item.ActingFor is { } other ? $"for '{other}'" : "for themselves"));
        return Of(NoSingleTaskReason.SeveralWays, items, $"They have task {items[0].Serial} {ways}. List the worklist, and choose by ActingFor");
    }

    private NoSingleTaskException OfHidden(IReadOnlyList<WorklistItem> items)
    {
        if (items.FirstOrDefault(item => item.Status is WorklistItemStatus.Sleep) is { } asleep)
        {
            var until = asleep.SleepsUntil is { } instant ? $" until {instant.Invariant()}" : "";
            return Of(
                NoSingleTaskReason.Asleep,
                items,
                $"They have put task {asleep.Serial} '{asleep.Event}' to sleep{until}. Wake it with WakeAsync. A list shows it with the status Sleep");
        }

        return Of(
            NoSingleTaskReason.SlotsTaken,
            items,
            $"Others hold all slots of {Shown(items)}. Try again when one of them has released theirs, or ask an administrator to release it");
    }

    private async ValueTask<NoSingleTaskException> OfNoneAsync(CancellationToken cancellation)
    {
        var id = _query.ProcessInstance!.Value;
        if (await _host.Reader.ReadAsync(id, cancellation).ConfigureAwait(false) is not { } process)
        {
            return Of(
                NoSingleTaskReason.UnknownProcessInstance,
                [],
                "There is no such process instance. Check the number, and that the engine uses the store in which it was started");
        }

        var definition = _host.Deployments.Get(process.Definition, process.DefinitionVersion);
        if (_query.Activity is { } activity && definition.Find(activity) is null)
        {
            var proposal = NearestName.Proposal(activity, [.. definition.Activities.Select(known => known.Name)]).TrimEnd('.');
            return Of(NoSingleTaskReason.UnknownActivity, [], $"The process definition '{definition.Name}' has no activity of this name. {proposal}");
        }

        var elsewhere = _query.Activity is null ? [] : await ListAsync(_query with { Activity = null, Statuses = _all }, cancellation).ConfigureAwait(false);
        if (elsewhere.Count > 0)
        {
            return Of(
                NoSingleTaskReason.OtherActivity,
                elsewhere,
                $"Their tasks in the process instance are: {Shown(elsewhere)}. Name the activity of one of them, or none");
        }

        var entries = await _reader.EntriesAsync(cancellation).ConfigureAwait(false);
        if (await OfOpenAsync(process, definition, entries, cancellation).ConfigureAwait(false) is { } ofOpen)
        {
            return ofOpen;
        }

        if (await OfOthersAsync(process, definition, cancellation).ConfigureAwait(false) is { } ofOthers)
        {
            return ofOthers;
        }

        var hasTakenPart = await _host.Store.HasTakenPartAsync(id, entries, cancellation).ConfigureAwait(false);
        if (process.StoredStatus.IsHalted())
        {
            return await OfHaltAsync(process, definition, hasTakenPart, cancellation).ConfigureAwait(false);
        }

        return hasTakenPart
            ? Of(NoSingleTaskReason.Over, [], $"{Over}. OpenAsync with its serial number says which")
            : Of(
                NoSingleTaskReason.NotTheirs,
                [],
                $"{NotTheirs}, and nobody has shared, delegated or redirected one to them. Ask a destination or an administrator to redirect it");
    }

    /// <summary>A task is open for them, and they cannot open it: the whole instance is in Error, or the task leaves them out.</summary>
    private async ValueTask<NoSingleTaskException?> OfOpenAsync(
        ProcessInstance process, ProcessDefinition definition, IReadOnlyCollection<Destination> entries, CancellationToken cancellation)
    {
        foreach (var header in await _host.Store.FindTasksAsync(entries, _query, cancellation).ConfigureAwait(false))
        {
            if (process.StoredStatus.IsHalted())
            {
                var (reason, halted, remedy) = HaltOf(process);
                var why = process.Error is { } error ? $": {error.Element}: {error.Message.TrimEnd('.')}" : "";
                return Of(reason, [], $"The process instance is {halted}, so nobody can act on task {header.Serial}{why}. {remedy}");
            }

            if (process.FindDestination(header.Serial.Destination) is { } destination && definition.OpenTaskOf(destination) is { } task)
            {
                var actor = await _representation.ActorAsync(ActsFor.Self, destination, task, cancellation).ConfigureAwait(false);
                if (Standing.WhatLeavesOut(destination, actor) is { } exclusion)
                {
                    return OfLeftOut(definition, destination, exclusion);
                }
            }
        }

        return null;
    }

    /// <summary>A task is open for others, and would be for them but for an exclusion. Nobody can give it to them either (statement 4.10).</summary>
    private async ValueTask<NoSingleTaskException?> OfOthersAsync(ProcessInstance process, ProcessDefinition definition, CancellationToken cancellation)
    {
        foreach (var (destination, task) in Open(process, definition).Where(open => open.Destination.Activity.ExclusionOf(_commands.User) is not null))
        {
            // Only where a role may free the user the resolver is asked.
            var actor = ExclusionCheck.IsByRole(destination.Activity, _commands.User)
                ? await _representation.ActorAsync(ActsFor.Self, destination, task, cancellation).ConfigureAwait(false)
                : _representation.Actor(ActsFor.Self, memberships: null);
            if (Standing.WhatLeavesOut(destination, actor) is { } exclusion)
            {
                return OfLeftOut(definition, destination, exclusion);
            }
        }

        return null;
    }

    private NoSingleTaskException OfLeftOut(ProcessDefinition definition, ActivityInstanceDestination destination, Exclusion exclusion)
    {
        var words = ExclusionCheck.Words(definition.ActivityArray[destination.Activity.Ordinal], exclusion);
        return Of(NoSingleTaskReason.LeftOut, [], $"For task {destination.Serial}, {words}. A user whom it does not leave out must act");
    }

    /// <summary>No task is open for them, and none will be while the instance is in Error or Stopped.</summary>
    private async ValueTask<NoSingleTaskException> OfHaltAsync(
        ProcessInstance process, ProcessDefinition definition, bool hasTakenPart, CancellationToken cancellation)
    {
        var (halt, halted, remedy) = HaltOf(process);
        var why = process.Error is null ? ""
            : await MayViewAsync(process, cancellation).ConfigureAwait(false) ? $": {process.Error.Element}: {process.Error.Message.TrimEnd('.')}"
            : $". A user with the View right on '{process.Definition}' can read the reason with ReadAsync";
        var (reason, found) = (hasTakenPart, Open(process, definition).Any()) switch
        {
            (true, _) => (NoSingleTaskReason.Over, $"{Over}. The"),
            (_, true) => (NoSingleTaskReason.NotTheirs, $"{NotTheirs}. The"),
            _ => (halt, "No task is open for anybody there, since the"),
        };
        return Of(reason, [], $"{found} process instance is {halted}{why}. {remedy}");
    }

    private static (NoSingleTaskReason Reason, string Halted, string Remedy) HaltOf(ProcessInstance process) => process.Error is null
        ? (NoSingleTaskReason.Stopped, "Stopped", "Let an administrator resume it")
        : (NoSingleTaskReason.InError, "in Error", Remedy);

    /// <summary>Whether the user may see the instance. A resolver that fails has probably put it into Error, and must not hide that.</summary>
    private async ValueTask<bool> MayViewAsync(ProcessInstance process, CancellationToken cancellation)
    {
        try
        {
            return await _commands.Access.MayViewAsync(process.Id, process.Definition, process.Originator, cancellation).ConfigureAwait(false);
        }
        catch (DestinationResolverException)
        {
            return false;
        }
    }

    /// <summary>The tasks that are open where the user looks.</summary>
    private IEnumerable<(ActivityInstanceDestination Destination, ClientEventDefinition Task)> Open(ProcessInstance process, ProcessDefinition definition)
    {
        var looked = process.Activities.Where(activity => _query.Activity is not { } name || string.Equals(activity.Name, name, StringComparison.Ordinal));
        foreach (var destination in looked.SelectMany(activity => activity.Destinations))
        {
            if (definition.OpenTaskOf(destination) is { } task)
            {
                yield return (destination, task);
            }
        }
    }

    private ValueTask<IReadOnlyList<WorklistItem>> ListAsync(WorklistQuery query, CancellationToken cancellation) =>
        _commands.ListAsync(query, managedUser: null, cancellation);

    private static string Shown(IReadOnlyList<WorklistItem> items) =>
        string.Join(", ", items.Select(item => $"{item.Serial} '{item.Event}' of activity '{item.Activity}'").Distinct(StringComparer.Ordinal));

    private NoSingleTaskException Of(NoSingleTaskReason reason, IReadOnlyList<WorklistItem> found, string why) => new(
        _commands.User,
        reason,
        [.. found.Select(item => item.Serial).Distinct()],
        $"'{_commands.User}' does not have exactly one task that they can open in {_where}. {why}.");
}
