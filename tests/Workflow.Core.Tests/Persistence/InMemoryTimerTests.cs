using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using static Workflow.Core.Tests.Persistence.Commits;

namespace Workflow.Core.Tests.Persistence;

/// <summary>How a store keeps timers, and the parts of instances that are not whole activities.</summary>
[TestFixture]
internal sealed class InMemoryTimerTests
{
    private static readonly DateTimeOffset _now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<ProcessInstanceId, long> _versions = [];
    private InMemoryProcessStore _store = null!;

    [SetUp]
    public void Open()
    {
        _store = new InMemoryProcessStore();
        _versions.Clear();
    }

    private async Task CommitAsync(ProcessInstanceId id, IReadOnlyList<ProcessTimer>? armed = null, IReadOnlyList<int>? ended = null)
    {
        var version = _versions.GetValueOrDefault(id);
        await _store.CommitAsync(New(id, version, Part(0, 0)).With(armed: armed, endedTimers: ended), default);
        _versions[id] = version + 1;
    }

    private async Task<string> DueAsync(int minutes, int limit = 100) =>
        string.Join(' ', (await _store.FindTimersAsync(new() { DueUntil = _now.AddMinutes(minutes), Limit = limit }, default)).Select(timer => $"{timer.ProcessInstance}/{timer.Number}"));

    private async Task<double?> NextAsync() => (await _store.NextDueAsync(after: null, default) - _now)?.TotalMinutes;

    [Test]
    [Statement("14.5")]
    public async Task Timers_are_found_when_they_are_due_the_longest_due_first_and_of_one_instant_by_instance_and_number()
    {
        var (two, ten) = (new ProcessInstanceId(2), new ProcessInstanceId(10));
        await CommitAsync(ten, [Timer(ten, 1, 5), Timer(ten, 2, 3)]);
        await CommitAsync(two, [Timer(two, 11, 5), Timer(two, 2, 5)]);
        await CommitAsync(One, [Timer(One, 3, 9)]);

        (await DueAsync(2)).ShouldBe("");
        (await DueAsync(3)).ShouldBe("10/2", "due at that very instant");
        (await DueAsync(5)).ShouldBe("10/2 2/2 2/11 10/1");
        (await DueAsync(99)).ShouldBe("10/2 2/2 2/11 10/1 1/3");
        (await DueAsync(99, limit: 2)).ShouldBe("10/2 2/2");
        (await NextAsync()).ShouldBe(3);
    }

    [Test]
    public async Task Without_timers_nothing_is_due()
    {
        (await NextAsync()).ShouldBeNull();
        (await DueAsync(int.MaxValue / 2)).ShouldBe("");
        await CommitAsync(One);
        (await NextAsync()).ShouldBeNull();
    }

    [Test]
    public async Task A_timer_that_was_found_stays_until_it_is_ended()
    {
        await CommitAsync(One, [Timer(One, 1, 1)]);

        (await DueAsync(1)).ShouldBe("1/1");
        (await DueAsync(1)).ShouldBe("1/1");
        await CommitAsync(One, ended: [1, 7]);

        (await DueAsync(1)).ShouldBe("");
        (await NextAsync()).ShouldBeNull();
    }

    [Test]
    public async Task A_timer_takes_the_place_of_the_one_with_its_number()
    {
        await CommitAsync(One, [Timer(One, 1, 1), Timer(One, 2, 2)]);

        await CommitAsync(One, [Timer(One, 1, 9)]);

        (await DueAsync(8)).ShouldBe("1/2");
        (await DueAsync(9)).ShouldBe("1/2 1/1");
        (await NextAsync()).ShouldBe(2);
    }

    [Test]
    public async Task Ended_timers_go_before_new_ones_are_armed()
    {
        await CommitAsync(One, [Timer(One, 1, 1)]);

        await CommitAsync(One, [Timer(One, 1, 4)], ended: [1]);

        (await NextAsync()).ShouldBe(4);
        (await DueAsync(4)).ShouldBe("1/1");
    }

