using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Tests.Persistence;

/// <summary>Somebody who takes part in an instance is found at every moment. That includes the moment at which a task of theirs becomes a former one.</summary>
[TestFixture]
internal sealed class InMemoryMovesTests
{
    private static readonly ProcessInstanceId _id = new(1);
    private static readonly Destination _bob = Destination.User("bob");

    private static IEnumerable<TestCaseData> Ends()
    {
        yield return new TestCaseData(new WorklistChange.Closed(new SerialNumber(_id, 1), WorklistItemEnd.PartDone)).SetArgDisplayNames("closed");
        yield return new TestCaseData(new WorklistChange.EntryRemoved(new SerialNumber(_id, 1), _bob)).SetArgDisplayNames("removed");
        yield return new TestCaseData(new WorklistChange.Opened(Commits.Header(_id), [Destination.User("cy")])).SetArgDisplayNames("opened for another");
    }

    [TestCaseSource(nameof(Ends))]
    public void The_holder_of_a_task_is_found_while_they_become_a_former_one(WorklistChange end)
    {
        var shared = new InMemoryShared(TimeProvider.System);
        var process = new InMemoryProcess(_id);
        var tasks = default(InMemoryTasks);
        tasks.Apply(process, new WorklistChange.Opened(Commits.Header(_id), [_bob]), shared);
        var thread = new Thread(() => tasks.Apply(process, end, shared)) { IsBackground = true };
        var between = new List<long>();

        // A question holds the list of former entries while it reads the names, so the change stops where it wants to write there.
        shared.Participants.Find(Names(), newestFirst: false, after: 0, limit: 1).ShouldBeEmpty();
        thread.Join();

        between.ShouldBe([_id.Value], "between");
        Find().ShouldBe([_id.Value], "afterwards");
        shared.Worklists.FindProcesses([_bob], newestFirst: false, after: 0, limit: 1).ShouldBeEmpty();

        IEnumerable<Destination> Names()
        {
            thread.Start();
            SpinWait.SpinUntil(() => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), TimeSpan.FromMinutes(1)).ShouldBeTrue(
                "the change does not come to the list");
            between = Find();
            yield return Destination.User("nobody");
        }

        // As the store does: open tasks first.
        List<long> Find()
        {
            var open = shared.Worklists.FindProcesses([_bob], newestFirst: false, after: 0, limit: 1);
            return Merged.Distinct([open, shared.Participants.Find([_bob], newestFirst: false, after: 0, limit: 1)], isDescending: false, limit: 1);
        }
    }

    [Test]
    public async Task Another_originator_takes_nothing_from_who_took_part()
    {
        var store = new InMemoryProcessStore();
        var record = Commits.Record(_id) with { Originator = "Bob" };
        await store.CommitAsync(Commits.New(_id) with { Record = record, Worklist = [new WorklistChange.Opened(Commits.Header(_id), [_bob])] }, default);
        await store.CommitAsync(
            Commits.New(_id, version: 1) with { Record = record, Worklist = [new WorklistChange.Closed(new SerialNumber(_id, 1), WorklistItemEnd.PartDone)] },
            default);

        await store.CommitAsync(Commits.New(_id, version: 2) with { Record = record with { Originator = "BOB" } }, default);
        (await FoundAsync(store)).ShouldBe(1);
        await store.CommitAsync(Commits.New(_id, version: 3) with { Record = record with { Originator = "dora" } }, default);
        (await FoundAsync(store)).ShouldBe(1);
    }

    private static async Task<int> FoundAsync(InMemoryProcessStore store) => (await store.FindProcessesOfAsync([_bob], new ProcessQuery(), default)).Count;
}
