using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Client;

/// <summary>One instance that cannot be read takes nothing from anybody else: not their worklists,
/// not the administrator's, not a search (statement 14.7b).</summary>
[TestFixture]
[Statement("14.7b")]
internal sealed class UnreadableInstanceTests
{
    private static readonly ProcessInstanceId _bad = new(2);

    private static readonly (string Name, Func<StoredProcess, StoredProcess> Damage)[] _damages =
    [
        ("a byte of the header", stored => WithPart(stored, part => part == PartKey.Header, content => content[^1] ^= 1)),
        ("a byte of the destination", stored => WithPart(stored, part => part.Destination != 0, content => content[^1] ^= 1)),
        ("the format of the activity instance", stored =>
            WithPart(stored, part => part is { ActivityInstance: 1, Destination: 0 }, content => content[1] ^= 1)),
        ("no header", stored => stored with { Parts = [.. stored.Parts.Skip(1)] }),
        ("no activity instance", stored => stored with { Parts = [.. stored.Parts.Where(part => part.Key is not { ActivityInstance: 1, Destination: 0 })] }),
    ];

    public static IEnumerable<string> Damages => _damages.Select(damage => damage.Name);

    [TestCaseSource(nameof(Damages))]
    public async Task The_rest_of_the_worklist_is_there_and_the_bad_one_is_set_aside_and_reported_once(string name)
    {
        using var log = new LogLines();
        await using var engine = await OpenAsync(new DamagedStore(_damages.Single(damage => damage.Name == name).Damage), log);
        await StartAsync(engine, 3);

        Staff.Text(await engine.As("A").Worklist.ListAsync()).ShouldBe("1_1 Available, 3_1 Available");
        Staff.Text(await engine.As("A").Worklist.ListAsync()).ShouldBe("1_1 Available, 3_1 Available");

        var record = (await engine.AsSystem().FindProcessesAsync(new() { IsSetAside = true })).ShouldHaveSingleItem();
        record.Id.ShouldBe(_bad);
        record.SetAside.ShouldNotBeNull().ShouldContain("cannot be read");
        log.All.ShouldHaveSingleItem().ShouldStartWith("Error Process instance 2 was set aside");
    }

    [Test]
    [Statement("14.7e")]
    public async Task A_call_that_is_only_rehearsed_reports_nothing_and_sets_nothing_aside()
    {
        using var log = new LogLines();
        await using var engine = await OpenAsync(new DamagedStore(_damages[0].Damage), log);
        await StartAsync(engine, 3);

        await Should.ThrowAsync<StoredFormatException>(
            async () => await engine.As("A").MayAsync(user => user.Worklist.ExecuteAsync(new SerialNumber(_bad, 1), "Approve")));
        await engine.As("A").MayAsync(async user => await user.Worklist.ListAsync());

        log.All.ShouldBeEmpty();
        (await engine.AsSystem().FindProcessesAsync(new() { IsSetAside = true })).ShouldBeEmpty();
    }

    [Test]
    public async Task A_page_is_as_long_as_asked_for_although_something_on_it_cannot_be_read()
    {
        await using var engine = await OpenAsync(new DamagedStore(_damages[0].Damage));
        await StartAsync(engine, 5);

        Staff.Text(await engine.As("A").Worklist.ListAsync(new() { Limit = 3 })).ShouldBe("1_1 Available, 3_1 Available, 4_1 Available");
    }

    [Test]
    public async Task An_administrator_sees_the_task_marked()
    {
        await using var engine = await OpenAsync(new DamagedStore(_damages[0].Damage));
        await StartAsync(engine, 3);

        var entries = await engine.As("boss").ManageWorklists().ListAsync();

        entries.Select(entry => $"{entry.Serial} {entry.Destination} {entry.Status}").ShouldBe(
            ["1_1 user A Available", "1_1 user B Available", "2_1 user A ", "2_1 user B ", "3_1 user A Available", "3_1 user B Available"]);
        entries.Where(entry => entry.Problem is not null).Select(entry => entry.Serial.ProcessInstance).Distinct().ShouldBe([_bad]);
    }

