using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Tests.Persistence;

/// <summary>The number of elements that the store in memory looks at does not grow with what there is besides. To look at an instance takes memory, so the
/// bytes of a question tell how many were looked at, without a clock.</summary>
[TestFixture]
[NonParallelizable]
internal sealed class InMemoryReadsTests
{
    private const int Few = 300;
    private const int Many = 12_000;
    private const int Purged = 100;

    [Test]
    public async Task A_purge_looks_at_those_that_it_removes([Values(null, "Expense")] string? definition)
    {
        async Task<long> PurgeAsync(int count)
        {
            var store = await FillAsync(count);

            // The first batch makes gaps in numbers that were only counted, and they are written out once.
            (await store.PurgeAsync(DateTimeOffset.MaxValue, definition, Purged, default)).ShouldBe(Purged);
            return await BytesAsync(async () => (await store.PurgeAsync(DateTimeOffset.MaxValue, definition, Purged, default)).ShouldBe(Purged));
        }

        ShouldBeFlat(await PurgeAsync(Few), await PurgeAsync(Many));
    }

    [Test]
    public async Task All_can_be_purged_batch_by_batch_the_first_ended_first()
    {
        var store = await FillAsync(Few);

        var removed = 0;
        for (var count = Few; count > 0; count -= Purged)
        {
            removed += await store.PurgeAsync(DateTimeOffset.MaxValue, "Expense", Purged, default);
        }

        removed.ShouldBe(Few);
        (await store.FindProcessesAsync(new ProcessQuery { Limit = 500 }, default)).ShouldAllBe(record => record.Definition == "Travel");
    }

    [Test]
    public async Task Participants_are_found_without_the_others()
    {
        async Task<long> FindAsync(int count)
        {
            var store = await FillAsync(count);
            return await BytesAsync(async () => (await store.FindProcessesOfAsync([Destination.User("ann")], new ProcessQuery(), default)).Count.ShouldBe(1));
        }

        ShouldBeFlat(await FindAsync(Few), await FindAsync(Many));
    }

    [Test]
    public async Task A_renewal_looks_at_the_leases_and_a_removal_of_a_version_at_no_instance()
    {
        async Task<long> AskAsync(int count)
        {
            var store = await FillAsync(count);
            return await BytesAsync(async () =>
            {
                await store.RenewAsync("engine", TimeSpan.FromSeconds(10), default);
                (await store.RemoveDefinitionAsync(new DefinitionVersion("Expense", 2), default)).ShouldBe(DefinitionRemoval.Removed);
            });
        }

        ShouldBeFlat(await AskAsync(Few), await AskAsync(Many));
    }

    [Test]
    public async Task Server_items_and_timers_of_one_instance_are_found_without_those_of_others()
    {
        async Task<long> FindAsync(int count)
        {
            var store = await FillAsync(count);
            return await BytesAsync(async () =>
            {
                (await store.FindServerItemsAsync(new ServerItemQuery(), default)).Count.ShouldBe(1);
                (await store.FindTimersAsync(new TimerQuery { ProcessInstance = new ProcessInstanceId(7) }, default)).Count.ShouldBe(1);
            });
        }

        ShouldBeFlat(await FindAsync(Few), await FindAsync(Many));
    }

    [Test]
    public async Task Messages_and_sub_processes_of_one_instance_are_found_without_those_of_others()
    {
        var (one, other) = (new ProcessInstanceId(5), new ProcessInstanceId(7));
        async Task<long> FindAsync(int count)
        {
            var store = new InMemoryProcessStore();
            for (var number = 1; number <= count; number++)
            {
                var id = new ProcessInstanceId(number);
                var of = number == count / 2 ? one : other;
                var record = Commits.Record(id) with { Parent = of };
                await store.CommitAsync(Commits.New(id) with { Record = record, SentMessages = [new ProcessMessage(id, 1, of, default)] }, default);
            }

            return await BytesAsync(async () =>
            {
                (await store.FindProcessesAsync(new ProcessQuery { Parent = one }, default)).Count.ShouldBe(1);
                (await store.FindMessagesAsync(new MessageQuery { To = one, Limit = 10 }, default)).Count.ShouldBe(1);
                (await store.FindMessagesAsync(new MessageQuery { After = new MessageKey(other, new(count - 1), 1), Limit = 10 }, default)).Count.ShouldBe(1);
            });
        }

        ShouldBeFlat(await FindAsync(Few), await FindAsync(Many));
    }

