using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Runtime;

/// <summary>An answer loads its task, and no other destination, unless it needs more (statement 14.6).</summary>
[TestFixture]
internal sealed class PartOfAnInstanceTests
{
    private static readonly ProcessInstanceId _id = new(1);

    private static readonly Rule _twenty = Answers.AtLeast(20) == "Yes";

    private static IEnumerable<TestCaseData> Rules =>
    [
        new TestCaseData(_twenty).SetArgDisplayNames("at least"),
        new TestCaseData(Answers.AllSlots == "Yes").SetArgDisplayNames("all slots"),
        new TestCaseData(Answers.AtLeast(20) == "Yes" | Answers.AtLeast(20) == "No").SetArgDisplayNames("either"),
        new TestCaseData(Answers.CountOf(ActionResult.Field == "Yes") * 2 > Answers.Total).SetArgDisplayNames("a majority"),
        new TestCaseData(Answers.AllCompleted != "No" & Answers.AllSlots != "No").SetArgDisplayNames("all completed"),
    ];

    [TestCaseSource(nameof(Rules))]
    [CancelAfter(60_000)]
    [Statement("14.6")]
    public async Task An_answer_under_a_counting_rule_loads_three_parts(Rule rule)
    {
        var store = new LoadedParts(new InMemoryProcessStore());
        await using var engine = await StartedAsync(store, Decision(30, rule));
        await AnswerAsync(engine, 1);
        store.Clear();

        await AnswerAsync(engine, 2);
        await AnswerAsync(engine, 3);

        store.Whole.ShouldBe(0);
        store.Parts.ShouldBe([PartKey.Header, new PartKey(1, 0), new PartKey(1, 2), PartKey.Header, new PartKey(1, 0), new PartKey(1, 3)]);
    }

    [Test]
    [CancelAfter(60_000)]
    [Statement("14.6")]
    public async Task An_answer_that_opens_the_task_first_loads_three_parts_each_time()
    {
        var store = new LoadedParts(new InMemoryProcessStore());
        await using var engine = await StartedAsync(store, Decision(30, _twenty));
        await AnswerAsync(engine, 1);
        store.Clear();

        var item = await engine.As("user 2").Worklist.OpenAsync(new SerialNumber(_id, 2));
        await item.ExecuteAsync("Yes");

        (store.Whole, store.Tasks, store.Parts.Count).ShouldBe((0, 2, 6));
    }