    [Test]
    public async Task Everything_else_that_lists_instances_lists_the_others_and_the_bad_one()
    {
        await using var engine = await OpenAsync(new DamagedStore(_damages[0].Damage));
        await StartAsync(engine, 3);

        (await engine.AsSystem().FindProcessesAsync()).Select(record => record.Id.Value).ShouldBe([1, 2, 3]);
        var results = await engine.As("A").Worklist.ExecuteAsync([new(new(1), 1), new(_bad, 1), new(new(3), 1)], "Approve");
        results.Select(result => result.IsDone).ShouldBe([true, false, true]);
    }

    /// <summary>An older host leaves to newer ones what they have written, and says so.</summary>
    [Test]
    public async Task An_instance_of_a_newer_version_is_left_out_and_not_set_aside()
    {
        using var log = new LogLines();
        await using var engine = await OpenAsync(new DamagedStore(FromNewerVersion), log);
        await StartAsync(engine, 3);

        Staff.Text(await engine.As("A").Worklist.ListAsync()).ShouldBe("1_1 Available, 3_1 Available");
        await engine.As("A").Worklist.ListAsync();

        (await engine.AsSystem().FindProcessesAsync(new() { IsSetAside = true })).ShouldBeEmpty();
        log.All.ShouldHaveSingleItem().ShouldStartWith("Warning Process instance 2 was written by a newer version");
    }

    /// <summary>The message goes to logs and to people who may not see the instance.</summary>
    [Test]
    public async Task The_reason_shows_no_value_of_a_field()
    {
        var secret = new ProcessField<string>("Secret") { IsSearchable = false };
        var store = new InMemoryProcessStore();
        await using (var first = await OpenAsync(store, definition: WithField(secret)))
        {
            await first.As("dora").StartAsync("Expense", start => start.Set(secret, "swordfish"));
        }

        using var log = new LogLines();
        await using var second = await OpenAsync(new StoreWithoutPins(store), log, WithField(new ProcessField<long>("Secret")));

        (await second.As("A").Worklist.ListAsync()).ShouldBeEmpty();
        var entry = (await second.AsSystem().ManageWorklists().ListAsync())[0];

        log.All.ShouldNotBeEmpty();
        string.Join('\n', log.All.Append(entry.Problem)).ShouldNotContain("swordfish");
    }

    [Test]
    [Statement("8.7")]
    public async Task Tasks_of_a_version_that_is_not_deployed_are_marked_for_administrators_and_named_once_in_the_log()
    {
        var store = new InMemoryProcessStore();
        await using (var first = await OpenAsync(store, definition: Deciding(version: 1)))
        {
            await StartAsync(first, 2);
        }

        using var log = new LogLines();
        await using var second = await OpenAsync(store, log, Deciding(version: 2));
        await second.As("dora").StartAsync("Expense");

        Staff.Text(await second.As("A").Worklist.ListAsync()).ShouldBe("3_1 Available");
        Staff.Text(await second.As("A").Worklist.ListAsync()).ShouldBe("3_1 Available");
        var entries = await second.As("boss").ManageWorklists().ListAsync();

        log.All.ShouldHaveSingleItem().ShouldStartWith("Warning Tasks of version 1 of the process definition 'Expense' are not shown");
        entries.Where(entry => entry.Problem is not null).Select(entry => entry.Serial.ToString()).Distinct().ShouldBe(["1_1", "2_1"]);
        entries.Where(entry => entry.Problem is null).Select(entry => entry.Serial.ToString()).Distinct().ShouldBe(["3_1"]);
    }

    [Test]
    public async Task An_absence_that_cannot_be_read_takes_no_tasks_from_a_substitute()
    {
        using var log = new LogLines();
        await using var engine = await OpenAsync(new StoreWithoutAbsence(), log);
        await StartAsync(engine, 1);

        Staff.Text(await engine.As("A").Worklist.ListAsync()).ShouldBe("1_1 Available");
        await engine.As("A").Worklist.ListAsync();

        log.All.ShouldHaveSingleItem().ShouldStartWith("Error The absence of 'cy' cannot be read");
    }

