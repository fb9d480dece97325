using System.Collections.Concurrent;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Tests.Persistence.WrongStores;

internal sealed class DropsATimer(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation) =>
        base.CommitAsync(commit with { ArmedTimers = [.. commit.ArmedTimers.Take(1)] }, cancellation);
}

internal sealed class RoundsInstants(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation) => base.CommitAsync(
        commit with { ArmedTimers = [.. commit.ArmedTimers.Select(timer => timer with { DueAt = timer.DueAt.AddTicks(-(timer.DueAt.Ticks % 10)) })] },
        cancellation);
}

internal sealed class EndsTimersAfterArming(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation) =>
        base.CommitAsync(commit with { ArmedTimers = [.. commit.ArmedTimers.Where(timer => !commit.EndedTimers.Contains(timer.Number))] }, cancellation);
}

/// <summary>Keeps each timer with a change.</summary>
internal abstract class ChangesTimers(IProcessStore asked, Func<ProcessTimer, ProcessTimer> change) : WrongStore(asked)
{
    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation) =>
        base.CommitAsync(commit with { ArmedTimers = [.. commit.ArmedTimers.Select(change)] }, cancellation);
}

internal sealed class ForgetsTheEventOfATimer(IProcessStore asked) : ChangesTimers(asked, timer => timer with { EventInstance = 0 });

internal sealed class GivesTimersOfDestinationsToTheirActivity(IProcessStore asked)
    : ChangesTimers(asked, timer => timer.EventInstance == 0 ? timer with { Destination = 0 } : timer);

internal sealed class GivesTimersOfTheProcessToAnActivity(IProcessStore asked)
    : ChangesTimers(asked, timer => timer with { ActivityInstance = Math.Max(1, timer.ActivityInstance) });

internal sealed class IgnoresTheCaseOfElements(IProcessStore asked) : ChangesTimers(asked, timer => timer with { Element = timer.Element.ToUpperInvariant() });

internal sealed class TrimsElements(IProcessStore asked) : ChangesTimers(asked, timer => timer with { Element = timer.Element.Trim() });

internal sealed class CountsOccurrencesInAByte(IProcessStore asked) : ChangesTimers(asked, timer => timer with { Occurrence = (byte)timer.Occurrence });

/// <summary>A timer that takes the place of another gets only its new instant.</summary>
internal sealed class ReplacesTheInstantOnly(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        var earlier = await FindTimersAsync(new() { ProcessInstance = commit.ProcessInstance }, cancellation);
        await base.CommitAsync(commit with { ArmedTimers = [.. commit.ArmedTimers.Select(Replaced)] }, cancellation);

        ProcessTimer Replaced(ProcessTimer timer) =>
            earlier.Where(other => other.Number == timer.Number).Select(other => other with { DueAt = timer.DueAt }).DefaultIfEmpty(timer).First();
    }
}

/// <summary>Files an instance under the instant that it was stored with first.</summary>
internal sealed class KeepsTheFirstStart(IProcessStore asked) : WrongStore(asked)
{
    private readonly ConcurrentDictionary<ProcessInstanceId, DateTimeOffset> _first = new();

    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation) => base.CommitAsync(
        commit.Record is { } record
            ? commit with { Record = record with { StartedAt = _first.GetOrAdd(record.Id, record.StartedAt) } }
            : commit,
        cancellation);
}

internal sealed class SortsTasksWrongly(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<WorklistHeaderRecord>> FindTasksAsync(
        IReadOnlyCollection<Destination>? entries, WorklistQuery query, CancellationToken cancellation)
    {
        var found = await base.FindTasksAsync(entries, query, cancellation);
        return query.Order is WorklistOrder.Priority ? [.. found.OrderByDescending(header => header.Priority)] : found;
    }
}

internal sealed class SortsTasksAsText(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<WorklistHeaderRecord>> FindTasksAsync(
        IReadOnlyCollection<Destination>? entries, WorklistQuery query, CancellationToken cancellation)
    {
        var found = await base.FindTasksAsync(entries, query, cancellation);
        return query.Order is WorklistOrder.Serial ? [.. found.OrderBy(header => header.Serial.ToString(), StringComparer.Ordinal)] : found;
    }
}

internal sealed class PagesUnstably(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<WorklistHeaderRecord>> FindTasksAsync(
        IReadOnlyCollection<Destination>? entries, WorklistQuery query, CancellationToken cancellation)
    {
        var whole = await base.FindTasksAsync(entries, query with { After = null, Limit = int.MaxValue }, cancellation);
        var isThere = whole.Any(header => header.Serial == query.After);
        return [.. (isThere ? whole.SkipWhile(header => header.Serial != query.After).Skip(1) : whole).Take(query.Limit)];
    }
}

