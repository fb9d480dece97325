using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using static Workflow.Core.Tests.Persistence.Commits;

namespace Workflow.Core.Tests.Persistence;

/// <summary>What a store keeps of tasks, and of whom they are and were for.</summary>
[TestFixture]
internal sealed class InMemoryTaskTests
{
    private static readonly SerialNumber _task = new(One, 1);

    private InMemoryProcessStore _store = null!;
    private long _version;

    [SetUp]
    public void Open() => (_store, _version) = (new InMemoryProcessStore(), 0);

    private async Task ChangeAsync(params WorklistChange[] changes) =>
        await _store.CommitAsync(New(One, _version++, Part(0, 0)).With(worklist: changes), default);

    private async Task<string> FoundAsync(params string[] users) => string.Join(
        ' ', (await _store.FindTasksAsync([.. users.Select(Destination.User)], new WorklistQuery(), default)).Select(header => header.Serial));

    private async Task<bool> HasTakenPartAsync(params Destination[] entries) => await _store.HasTakenPartAsync(One, entries, default);

    [Test]
    [Statement("1.1")]
    public async Task A_task_is_found_by_its_serial_number_with_whom_it_is_for()
    {
        var header = Header(One, 1);
        (await _store.FindTaskAsync(_task, default)).ShouldBeNull();

        await ChangeAsync(new WorklistChange.Opened(header, [Destination.User("ann"), Destination.Role("R")]));

        var task = (await _store.FindTaskAsync(_task, default)).ShouldNotBeNull();
        task.Header.ShouldBe(header);
        task.Entries.ShouldBe([Destination.User("ann"), Destination.Role("R")], ignoreOrder: true);
        task.End.ShouldBeNull();
        (await _store.FindTaskAsync(new SerialNumber(One, 2), default)).ShouldBeNull();
        (await _store.FindTaskAsync(new SerialNumber(new ProcessInstanceId(2), 1), default)).ShouldBeNull();
    }

    [Test]
    [Statement("1.15")]
    public async Task A_task_is_found_by_each_of_those_whom_it_is_for_and_by_a_user_without_regard_to_case()
    {
        await ChangeAsync(new WorklistChange.Opened(Header(One, 1), [Destination.User("ann"), Destination.Role("R")]));

        (await FoundAsync("ANN")).ShouldBe("1_1");
        (await FoundAsync("bob", "ann")).ShouldBe("1_1");
        (await FoundAsync("R")).ShouldBe("", "a role is no user");
        (await FoundAsync()).ShouldBe("", "nobody has no tasks");
        (await _store.FindTasksAsync([Destination.Role("r"), Destination.User("ann")], new WorklistQuery(), default)).Count.ShouldBe(1, "each once");
        (await _store.FindTasksAsync([Destination.Group("R")], new WorklistQuery(), default)).ShouldBeEmpty();
        (await _store.FindTasksAsync(null, new WorklistQuery(), default)).Count.ShouldBe(1, "the tasks of everybody");
    }

    [Test]
    [Statement("1.11")]
    public async Task Whom_a_task_is_for_changes_and_whom_it_was_for_is_kept()
    {
        await ChangeAsync(Opened(Header(One, 1), "ann", "bob"));

        await ChangeAsync(new WorklistChange.EntryAdded(_task, Destination.User("cy")), new WorklistChange.EntryRemoved(_task, Destination.User("ANN")));

        (await FoundAsync("ann")).ShouldBe("");
        (await FoundAsync("bob")).ShouldBe("1_1");
        (await FoundAsync("cy")).ShouldBe("1_1");
        (await _store.FindTaskAsync(_task, default)).ShouldNotBeNull().Entries
            .ShouldBe([Destination.User("ann"), Destination.User("bob"), Destination.User("cy")], ignoreOrder: true);
        (await HasTakenPartAsync(Destination.User("ann"))).ShouldBeTrue();
    }

    [Test]
    [Statement("1.11")]
    public async Task Who_is_added_again_has_the_task_again()
    {
        await ChangeAsync(Opened(Header(One, 1), "ann", "bob"));
        await ChangeAsync(new WorklistChange.EntryRemoved(_task, Destination.User("ann")));
        await ChangeAsync(new WorklistChange.EntryAdded(_task, Destination.User("ann")));

        (await FoundAsync("ann")).ShouldBe("1_1");
        (await _store.FindTaskAsync(_task, default)).ShouldNotBeNull().Entries.Count.ShouldBe(2);
    }

    [Test]
    [Statement("1.8")]
    public async Task A_task_that_has_ended_is_on_no_list_but_what_it_was_is_kept([Values(WorklistItemEnd.Completed, WorklistItemEnd.Expired)] WorklistItemEnd end)
    {
        await ChangeAsync(Opened(Header(One, 1), "ann"), Opened(Header(One, 2), "ann"));

        await ChangeAsync(new WorklistChange.Closed(_task, end));

        (await FoundAsync("ann")).ShouldBe("1_2");
        (await _store.FindTasksAsync(null, new WorklistQuery(), default)).ShouldHaveSingleItem().Serial.Destination.ShouldBe(2);
        var task = (await _store.FindTaskAsync(_task, default)).ShouldNotBeNull();
        task.End.ShouldBe(end);
        task.Entries.ShouldBe([Destination.User("ann")]);
    }

