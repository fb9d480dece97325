using Workflow.Core.Client;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;

namespace Workflow.Core.Tests.Runtime;

/// <summary>Code of one instance acts on another, whose code acts on a third. Code that would wait for itself in the end gets an error at once.</summary>
[TestFixture]
internal sealed class CycleTests
{
    private readonly List<Func<ServerEventContext, ValueTask>> _codes = [];
    private WorkflowEngine _engine = null!;

    [SetUp]
    public void Forget() => _codes.Clear();

    [Test]
    [Statement("14.7b")]
    [Statement("14.3")]
    public async Task Code_that_closes_a_cycle_is_refused_and_the_others_go_on([Values(2, 3, 5)] int length, [Values] bool inTaskOfItsOwn)
    {
        var reached = Enumerable.Range(0, length).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).ToList();
        var all = Task.WhenAll(reached.Select(one => one.Task));
        var refusals = new List<WorkflowReentrancyException>();
        for (var number = 0; number < length; number++)
        {
            var (own, next) = (number, new SerialNumber(new ProcessInstanceId(((number + 1) % length) + 1), 1));
            _codes.Add(async _ =>
            {
                reached[own].SetResult();
                await all;
                try
                {
                    await (inTaskOfItsOwn ? Task.Run(async () => await ActAsync(next)) : ActAsync(next).AsTask());
                }
                catch (WorkflowReentrancyException refusal)
                {
                    lock (refusals)
                    {
                        refusals.Add(refusal);
                    }
                }
            });
        }

        await using var engine = await OpenAsync();
        var starting = Enumerable.Range(0, length).Select(_ => engine.AsSystem().StartAsync("Acting").AsTask()).ToList();

        var started = await Task.WhenAll(starting).WaitAsync(TimeSpan.FromMinutes(1));

        started.ShouldAllBe(one => one.Status == ProcessInstanceStatus.Active);
        var refused = refusals.ShouldHaveSingleItem();
        for (var number = 1; number <= length; number++)
        {
            refused.Message.ShouldContain($"{number}");
        }

        started.Select(one => one.Id).ShouldContain(refused.ProcessInstance);
    }

    [Test]
    [Statement("14.7b")]
    public async Task A_chain_without_a_cycle_is_no_cycle()
    {
        var gate = new Gate();
        _codes.Add(async _ => await ActLaterAsync(2));
        _codes.Add(async _ => await ActLaterAsync(3));
        _codes.Add(async context => await gate.PassAsync(context.Serial));
        await using var engine = await OpenAsync();
        var starting = new List<Task<StartedProcess>>();
        for (var number = 0; number < 3; number++)
        {
            starting.Add(engine.AsSystem().StartAsync("Acting").AsTask());
        }

        await gate.Reached;
        gate.Open();

        (await Task.WhenAll(starting).WaitAsync(TimeSpan.FromMinutes(1))).ShouldAllBe(one => one.Status == ProcessInstanceStatus.Active);

        async Task ActLaterAsync(int number)
        {
            await gate.Reached;
            await ActAsync(new SerialNumber(new ProcessInstanceId(number), 1));
        }
    }

    /// <summary>The first code has returned without waiting for what it asked for, so nothing waits for it any more.</summary>
    [Test]
    [Statement("14.7b")]
    public async Task Work_that_code_has_left_running_closes_no_cycle()
    {
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task left = Task.CompletedTask;
        _codes.Add(async _ =>
        {
            begun.SetResult();
            await second.Task;
            left = ActAsync(new SerialNumber(new ProcessInstanceId(2), 1)).AsTask();
            asked.SetResult();
        });
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _codes.Add(async _ =>
        {
            second.SetResult();
            await first.Task;
            await ActAsync(new SerialNumber(new ProcessInstanceId(1), 1));
        });
        await using var engine = await OpenAsync();
        var one = engine.AsSystem().StartAsync("Acting").AsTask();
        await begun.Task.WaitAsync(TimeSpan.FromMinutes(1));
        var two = engine.AsSystem().StartAsync("Acting").AsTask();
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(1));
        (await one.WaitAsync(TimeSpan.FromMinutes(1))).Id.ShouldBe(new ProcessInstanceId(1));

        first.SetResult();

        (await two.WaitAsync(TimeSpan.FromMinutes(1))).Status.ShouldBe(ProcessInstanceStatus.Active);
        await left.WaitAsync(TimeSpan.FromMinutes(1));
    }

    /// <summary>Two engines do not know of each other's code. The time that code may take ends it.</summary>
    [Test]
    [Statement("14.7b")]
    [Statement("13.2")]
    public async Task Across_engines_the_error_names_both_instances()
    {
        var clock = new ManualClock();
        var store = new InMemoryProcessStore(clock);
        await using var one = Create(new SharedStore(store), clock);
        await using var other = Create(new SharedStore(store), clock);
        var (inOne, inOther) = (
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously),
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await one.DeployAsync(Acting(async _ =>
        {
            inOne.TrySetResult();
            await inOther.Task;
            await one.AsSystem().FinishAsync(new SerialNumber(new ProcessInstanceId(2), 1));
        }));
        await other.DeployAsync(Acting(async _ =>
        {
            inOther.TrySetResult();
            await inOne.Task;
            await other.AsSystem().FinishAsync(new SerialNumber(new ProcessInstanceId(1), 1));
        }));
        var first = one.AsSystem().StartAsync("Acting").AsTask();
        await inOne.Task;
        var second = other.AsSystem().StartAsync("Acting").AsTask();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!first.IsCompleted && !second.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            clock.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Run(static () => { });
            await Task.Factory.StartNew(static () => { }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        var failed = await Task.WhenAny(first, second);
        var id = (await failed).Id;
        var message = (await one.AsSystem().ReadAsync(id)).Error.ShouldNotBeNull().Message;
        message.ShouldContain("process instance 1");
        message.ShouldContain("process instance 2");
        inOne.TrySetResult();
    }

    private async ValueTask ActAsync(SerialNumber serial) => await _engine.AsSystem().FinishAsync(serial);

    private static WorkflowEngine Create(IProcessStore store, ManualClock clock) => WorkflowEngine.Create(options =>
    {
        options.Store = store;
        options.Clock = clock;
        options.TakesUpWork = false;
        options.ServerEventTimeout = TimeSpan.FromSeconds(20);
    });

    private async Task<WorkflowEngine> OpenAsync()
    {
        _engine = WorkflowEngine.Create(options => options.TakesUpWork = false);
        await _engine.DeployAsync(Acting(context => _codes[(int)context.ProcessInstance.Value - 1](context)));
        return _engine;
    }

    /// <code>
    /// ►──┬──► Wait (waits) ──►
    ///    └──► Act: its code acts on others ──► Rest (waits) ──►
    /// </code>
    private static ProcessDefinition Acting(Func<ServerEventContext, ValueTask> code) => ProcessDefinition.Define("Acting", process =>
    {
        process.OpenToAll();
        process.StartsWith(process.Activity("Wait", activity => activity.Waits()));
        var act = process.Activity("Act", activity => activity.Server("Act", (context, _) => code(context)));
        process.StartsWith(act);
        act.To(process.Activity("Rest", activity => activity.Waits()));
    });
}