internal sealed class FindsATaskOnceForEachEntry(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<WorklistHeaderRecord>> FindTasksAsync(
        IReadOnlyCollection<Destination>? entries, WorklistQuery query, CancellationToken cancellation)
    {
        var found = new List<WorklistHeaderRecord>();
        foreach (var one in entries?.Select(entry => (IReadOnlyCollection<Destination>?)[entry]) ?? [null])
        {
            found.AddRange(await base.FindTasksAsync(one, query, cancellation));
        }

        return [.. found.OrderBy(header => header.Serial).Take(query.Limit)];
    }
}

internal sealed class RegardsTheCaseOfUsers(IProcessStore asked) : WrongStore(asked)
{
    private readonly ConcurrentDictionary<string, bool> _names = new(StringComparer.Ordinal);

    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        foreach (var entry in commit.Worklist.OfType<WorklistChange.Opened>().SelectMany(opened => opened.Entries))
        {
            _names[entry.Name] = true;
        }

        return base.CommitAsync(commit, cancellation);
    }

    public override ValueTask<IReadOnlyList<WorklistHeaderRecord>> FindTasksAsync(
        IReadOnlyCollection<Destination>? entries, WorklistQuery query, CancellationToken cancellation) =>
        base.FindTasksAsync(entries?.Where(entry => _names.ContainsKey(entry.Name)).ToList(), query, cancellation);
}

internal sealed class LosesFormerEntries(IProcessStore asked) : WrongStore(asked)
{
    private readonly ConcurrentDictionary<(SerialNumber, Destination), bool> _removed = new();

    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        foreach (var removed in commit.Worklist.OfType<WorklistChange.EntryRemoved>())
        {
            _removed[(removed.Serial, removed.Entry)] = true;
        }

        return base.CommitAsync(commit, cancellation);
    }

    public override async ValueTask<StoredTask?> FindTaskAsync(SerialNumber serial, CancellationToken cancellation) =>
        await base.FindTaskAsync(serial, cancellation) is { } task
            ? task with { Entries = [.. task.Entries.Where(entry => !_removed.ContainsKey((serial, entry)))] }
            : null;
}

internal sealed class FindsARoleForEachWayToWriteIt(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<Destination>> FindRolesOfTasksAsync(Destination? after, int limit, CancellationToken cancellation)
    {
        var found = await base.FindRolesOfTasksAsync(after, limit, cancellation);
        return found.Count < limit && found.Any(role => role.Name == "Boss") ? [.. found, Destination.Role("BOSS")] : found;
    }
}

internal sealed class BeginsThePagesOfRolesAnew(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<IReadOnlyList<Destination>> FindRolesOfTasksAsync(Destination? after, int limit, CancellationToken cancellation) =>
        base.FindRolesOfTasksAsync(after is { Kind: DestinationKind.Group } ? Destination.Group("zzz") : after, limit, cancellation);
}

internal sealed class ForgetsWhoTookPart(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation) =>
        base.CommitAsync(commit with { Worklist = [.. commit.Worklist.Where(change => change is not WorklistChange.TookPart)] }, cancellation);
}

internal sealed class KeepsTheFirstServerItem(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        var items = new List<ServerItemRecord>();
        foreach (var item in commit.ServerItems)
        {
            if (await FindServerItemAsync(item.Serial, cancellation) is null)
            {
                items.Add(item);
            }
        }

        await base.CommitAsync(commit with { ServerItems = items }, cancellation);
    }
}

internal sealed class TakesEmptyForMissing(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation) => base.CommitAsync(
        commit.Record is { } record
            ? commit with { Record = record with { Fields = [.. record.Fields.Select(WithoutEmpty)] } }
            : commit,
        cancellation);

    private static IndexedField WithoutEmpty(IndexedField field) => field.Value is { Length: 0 } ? field with { Value = null } : field;
}

internal sealed class ShowsPendingAsActive(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesAsync(ProcessQuery query, CancellationToken cancellation) =>
        [.. (await base.FindProcessesAsync(query, cancellation))
            .Select(record => record.Status is ProcessInstanceStatus.Running ? record with { Status = ProcessInstanceStatus.Active } : record)];
}

internal sealed class TakesTextsForPatterns(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesAsync(ProcessQuery query, CancellationToken cancellation) =>
        base.FindProcessesAsync(query.Folio is "%" ? query with { Folio = null } : query, cancellation);
}

internal sealed class TrimsTexts(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation) => base.CommitAsync(
        commit.Record is { } record ? commit with { Record = record with { Folio = record.Folio.TrimEnd() } } : commit, cancellation);
}

internal sealed class PurgesTooMuch(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<int> PurgeAsync(DateTimeOffset endedBefore, string? definition, int limit, CancellationToken cancellation) =>
        base.PurgeAsync(endedBefore.AddTicks(1), definition, limit, cancellation);
}

internal sealed class PurgesTooLittle(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<int> PurgeAsync(DateTimeOffset endedBefore, string? definition, int limit, CancellationToken cancellation) =>
        base.PurgeAsync(endedBefore, definition, Math.Max(1, limit - 1), cancellation);
}

