using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Runtime;

/// <summary>An older engine meets an instance with a part that a newer one has written. It leaves the instance as it is, says so once, and goes on with all
/// others (statements 13.8 and 14.4).</summary>
[TestFixture]
[Statement("13.8")]
[Statement("14.4")]
internal sealed class NewerInstanceTests
{
    private static readonly ProcessInstanceId _newer = new(1);
    private static readonly ProcessInstanceId _other = new(2);

    [TestCase(PartKind.Header)]
    [TestCase(PartKind.Actors)]
    [TestCase(PartKind.Activity)]
    [TestCase(PartKind.Planning)]
    [TestCase(PartKind.Destination)]
    [TestCase(PartKind.People)]
    [TestCase(PartKind.Slot)]
    [CancelAfter(60_000)]
    public async Task A_part_of_any_kind_can_be_newer(PartKind kind)
    {
        var store = await StoreAsync();
        await MakeNewerAsync(store, part => part.Content.Span[1] == (byte)kind);
        var before = await ImageAsync(store);
        using var log = new LogLines();
        await using var engine = await EveryKind.OpenAsync(store, options => options.LoggerFactory = log);

        for (var time = 0; time < 3; time++)
        {
            // A vote does not read who has acted elsewhere.
            var refusal = await Should.ThrowAsync<StoredFormatException>(() => kind is PartKind.Actors
                ? engine.AsSystem().ReadAsync(_newer).AsTask()
                : EveryKind.VoteAsync(engine, _newer, "v3"));
            refusal.Message.ShouldContain("version");
        }

        await EveryKind.VoteAsync(engine, _other, "v3");
        (await engine.As("v4").Worklist.ListAsync()).ShouldContain(item => item.Serial.ProcessInstance == _other);
        (await engine.RecoverAsync()).ShouldBe(0);
        (await engine.RunDueTimersAsync()).ShouldBe(0);

        (await engine.AsSystem().FindProcessesAsync(new() { IsSetAside = true })).ShouldBeEmpty();
        (await engine.AsSystem().FindProcessesAsync()).Select(record => (record.Id, record.Status)).ShouldBe(
            [(_newer, ProcessInstanceStatus.Active), (_other, ProcessInstanceStatus.Active)]);
        log.All.Where(line => line.Contains("newer version of the library and is left", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldStartWith(
            "Warning Process instance 1");
        (await ImageAsync(store)).ShouldBe(before);
    }

    [TestCase(PartKind.Header)]
    [TestCase(PartKind.Activity)]
    [TestCase(PartKind.Destination)]
    [TestCase(PartKind.Slot)]
    public async Task An_administrator_sees_its_tasks_marked_with_the_version(PartKind kind)
    {
        var store = await StoreAsync();
        await MakeNewerAsync(store, part => part.Content.Span[1] == (byte)kind && part.Key is { ActivityInstance: 0 or 2 });
        await using var engine = await EveryKind.OpenAsync(store);

        var entries = await engine.AsSystem().ManageWorklists().ListAsync();

        entries.Where(entry => entry.Serial == new SerialNumber(_newer, 2)).ShouldNotBeEmpty();
        entries.Where(entry => entry.Serial == new SerialNumber(_newer, 2)).ShouldAllBe(entry => entry.Problem!.Contains("version"));
        entries.Where(entry => entry.Serial.ProcessInstance == _other).ShouldAllBe(entry => entry.Problem == null);
    }

    /// <summary>The reason may be something that a newer version says elsewhere.</summary>
    [Test]
    public async Task An_instance_with_a_newer_part_is_left_although_the_rest_seems_damaged()
    {
        var store = await StoreAsync();
        await MakeNewerAsync(store, part => part.Key.Destination == 4);
        await EveryKind.ChangeAsync(
            store, _newer, [], (await EveryKind.PartsAsync(store, _newer)).First(part => part.Content.Span[1] == (byte)PartKind.Activity).Key);
        await using var engine = await EveryKind.OpenAsync(store);

        await Should.ThrowAsync<StoredFormatException>(() => EveryKind.VoteAsync(engine, _newer, "v3"));

        (await engine.AsSystem().FindProcessesAsync(new() { IsSetAside = true })).ShouldBeEmpty();
    }

    [Test]
    [Statement("14.7b")]
    public async Task An_instance_that_a_command_finds_damaged_is_set_aside()
    {
        var store = await StoreAsync();
        var part = (await EveryKind.PartsAsync(store, _newer))[0];
        var bytes = part.Content.ToArray();
        bytes[^1] ^= 1;
        await EveryKind.ChangeAsync(store, _newer, [part with { Content = bytes }]);
        await using var engine = await EveryKind.OpenAsync(store);

        await Should.ThrowAsync<StoredFormatException>(() => EveryKind.VoteAsync(engine, _newer, "v3"));

        (await engine.AsSystem().FindProcessesAsync(new() { IsSetAside = true })).ShouldHaveSingleItem().SetAside.ShouldNotBeNull().ShouldContain("checksum");
    }

    /// <summary>To drop it would be to lose what a newer engine has armed.</summary>
    [Test]
    [CancelAfter(60_000)]
    public async Task A_timer_of_an_unknown_kind_is_left_to_newer_engines_and_the_others_fire()
    {
        var clock = new ManualClock();
        var store = await StoreAsync();
        await using var engine = await EveryKind.OpenAsync(store, options => options.Clock = clock);
        await (await engine.As("v4").Worklist.SingleAsync(_other)).SleepAsync(TimeSpan.FromMinutes(1));
        var unknown = new ProcessTimer(_newer, 7, (ProcessTimerKind)99, ActivityInstance: 2, Destination: 2, clock.GetUtcNow());
        var stored = (await store.LoadAsync(_newer, CancellationToken.None)).ShouldNotBeNull();
        await store.CommitAsync(Support.Commits.New(_newer, stored.Version) with { Record = null, ArmedTimers = [unknown] }, CancellationToken.None);
        clock.Advance(TimeSpan.FromMinutes(2));

        (await engine.RunDueTimersAsync()).ShouldBe(1);

        (await store.FindTimersAsync(new TimerQuery(), CancellationToken.None)).ShouldBe([unknown]);
        (await engine.AsSystem().FindProcessesAsync(new() { IsSetAside = true })).ShouldBeEmpty();
        await EveryKind.VoteAsync(engine, _newer, "v3");
    }

    private static async Task<InMemoryProcessStore> StoreAsync()
    {
        var store = new InMemoryProcessStore();
        await using var engine = await EveryKind.OpenAsync(store);
        (await EveryKind.StartAsync(engine)).ShouldBe(_newer);
        (await EveryKind.StartAsync(engine)).ShouldBe(_other);
        return store;
    }

    private static async Task MakeNewerAsync(InMemoryProcessStore store, Func<StoredPart, bool> which)
    {
        var part = (await EveryKind.PartsAsync(store, _newer)).First(which);
        var bytes = Piece.Opened(part.Content.Span);
        bytes[0] = 100;
        await EveryKind.ChangeAsync(store, _newer, [part with { Content = Piece.Sealed(bytes, _newer, part.Key) }]);
    }

    private static async Task<string> ImageAsync(InMemoryProcessStore store)
    {
        var stored = (await store.LoadAsync(_newer, CancellationToken.None)).ShouldNotBeNull();
        return string.Join(
            '\n', stored.Parts.Select(part => $"{part.Key} {Convert.ToHexString(part.Content.Span)}").Append($"{stored.Version} {stored.Owner}"));
    }
}