    [Test]
    public async Task Timers_of_another_instance_with_the_same_number_stay()
    {
        var two = new ProcessInstanceId(2);
        await CommitAsync(One, [Timer(One, 1, 1)]);
        await CommitAsync(two, [Timer(two, 1, 1)]);

        await CommitAsync(One, ended: [1]);

        (await DueAsync(1)).ShouldBe("2/1");
    }

    [Test]
    public async Task A_timer_comes_back_as_it_was_armed()
    {
        var timer = new ProcessTimer(One, 3, ProcessTimerKind.Roles, ActivityInstance: 7, Destination: 0, _now.AddTicks(1));
        await CommitAsync(One, [timer]);

        (await _store.FindTimersAsync(new() { DueUntil = _now }, default)).ShouldBeEmpty();
        (await _store.FindTimersAsync(new() { DueUntil = _now.AddTicks(1) }, default)).ShouldBe([timer]);
    }

    [Test]
    [Statement("14.6")]
    public async Task Single_parts_are_removed_before_new_ones_are_stored()
    {
        await _store.CommitAsync(
            New(One, 0, Part(0, 0, 1), Part(1, 0, 1), Part(1, 1, 1), Detail(1, 1, 1, 1), Detail(1, 1, 2, 1), Detail(1, 1, 3, 1), Detail(1, 2, 2, 1)), default);

        await _store.CommitAsync(New(One, 1, Detail(1, 1, 2, 9)).With(removed: [new PartKey(1, 1, 2), new PartKey(1, 1, 3), new PartKey(5, 5, 5)]), default);

        (await KeysAsync()).ShouldBe("0/0/0=1 1/0/0=1 1/1/0=1 1/1/1=1 1/1/2=9 1/2/2=1");
    }

    [Test]
    [Statement("14.6")]
    public async Task The_details_of_destinations_go_with_their_activity()
    {
        await _store.CommitAsync(New(One, 0, Part(0, 0, 1), Part(1, 0, 1), Detail(1, 1, 1, 1), Detail(1, 1, 2, 1), Part(2, 0, 1), Detail(2, 3, 1, 1)), default);

        await _store.CommitAsync(New(One, 1).With(ended: [1]), default);

        (await KeysAsync()).ShouldBe("0/0/0=1 2/0/0=1 2/3/1=1");
    }

    [Test]
    [Statement("14.6")]
    public async Task One_destination_is_loaded_with_its_activity_and_its_details_and_nothing_else()
    {
        await _store.CommitAsync(
            New(One, 0,
                Part(0, 0, 1), Part(1, 0, 1), Part(1, 1, 1), Detail(1, 1, 1, 1), Detail(1, 1, 2, 1), Part(1, 2, 1), Detail(1, 2, 1, 1), Part(2, 0, 1), Part(2, 3, 1)),
            default);

        (await KeysAsync(1, 1)).ShouldBe("0/0/0=1 1/0/0=1 1/1/0=1 1/1/1=1 1/1/2=1");
        (await KeysAsync(1, 2)).ShouldBe("0/0/0=1 1/0/0=1 1/2/0=1 1/2/1=1");
        (await KeysAsync(2, 3)).ShouldBe("0/0/0=1 2/0/0=1 2/3/0=1");
        (await _store.LoadAsync(One, 1, 1, default)).ShouldNotBeNull().Version.ShouldBe(1);
        (await _store.LoadAsync(new ProcessInstanceId(2), 1, 1, default)).ShouldBeNull();
    }

    private static StoredPart Detail(int activity, int destination, int detail, params byte[] content) => new(new PartKey(activity, destination, detail), content);

    private async Task<string> KeysAsync() => Text(await _store.LoadAsync(One, default));

    private async Task<string> KeysAsync(int activity, int destination) => Text(await _store.LoadAsync(One, activity, destination, default));

    private static string Text(StoredProcess? process) => string.Join(
        ' ', process.ShouldNotBeNull().Parts.Select(part => $"{part.Key.ActivityInstance}/{part.Key.Destination}/{part.Key.Detail}={part.Content.Span[0]}"));
}