internal sealed class PurgesEveryDefinition(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<int> PurgeAsync(DateTimeOffset endedBefore, string? definition, int limit, CancellationToken cancellation) =>
        base.PurgeAsync(endedBefore, null, limit, cancellation);
}

internal sealed class ReportsEveryRemoval(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<bool> RemoveAsync(ProcessInstanceId processInstance, CancellationToken cancellation) =>
        await base.RemoveAsync(processInstance, cancellation) || true;
}

/// <summary>Removes the keys, too.</summary>
internal sealed class RemovesEverything(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<bool> RemoveAsync(ProcessInstanceId processInstance, CancellationToken cancellation) =>
        await base.PurgeAsync(DateTimeOffset.MaxValue, definition: null, 1, cancellation) == 1;
}

internal sealed class SetsOthersAsideWithARemoval(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<bool> RemoveAsync(ProcessInstanceId processInstance, CancellationToken cancellation) =>
        await base.SetAsideAsync(new(processInstance.Value - 1), "why", cancellation) | await base.RemoveAsync(processInstance, cancellation);
}

internal sealed class TakesDeletedForCompleted(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation) => base.CommitAsync(
        commit.Record is { Status: ProcessInstanceStatus.Deleted } deleted
            ? commit with { Record = deleted with { Status = ProcessInstanceStatus.Completed } }
            : commit,
        cancellation);
}

internal sealed class TakesStoppedForActive(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation) => base.CommitAsync(
        commit.Record is { Status: ProcessInstanceStatus.Stopped } stopped
            ? commit with { Record = stopped with { Status = ProcessInstanceStatus.Active } }
            : commit,
        cancellation);
}

internal sealed class KeepsEndedAbsences(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask SaveAsync(string user, OutOfOffice? absence, CancellationToken cancellation) =>
        absence is null ? ValueTask.CompletedTask : base.SaveAsync(user, absence, cancellation);
}

/// <summary>Tells of each task the state that its instance began with.</summary>
internal sealed class TellsTheFirstState(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<WorklistHeaderRecord>> FindTasksAsync(
        IReadOnlyCollection<Destination>? entries, WorklistQuery query, CancellationToken cancellation) =>
        [.. (await base.FindTasksAsync(entries, query, cancellation)).Select(task => task with { State = new StoredState(1, "a") })];
}

/// <summary>Loads several tasks in another order than asked for.</summary>
internal sealed class LoadsTasksInTheOrderOfTheirNumbers(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<IReadOnlyList<StoredProcess?>> LoadTasksAsync(IReadOnlyList<WorklistHeaderRecord> tasks, CancellationToken cancellation) =>
        base.LoadTasksAsync([.. tasks.OrderBy(task => task.Serial)], cancellation);
}

/// <summary>Loads fewer tasks than asked for.</summary>
internal sealed class LeavesOutTasksOfMissingInstances(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<StoredProcess?>> LoadTasksAsync(IReadOnlyList<WorklistHeaderRecord> tasks, CancellationToken cancellation) =>
        [.. (await base.LoadTasksAsync(tasks, cancellation)).Where(task => task is not null)];
}

/// <summary>Loads the destination behind the task that is asked for.</summary>
internal sealed class LoadsTheNextTask(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<StoredProcess?> LoadTaskAsync(SerialNumber serial, CancellationToken cancellation) =>
        base.LoadTaskAsync(new SerialNumber(serial.ProcessInstance, serial.Destination + 1), cancellation);
}

/// <summary>Loads nothing of a task that has ended.</summary>
internal sealed class LoadsTheHeaderOfAnEndedTask(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<StoredProcess?> LoadTaskAsync(SerialNumber serial, CancellationToken cancellation) =>
        await base.LoadTaskAsync(serial, cancellation) is { } loaded && await FindTaskAsync(serial, cancellation) is { End: not null }
            ? loaded with { Parts = [loaded.Parts[0]] }
            : await base.LoadTaskAsync(serial, cancellation);
}

/// <summary>Loads a task of a missing instance as an instance without parts.</summary>
internal sealed class LoadsTasksOfMissingInstances(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<StoredProcess?> LoadTaskAsync(SerialNumber serial, CancellationToken cancellation) =>
        await base.LoadTaskAsync(serial, cancellation) ?? new StoredProcess(0, 0, []);
}

/// <summary>Says of a task that its instance has no pending call.</summary>
internal sealed class ForgetsThePendingCallOfATask(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<StoredProcess?> LoadTaskAsync(SerialNumber serial, CancellationToken cancellation) =>
        await base.LoadTaskAsync(serial, cancellation) is { } loaded ? loaded with { HasPendingCall = false } : null;
}

internal sealed class FindsEveryVersion(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesAsync(ProcessQuery query, CancellationToken cancellation) =>
        base.FindProcessesAsync(query with { DefinitionVersion = null }, cancellation);
}

internal sealed class FindsWhatHasEnded(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesAsync(ProcessQuery query, CancellationToken cancellation) =>
        base.FindProcessesAsync(query with { HasEnded = null }, cancellation);
}