    [Test]
    [Statement("1.6")]
    public async Task A_later_task_of_the_serial_number_takes_the_place_of_the_earlier_but_for_whom_that_was_for()
    {
        await ChangeAsync(Opened(Header(One, 1), "ann", "bob"));
        await ChangeAsync(new WorklistChange.Closed(_task, WorklistItemEnd.Completed));

        await ChangeAsync(Opened(Header(One, 1, item: "Sign"), "bob", "cy"));

        var task = (await _store.FindTaskAsync(_task, default)).ShouldNotBeNull();
        task.Header.Event.ShouldBe("Sign");
        task.End.ShouldBeNull();
        task.Entries.ShouldBe([Destination.User("ann"), Destination.User("bob"), Destination.User("cy")], ignoreOrder: true);
        (await FoundAsync("ann")).ShouldBe("");
        (await FoundAsync("bob")).ShouldBe("1_1");
        (await FoundAsync("cy")).ShouldBe("1_1");
    }

    [Test]
    [Statement("14.2")]
    public async Task Changes_of_one_commit_are_made_in_their_order()
    {
        await ChangeAsync(
            Opened(Header(One, 1), "ann"),
            new WorklistChange.EntryRemoved(_task, Destination.User("ann")),
            new WorklistChange.EntryAdded(_task, Destination.User("bob")),
            new WorklistChange.Closed(_task, WorklistItemEnd.Completed),
            Opened(Header(One, 1, item: "Sign"), "cy"));

        (await FoundAsync("ann", "bob")).ShouldBe("");
        (await FoundAsync("cy")).ShouldBe("1_1");
        (await _store.FindTaskAsync(_task, default)).ShouldNotBeNull().Entries.Count.ShouldBe(3);
    }

    [Test]
    [Statement("14.2")]
    public async Task A_commit_that_is_refused_changes_no_task_and_no_timer()
    {
        await ChangeAsync(Opened(Header(One, 1), "ann"));

        await Should.ThrowAsync<ConcurrencyException>(() => _store.CommitAsync(
            New(One, 5).With(
                worklist: [new WorklistChange.Closed(_task, WorklistItemEnd.Completed), Opened(Header(One, 2), "bob")],
                armed: [Timer(One, 1, minutes: 1)]),
            default).AsTask());

        (await FoundAsync("ann")).ShouldBe("1_1");
        (await FoundAsync("bob")).ShouldBe("");
        (await _store.NextDueAsync(after: null, default)).ShouldBeNull();
    }

    [Test]
    [Statement("9.1")]
    public async Task Who_has_or_had_a_task_takes_or_took_part_in_its_instance_and_in_no_other()
    {
        await ChangeAsync(new WorklistChange.Opened(Header(One, 1), [Destination.User("ann"), Destination.Role("R")]), Opened(Header(One, 2), "bob"));
        await ChangeAsync(new WorklistChange.Closed(_task, WorklistItemEnd.Completed), new WorklistChange.EntryRemoved(new SerialNumber(One, 2), Destination.User("bob")));

        (await HasTakenPartAsync(Destination.User("Ann"))).ShouldBeTrue();
        (await HasTakenPartAsync(Destination.User("bob"))).ShouldBeTrue();
        (await HasTakenPartAsync(Destination.User("cy"), Destination.Role("r"))).ShouldBeTrue();
        (await HasTakenPartAsync(Destination.User("cy"), Destination.Group("R"))).ShouldBeFalse();
        (await HasTakenPartAsync()).ShouldBeFalse();
        (await _store.HasTakenPartAsync(new ProcessInstanceId(2), [Destination.User("ann")], default)).ShouldBeFalse();
    }

    [Test]
    [Statement("9.1")]
    public async Task Who_took_part_did_so_when_the_activity_has_ended_too()
    {
        await _store.CommitAsync(New(One, _version++, Part(0, 0), Part(1, 0), Part(1, 1)).With(worklist: [Opened(Header(One, 1), "ann")]), default);

        await _store.CommitAsync(
            New(One, _version++, Part(0, 0)).With(ended: [1], worklist: [new WorklistChange.Closed(_task, WorklistItemEnd.Completed)]), default);

        (await HasTakenPartAsync(Destination.User("ann"))).ShouldBeTrue();
        (await _store.FindTaskAsync(_task, default)).ShouldNotBeNull().End.ShouldBe(WorklistItemEnd.Completed);
    }

    [Test]
    public async Task A_change_of_the_callers_lists_afterwards_is_not_stored()
    {
        List<Destination> entries = [Destination.User("ann")];
        List<WorklistChange> changes = [new WorklistChange.Opened(Header(One, 1), entries)];
        await _store.CommitAsync(New(One, _version++, Part(0, 0)).With(worklist: changes), default);

        entries.Add(Destination.User("bob"));
        changes.Clear();

        (await FoundAsync("bob")).ShouldBe("");
        (await FoundAsync("ann")).ShouldBe("1_1");
        (await _store.FindTaskAsync(_task, default)).ShouldNotBeNull().Entries.Count.ShouldBe(1);
    }
}