    private static ProcessDefinition WithField(Field field) => ProcessDefinition.Define("Expense", process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Start)).Fields(field);
        process.StartsWith(process.Activity("Work", activity => activity.Destinations(to => to.Users("A")).ApprovesOrRejects()));
    });

    private static ProcessDefinition Deciding(int version) => ProcessDefinition.Define("Expense", process =>
    {
        process.Version(version).Rights(rights => rights.Everyone(ProcessRight.Start).Admin("boss"));
        process.StartsWith(process.Activity("Work", activity => activity.Destinations(to => to.Users("A", "B")).ApprovesOrRejects()));
    });

    private static async Task<WorkflowEngine> OpenAsync(IProcessStore store, LogLines? log = null, ProcessDefinition? definition = null)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            options.Store = store;
            options.TakesUpWork = false;
            options.ResidentInstances = 0;
            options.LoggerFactory = log ?? options.LoggerFactory;
        });
        await engine.DeployAsync(definition ?? Deciding(version: 1));
        return engine;
    }

    private static async Task StartAsync(WorkflowEngine engine, int count)
    {
        for (var number = 0; number < count; number++)
        {
            await engine.As("dora").StartAsync("Expense");
        }
    }

    private static StoredProcess WithPart(StoredProcess stored, Func<PartKey, bool> which, Action<byte[]> damage) => stored with
    {
        Parts = [.. stored.Parts.Select(part => which(part.Key) ? part with { Content = Damaged(part.Content, damage) } : part)],
    };

    private static StoredProcess FromNewerVersion(StoredProcess stored)
    {
        var header = stored.Parts[0].Content.ToArray();
        header[0] = (byte)(PartFormat.Latest(PartKind.Header) + 1);
        var newer = stored.Parts[0] with { Content = Piece.Sealed(header.AsSpan()[..^PartFormat.ChecksumLength], _bad, PartKey.Header) };
        return stored with { Parts = [newer, .. stored.Parts.Skip(1)] };
    }

    private static byte[] Damaged(ReadOnlyMemory<byte> content, Action<byte[]> damage)
    {
        var bytes = content.ToArray();
        damage(bytes);
        return bytes;
    }

    /// <summary>Says that the absence of cy, who shares with everybody, cannot be read.</summary>
    private sealed class StoreWithoutAbsence : StoreAround
    {
        protected override IProcessStore Asked { get; } = new InMemoryProcessStore();

        public override ValueTask<IReadOnlyList<OutOfOffice>> FindAbsencesSharedWithAsync(string substitute, CancellationToken cancellation) =>
            ValueTask.FromResult<IReadOnlyList<OutOfOffice>>([new OutOfOffice { User = "cy", ForwardTo = [], Problem = "It cannot be read." }]);
    }

    /// <summary>Forgets what was deployed, so that an instance meets a definition whose fields it does not fit.</summary>
    private sealed class StoreWithoutPins(IProcessStore store) : StoreAround
    {
        protected override IProcessStore Asked => store;

        public override ValueTask<StoredDefinition> KeepDefinitionAsync(StoredDefinition definition, bool becomesDefault, CancellationToken cancellation) =>
            ValueTask.FromResult(definition);

        public override ValueTask<IReadOnlyList<StoredDefinition>> FindDefinitionsAsync(string name, CancellationToken cancellation) =>
            ValueTask.FromResult<IReadOnlyList<StoredDefinition>>([]);
    }

    private sealed class DamagedStore(Func<StoredProcess, StoredProcess> damage) : StoreAround
    {
        protected override IProcessStore Asked { get; } = new InMemoryProcessStore();

        public override async ValueTask<StoredProcess?> LoadAsync(ProcessInstanceId processInstance, CancellationToken cancellation) =>
            Changed(processInstance, await base.LoadAsync(processInstance, cancellation));

        public override async ValueTask<StoredProcess?> LoadAsync(
            ProcessInstanceId processInstance, int activityInstance, int destination, CancellationToken cancellation) =>
            Changed(processInstance, await base.LoadAsync(processInstance, activityInstance, destination, cancellation));

        public override async ValueTask<StoredProcess?> LoadTaskAsync(SerialNumber serial, CancellationToken cancellation) =>
            Changed(serial.ProcessInstance, await base.LoadTaskAsync(serial, cancellation));

        private StoredProcess? Changed(ProcessInstanceId id, StoredProcess? stored) => id == _bad && stored is not null ? damage(stored) : stored;
    }
}
