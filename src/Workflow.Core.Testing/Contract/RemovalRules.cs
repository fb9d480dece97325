using Workflow.Core.Instances;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>The rules for the removal of one instance that has ended, and for the status of instances that were deleted.</summary>
internal static class RemovalRules
{
    private const string Source = "IProcessStore.RemoveAsync";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("An instance is removed only when it has ended", Source, EndedAsync),
        new("Of a removed instance nothing is left but the keys of its commands", Source, NothingAsync),
        new("The removal of an instance leaves the others as they are", Source, OthersAsync),
        new("A message that a removed instance sent stays until it is received", Source, MessagesAsync),
        new("An instance that completed and was deleted is found as deleted only", "IProcessStore.FindProcessesAsync", DeletedAsync),
        new("A stopped instance is found as stopped only", "IProcessStore.FindProcessesAsync", StoppedAsync),
    ];

    private static async Task<bool> RemoveAsync(StoreTrial trial, ProcessInstanceId id) => await trial.Store.RemoveAsync(id, CancellationToken.None);

    private static async Task<string> FoundAsync(StoreTrial trial, ProcessInstanceStatus status) => Shown.Numbers(
        (await trial.Store.FindProcessesAsync(new() { Status = status }, CancellationToken.None)).Select(record => record.Id));

    private static async Task EndedAsync(StoreTrial trial)
    {
        var active = await trial.AddAsync();
        var failed = await trial.AddAsync(commit => commit with { Record = commit.Record! with { Status = ProcessInstanceStatus.Error, Error = "why" } });
        var stopped = await trial.AddAsync(Stopped);
        var pending = await trial.AddAsync(Pending);
        var completed = await trial.AddAsync(commit => commit with { Record = Completed(commit.ProcessInstance, 0) });
        var deleted = await trial.AddAsync(Deleted);
        var unknown = await trial.ReserveAsync();

        foreach (var id in (ProcessInstanceId[])[active, failed, stopped, pending, unknown])
        {
            trial.Expect(false, await RemoveAsync(trial, id), $"whether {id} was removed, which has not ended");
        }

        trial.Expect(true, await RemoveAsync(trial, completed), "whether the completed one was removed");
        trial.Expect(true, await RemoveAsync(trial, deleted), "whether the deleted one was removed");
        trial.Expect(false, await RemoveAsync(trial, deleted), "whether it was removed a second time");
        trial.Expect(
            Shown.Numbers([active, failed, stopped, pending]),
            Shown.Numbers((await trial.Store.FindProcessesAsync(new(), CancellationToken.None)).Select(record => record.Id)), "the instances that are left");
    }

    private static async Task NothingAsync(StoreTrial trial)
    {
        var id = await trial.ReserveAsync();
        var empty = await Shown.EverythingAsync(trial, id);
        await trial.CommitAsync(Full(New(id), 2, "ann") with { Request = Request("one", id, 1) });
        await trial.CommitAsync(Next(id, 1) with { Record = Completed(id, 0) with { Fields = [new("City", "Lisbon")] }, ServerItems = [Item(id, 7)] });

        trial.Expect(true, await RemoveAsync(trial, id), "whether it was removed");

        trial.Expect(empty, await Shown.EverythingAsync(trial, id), "everything in the store");
        trial.Expect("", await trial.TasksAsync("ann"), "the tasks");
        trial.Expect(false, await trial.Store.HasTakenPartAsync(id, [Destination.User("ann")], CancellationToken.None), "whether somebody took part");
        trial.Expect(
            0, (await trial.Store.FindProcessesAsync(new() { Fields = [new("City", "Lisbon")] }, CancellationToken.None)).Count, "what is found by a field");
        trial.Expect(id, (await trial.Store.FindRequestAsync("one", CancellationToken.None))?.ProcessInstance, "whose the key is");
        trial.Expect(0, await trial.Store.PurgeAsync(Beginning.AddDays(1), null, 10, CancellationToken.None), "how many are left to purge");
        trial.Expect(true, (await trial.ReserveAsync()).CompareTo(id) > 0, "whether the next number is greater");
    }

    private static async Task OthersAsync(StoreTrial trial)
    {
        var kept = await trial.AddAsync(commit => Full(commit, 2, "ann"));
        var before = await Shown.EverythingAsync(trial, kept);
        var id = await trial.ReserveAsync();
        await trial.CommitAsync(Full(New(id), 3, "ann") with { Record = Completed(id, 0), Request = null, SentMessages = [] });

        await RemoveAsync(trial, id);

        trial.Expect(before, await Shown.EverythingAsync(trial, kept), "everything in the store");
        trial.Expect($"{kept}_2", await trial.TasksAsync("ann"), "the tasks");
    }

    private static async Task MessagesAsync(StoreTrial trial)
    {
        var to = await trial.AddAsync();
        var from = await trial.AddAsync(
            commit => commit with { Record = Completed(commit.ProcessInstance, 0), SentMessages = [Message(commit.ProcessInstance, 1, to, 1)] });

        await RemoveAsync(trial, from);

        trial.Expect($"{from}/1>{to}=01", Shown.Messages(await trial.Store.FindMessagesAsync(new() { Limit = 10 }, CancellationToken.None)), "the messages");
    }

    private static async Task DeletedAsync(StoreTrial trial)
    {
        var completed = await trial.AddAsync(commit => commit with { Record = Completed(commit.ProcessInstance, 0) });
        var deleted = await trial.AddAsync(commit => commit with { Record = Completed(commit.ProcessInstance, 1) });
        var atOnce = await trial.AddAsync();
        await trial.CommitAsync(Next(deleted, 1) with { Record = Completed(deleted, 1) with { Status = ProcessInstanceStatus.Deleted } });
        await trial.CommitAsync(Next(atOnce, 1) with { Record = Completed(atOnce, 2) with { Status = ProcessInstanceStatus.Deleted } });

        trial.Expect($"{completed}", await FoundAsync(trial, ProcessInstanceStatus.Completed), "the completed instances");
        trial.Expect(Shown.Numbers([deleted, atOnce]), await FoundAsync(trial, ProcessInstanceStatus.Deleted), "the deleted instances");
        trial.Expect("", await FoundAsync(trial, ProcessInstanceStatus.Active), "the active instances");
        trial.Expect(ProcessInstanceStatus.Deleted, (await trial.RecordAsync(deleted)).Status, "the status");
        trial.Expect(Beginning.AddMinutes(1), (await trial.RecordAsync(deleted)).EndedAt, "when it ended");
    }

    private static async Task StoppedAsync(StoreTrial trial)
    {
        var stopped = await trial.AddAsync(Pending);
        await trial.CommitAsync(Next(stopped, 1) with { Record = Record(stopped) with { Status = ProcessInstanceStatus.Stopped } });

        trial.Expect($"{stopped}", await FoundAsync(trial, ProcessInstanceStatus.Stopped), "the stopped instances");
        trial.Expect("", await FoundAsync(trial, ProcessInstanceStatus.Active), "the active instances");
        trial.Expect("", await FoundAsync(trial, ProcessInstanceStatus.Running), "the running instances");
        trial.Expect("", await FoundAsync(trial, ProcessInstanceStatus.Completed), "the completed instances");
    }
}