    [Test]
    public async Task A_page_for_many_names_ends_with_the_page()
    {
        Destination[] roles =
            [.. Enumerable.Range(1, 50).Select(number => Destination.Role($"Role {number.ToString(System.Globalization.CultureInfo.InvariantCulture)}"))];
        async Task<long> FindAsync(int count)
        {
            var store = new InMemoryProcessStore();
            for (var number = 1; number <= count; number++)
            {
                var id = new ProcessInstanceId(number);
                await store.CommitAsync(Commits.New(id) with { Worklist = [Opened(id, roles[number % 50])] }, default);
            }

            return await BytesAsync(async () => (await store.FindTasksAsync(roles, new WorklistQuery { Limit = 20 }, default)).Count.ShouldBe(20));
        }

        ShouldBeFlat(await FindAsync(Few), await FindAsync(Many));
    }

    /// <summary>So many instances of Expense that have completed, and three of Travel that wait. The first was started by ann, and the second has a server item
    /// that waits.</summary>
    private static async Task<InMemoryProcessStore> FillAsync(int count)
    {
        var store = new InMemoryProcessStore();
        await store.KeepDefinitionAsync(new StoredDefinition(new DefinitionVersion("Expense", 1), "1", "1"), becomesDefault: true, default);
        await store.KeepDefinitionAsync(new StoredDefinition(new DefinitionVersion("Expense", 2), "2", "2"), becomesDefault: false, default);
        for (var number = 1; number <= count + 3; number++)
        {
            var id = new ProcessInstanceId(number);
            var commit = Commits.New(id) with
            {
                ArmedTimers = [new ProcessTimer(id, 1, ProcessTimerKind.Sleep, 1, 1, Commits.Record(id).StartedAt.AddSeconds(number))],
                Request = new StoredRequest($"key {id}", id, new byte[] { 1 }, Commits.Record(id).StartedAt),
                Worklist = [Opened(id, Destination.User("bob"))],
            };
            await store.CommitAsync(commit with { Record = number > count ? Waiting(id, number - count) : Ended(id) }, default);
        }

        var second = new ProcessInstanceId(count + 2);
        await store.CommitAsync(Commits.New(second, version: 1) with { ServerItems = [Item(second)] }, default);
        return store;
    }

    private static ProcessRecord Ended(ProcessInstanceId id)
    {
        var record = Commits.Record(id);
        return record with { Status = ProcessInstanceStatus.Completed, EndedAt = record.StartedAt.AddMinutes(id.Value % 97) };
    }

    private static ProcessRecord Waiting(ProcessInstanceId id, int number) =>
        Commits.Record(id) with { Definition = "Travel", Originator = number == 1 ? "Ann" : "dora" };

    private static WorklistChange.Opened Opened(ProcessInstanceId id, Destination entry) => new(Commits.Header(id), [entry]);

    private static ServerItemRecord Item(ProcessInstanceId id) => new()
    {
        Serial = new SerialNumber(id, 2),
        Definition = "Travel",
        Activity = "Work",
        Event = "Call",
        Status = ServerItemStatus.Waiting,
        StartedAt = Commits.Record(id).StartedAt,
    };

    /// <summary>The store in memory does everything on the thread that asks.</summary>
    private static async Task<long> BytesAsync(Func<Task> ask)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var asked = ask();
        asked.IsCompleted.ShouldBeTrue();
        await asked;
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void ShouldBeFlat(long few, long many) => ((double)many).ShouldBeLessThan((few * 1.5) + 8_000, "looked at grows with what there is");
}