    /// <summary>The first answer asks for a text that is not counted yet, and the last one ends the others.</summary>
    [Test]
    [CancelAfter(60_000)]
    [Statement("14.6")]
    public async Task An_answer_that_needs_the_others_loads_them()
    {
        var store = new LoadedParts(new InMemoryProcessStore());
        await using var engine = await StartedAsync(store, Decision(30, _twenty));
        var whole = new List<int>();

        for (var number = 1; number <= 20; number++)
        {
            store.Clear();
            await AnswerAsync(engine, number);
            whole.Add(store.Whole);
        }

        whole.ShouldBe([1, .. Enumerable.Repeat(0, 18), 1]);
        (await engine.AsSystem().ReadAsync(_id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [CancelAfter(60_000)]
    [Statement("14.6")]
    public async Task A_task_in_memory_serves_its_own_commands_and_no_others()
    {
        var store = new LoadedParts(new InMemoryProcessStore());
        await using (var first = await StartedAsync(store, Decision(30, _twenty)))
        {
            await AnswerAsync(first, 1);
        }

        await using var engine = await OpenAsync(store, Decision(30, _twenty), resident: 10);
        store.Clear();
        var item = await engine.As("user 2").Worklist.OpenAsync(new SerialNumber(_id, 2));
        await item.ExecuteAsync("Yes");
        (store.Whole, store.Tasks).ShouldBe((0, 1));

        await AnswerAsync(engine, 3);
        await AnswerAsync(engine, 4);

        (store.Whole, store.Tasks).ShouldBe((1, 1));
    }

    /// <summary>A call that an earlier engine left is not in the parts of the task, and the commit must not forget it.</summary>
    [Test]
    [CancelAfter(60_000)]
    [Statement("14.4")]
    public async Task A_task_of_an_instance_with_a_pending_call_is_loaded_with_the_whole_instance()
    {
        var store = new LoadedParts(new InMemoryProcessStore());
        var calls = 0;
        var definition = Decision(30, _twenty, process => process.StartsWith(process.Activity("Call", activity => activity.Server("Call", context =>
        {
            calls++;
            context.WaitUntilFinished();
        }))));
        await using var engine = await StartedAsync(store, definition);
        await AnswerAsync(engine, 1);
        var stored = (await store.LoadAsync(_id, CancellationToken.None)).ShouldNotBeNull();
        await store.CommitAsync(Commits.New(_id, stored.Version) with { Record = null, HasPendingCall = true }, CancellationToken.None);
        store.Clear();

        await AnswerAsync(engine, 2);

        (store.Whole, store.Tasks, calls).ShouldBe((1, 1, 1));
    }

    [Test]
    [CancelAfter(60_000)]
    [Statement("3.12")]
    public async Task Code_of_the_host_sees_the_whole_instance()
    {
        var seen = new List<int>();
        var definition = ProcessDefinition.Define("Decision", process =>
        {
            process.Rights(rights => rights.Everyone(ProcessRight.Admin));
            process.StartsWith(process.Activity("Decide", activity => activity
                .Destinations(to => to.Users([.. Users(30)]))
                .PlanPerDestination()
                .Client("Decide", task => task.Action("Yes"))
                .Server("Note", context => seen.Add(context.Destination.Activity.Destinations.Count))
                .SucceedingRule(_twenty)));
        });
        var store = new LoadedParts(new InMemoryProcessStore());
        await using var engine = await StartedAsync(store, definition);

        await AnswerAsync(engine, 1);
        await AnswerAsync(engine, 2);

        seen.ShouldBe([30, 30]);
    }

    [Test]
    [CancelAfter(60_000)]
    [Statement("14.3")]
    public async Task An_answer_that_another_engine_was_faster_than_is_carried_out_on_what_is_stored_then()
    {
        var shared = new InMemoryProcessStore();
        await using var first = await StartedAsync(shared, Decision(30, _twenty));
        await using var second = await OpenAsync(new Late(shared, () => AnswerAsync(first, 2)), Decision(30, _twenty), resident: 0);
        await AnswerAsync(first, 1);

        await AnswerAsync(second, 3);

        var activity = (await first.AsSystem().ReadAsync(_id)).Activities.ShouldHaveSingleItem();
        (activity.CompletedSlots, activity.ActiveDestinations).ShouldBe((3, 27));
    }

    [Test]
    [CancelAfter(60_000)]
    [Statement("14.7b")]
    public async Task A_task_with_a_damaged_part_is_told_as_it_is_with_the_whole_instance()
    {
        var store = new LoadedParts(new InMemoryProcessStore());
        await using var engine = await StartedAsync(store, Decision(30, _twenty));
        var stored = (await store.LoadAsync(_id, CancellationToken.None)).ShouldNotBeNull();
        await store.CommitAsync(
            Commits.New(_id, stored.Version, [new StoredPart(new PartKey(1, 2), new byte[] { 1, 2, 3, 4, 5, 6, 7 })]) with { Record = null },
            CancellationToken.None);

        await Should.ThrowAsync<StoredFormatException>(() => AnswerAsync(engine, 2));

        (await engine.AsSystem().FindProcessesAsync(new ProcessQuery { IsSetAside = true })).ShouldHaveSingleItem().Id.ShouldBe(_id);
    }

    private static IEnumerable<string> Users(int count) => Enumerable.Range(1, count).Select(number => $"user {number.Invariant()}");

    private static ProcessDefinition Decision(int users, Rule rule, Action<ProcessBuilder>? more = null) => ProcessDefinition.Define("Decision", process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Admin));
        process.StartsWith(process.Activity("Decide", activity => activity
            .Destinations(to => to.Users([.. Users(users)]))
            .PlanPerDestination()
            .Client("Decide", task => task.Action("Yes").Action("No"))
            .Outcome("Approved", when: rule)));
        more?.Invoke(process);
    });

    private static async Task<WorkflowEngine> OpenAsync(IProcessStore store, ProcessDefinition definition, int resident)
    {
        var engine = WorkflowEngine.Create(options =>
            (options.Store, options.ResidentInstances, options.TakesUpWork, options.Clock) =
            (store, resident, false, new ManualTimeProvider(WorkflowTestBed.Beginning)));
        await engine.DeployAsync(definition);
        return engine;
    }

    private static async Task<WorkflowEngine> StartedAsync(IProcessStore store, ProcessDefinition definition)
    {
        var engine = await OpenAsync(store, definition, resident: 0);
        await engine.As("dora").StartAsync("Decision");
        return engine;
    }

    private static Task AnswerAsync(WorkflowEngine engine, int number) =>
        engine.As($"user {number.Invariant()}").Worklist.ExecuteAsync(new SerialNumber(_id, number), "Yes").AsTask();

    /// <summary>Lets somebody else be faster once, between the load of a task and its commit.</summary>
    private sealed class Late(IProcessStore store, Func<Task> fasterAsync) : StoreAround
    {
        private bool _isDone;

        protected override IProcessStore Asked => store;

        public override async ValueTask<StoredProcess?> LoadTaskAsync(SerialNumber serial, CancellationToken cancellation)
        {
            var loaded = await base.LoadTaskAsync(serial, cancellation);
            if (!_isDone)
            {
                _isDone = true;
                await fasterAsync();
            }

            return loaded;
        }
    }
}
