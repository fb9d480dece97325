using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Tests.Persistence.WrongStores;

/// <summary>A store in memory with one fault, which is chosen.</summary>
internal sealed class FaultyStore(IProcessStore asked, Fault fault) : WrongStore(asked)
{
    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation) =>
        base.CommitAsync(commit is null or { ExpectedVersion: 0 } ? commit! : Many(Lost(commit)), cancellation);

    public override ValueTask<IReadOnlyList<WorklistHeaderRecord>> FindTasksAsync(
        IReadOnlyCollection<Destination>? entries, WorklistQuery query, CancellationToken cancellation) =>
        base.FindTasksAsync(fault is Fault.FindsTheTasksOfAHundredNames ? entries?.Take(100).ToList() : entries, query, cancellation);

    public override async ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesOfAsync(
        IReadOnlyCollection<Destination> participants, ProcessQuery query, CancellationToken cancellation)
    {
        var found = await base.FindProcessesOfAsync(
            participants, fault is Fault.LosesThePlaceAmongParticipants && query.NewestFirst ? query with { After = null } : query, cancellation);
        var kept = new List<ProcessRecord>();
        foreach (var record in found)
        {
            var isLost = fault switch
            {
                Fault.FindsNoInstancesOfOriginators => !await HasTakenPartAsync(record.Id, participants, cancellation),
                Fault.FindsNoFormerParticipants => !participants.Contains(Destination.User(record.Originator))
                    && (await FindTasksAsync(participants, new WorklistQuery { ProcessInstance = record.Id }, cancellation)).Count == 0,
                _ => false,
            };
            if (!isLost)
            {
                kept.Add(record);
            }
        }

        return kept;
    }

    public override async ValueTask<StoredProcess?> LoadAsync(ProcessInstanceId processInstance, CancellationToken cancellation) =>
        await base.LoadAsync(processInstance, cancellation) is { } process
            ? fault is Fault.CountsTheHistoryTwiceBesideALease && process.Owner is not null ? process with { JournalCount = process.JournalCount * 2 } : process
            : null;

    public override async ValueTask<StoredProcess?> LoadAsync(
        ProcessInstanceId processInstance, int activityInstance, int destination, CancellationToken cancellation) =>
        await base.LoadAsync(processInstance, activityInstance, destination, cancellation) is { } process
            ? fault switch
            {
                Fault.LoadsOneDestinationWithoutTheLastCommit => process with { LastCommit = "" },
                Fault.LoadsOneDestinationWithoutTheOwner => process with { Owner = null },
                _ => process,
            }
            : null;

    /// <summary>Loses data that is stored beside other data.</summary>
    private Commit Lost(Commit commit) => fault switch
    {
        Fault.LosesTheWorklistBesideHistory when commit.Journal is not null => commit with { Worklist = [] },
        Fault.LosesTheRequestBesideALease when commit.Lease is not null => commit with { Request = null },
        Fault.LosesTheHistoryBesideServerItems when commit.ServerItems.Count > 0 => commit with { Journal = null },
        Fault.LosesArmedTimersBesideMessages when commit.SentMessages.Count > 0 => commit with { ArmedTimers = [] },
        Fault.LosesTheEventsOfTimersBesideMessages when commit.SentMessages.Count > 0 =>
            commit with { ArmedTimers = [.. commit.ArmedTimers.Select(timer => timer with { EventInstance = 0 })] },
        Fault.LosesTheRecordBesideParts when commit.Parts.Count > 0 => commit with { Record = null },
        Fault.LosesPartsBesideARequest when commit.Request is not null => commit with { Parts = [] },
        Fault.LosesServerItemsBesideTimers when commit.ArmedTimers.Count > 0 => commit with { ServerItems = [] },
        Fault.LosesTheLeaseBesideARequest when commit.Request is not null => commit with { Lease = null },
        Fault.LosesThePendingCallBesideALease when commit.Lease is not null => commit with { HasPendingCall = false },
        Fault.LosesTheNameBesideALease when commit.Lease is not null => commit with { Id = "" },
        Fault.LosesSentMessagesBesideARecord when commit.Record is not null => commit with { SentMessages = [] },
        Fault.LosesReceivedMessagesBesideSentOnes when commit.SentMessages.Count > 0 => commit with { ReceivedMessages = [] },
        Fault.LosesEndedTimersBesideArmedOnes when commit.ArmedTimers.Count > 0 => commit with { EndedTimers = [] },
        Fault.LosesRemovedPartsBesideEndedActivities when commit.EndedActivities.Count > 0 => commit with { RemovedParts = [] },
        Fault.LosesEndedActivitiesBesideTheWorklist when commit.Worklist.Count > 0 => commit with { EndedActivities = [] },
        Fault.LosesEmptyPartsBesideOthers when commit.Parts.Count > 1 => commit with { Parts = [.. commit.Parts.Where(part => part.Content.Length > 0)] },
        Fault.LosesTheErrorBesideHistory when commit is { Record: { } record, Journal: not null } => commit with { Record = record with { Error = null } },
        Fault.LosesCorrelationKeysBesideParts when commit.Parts.Count > 0 =>
            commit with { ServerItems = [.. commit.ServerItems.Select(item => item with { CorrelationKey = null })] },
        Fault.KeepsTheFirstRequestContent when commit is { Request: { } request, ExpectedVersion: > 1 } =>
            commit with { Request = request with { Content = new byte[] { 1 } } },
        _ => commit,
    };

    /// <summary>Loses one of many.</summary>
    private Commit Many(Commit commit) => fault switch
    {
        Fault.LosesTheLastOfManyParts when commit.Parts.Count > 4 => commit with { Parts = [.. commit.Parts.SkipLast(1)] },
        Fault.LosesServerItemsBehindTheSecond => commit with { ServerItems = [.. commit.ServerItems.Take(2)] },
        Fault.LosesTimersBehindTheSecond => commit with { ArmedTimers = [.. commit.ArmedTimers.Take(2)] },
        Fault.LosesMessagesBehindTheSecond => commit with { SentMessages = [.. commit.SentMessages.Take(2)] },
        Fault.EndsTheFirstTimerOnly => commit with { EndedTimers = [.. commit.EndedTimers.Take(1)] },
        Fault.EndsTheFirstActivityOnly => commit with { EndedActivities = [.. commit.EndedActivities.Take(1)] },
        Fault.RemovesTheFirstPartOnly => commit with { RemovedParts = [.. commit.RemovedParts.Take(1)] },
        Fault.ReceivesTheFirstMessageOnly => commit with { ReceivedMessages = [.. commit.ReceivedMessages.Take(1)] },
        Fault.LosesDetailsBehindTheFirst => commit with { Parts = [.. commit.Parts.Where(part => (int)part.Key.Kind < 2)] },
        Fault.SwapsTheContentsOfManyParts when commit.Parts.Count > 4 =>
            commit with
            {
                Parts = [new(commit.Parts[0].Key, commit.Parts[1].Content), new(commit.Parts[1].Key, commit.Parts[0].Content), .. commit.Parts.Skip(2)],
            },
        Fault.LosesFieldsBehindTheSecond when commit.Record is { } record => commit with { Record = record with { Fields = [.. record.Fields.Take(2)] } },
        Fault.LosesFieldsWithoutAValueBesideOthers when commit.Record is { Fields.Count: > 1 } record =>
            commit with { Record = record with { Fields = [.. record.Fields.Where(field => field.Value is not null)] } },
        Fault.RoundsTimersOfMany when commit.ArmedTimers.Count > 2 =>
            commit with
            {
                ArmedTimers = [.. commit.ArmedTimers.Select(timer => timer with { DueAt = new DateTimeOffset(timer.DueAt.UtcTicks / 10 * 10, TimeSpan.Zero) })],
            },
        Fault.LosesElementsBehindTheFirstTimer when commit.ArmedTimers.Count > 1 =>
            commit with { ArmedTimers = [commit.ArmedTimers[0], .. commit.ArmedTimers.Skip(1).Select(timer => timer with { Element = "" })] },
        Fault.ShortensTheHistoryOfManyFacts when commit.Journal is { Count: > 2 } journal =>
            commit with { Journal = journal with { Content = journal.Content[..^1] } },
        Fault.LosesWhoEndedAServerItemBesideOthers when commit.ServerItems.Count > 1 =>
            commit with { ServerItems = [.. commit.ServerItems.Select(item => item with { EndedBy = null })] },
        _ when commit.Worklist.Count > 1 => commit with { Worklist = [.. OfTasks(commit.Worklist)] },
        _ => commit,
    };

    private IEnumerable<WorklistChange> OfTasks(IReadOnlyList<WorklistChange> changes)
    {
        var opened = new HashSet<SerialNumber>();
        var closed = new HashSet<SerialNumber>();
        foreach (var change in fault is Fault.LosesTheLastOfManyTasks && changes.Count > 4 ? changes.SkipLast(1) : changes)
        {
            var isLost = change switch
            {
                WorklistChange.TookPart => fault is Fault.LosesWhoTookPartBesideOtherChanges,
                WorklistChange.EntryAdded => fault is Fault.LosesEntriesAddedToANewTask && opened.Contains(change.Serial),
                WorklistChange.Opened => fault is Fault.LosesTasksThatAreOpenedAgain && closed.Contains(change.Serial),
                _ => false,
            };
            if (isLost)
            {
                continue;
            }

            yield return change switch
            {
                WorklistChange.Opened task when fault is Fault.LosesGroupsBesideUsers && task.Entries.Count > 1 =>
                    task with { Entries = [.. task.Entries.Where(entry => entry.Kind is not DestinationKind.Group)] },
                WorklistChange.Opened task when fault is Fault.LosesThePriorityBehindTheFirstTask && opened.Count > 0 =>
                    task with { Header = task.Header with { Priority = Priority.Medium } },
                WorklistChange.Closed end when fault is Fault.TakesTheFirstEndForAll => end with { End = WorklistItemEnd.Completed },
                _ => change,
            };
            _ = change switch
            {
                WorklistChange.Opened => opened.Add(change.Serial),
                WorklistChange.Closed => closed.Add(change.Serial),
                _ => false,
            };
        }
    }
}
