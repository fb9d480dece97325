using Workflow.Core.Client;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;

namespace Workflow.Core.Tests.Runtime;

/// <summary>Code that throws, hangs or is stopped concerns its own instance and nobody else.</summary>
[TestFixture]
internal sealed class CodeTests
{
    private static readonly ProcessField<string> _written = new("Written");

    private static IEnumerable<TestCaseData> Exceptions =>
    [
        Thrown(new InvalidOperationException("broken")),
        Thrown(new OperationCanceledException("given up by itself")),
        Thrown(new TaskCanceledException("a request timed out")),
        Thrown(new AggregateException("several", new IOException("one"), new IOException("two"))),
        Thrown(new InsufficientMemoryException("too large")),
        Thrown(new ConcurrencyException(new ProcessInstanceId(1), 1, 2)),
        Thrown(new ArgumentException(new string('x', 100_000))),
        Thrown(new TalkativeException(() => null!)).SetArgDisplayNames("a message that is null"),
        Thrown(new TalkativeException(() => throw new NotSupportedException("No message today."))).SetArgDisplayNames("a message that throws"),
    ];

    [TestCaseSource(nameof(Exceptions))]
    [Statement("8.1")]
    public async Task Any_exception_of_code_is_the_error_of_its_instance(Exception exception) =>
        await ShouldFailAloneAsync(context => throw exception, exception.GetType().Name);

    [TestCaseSource(nameof(Exceptions))]
    [Statement("8.1")]
    public async Task Any_later_exception_of_code_is_the_error_of_its_instance(Exception exception) => await ShouldFailAloneAsync(
        async context =>
        {
            await Task.Yield();
            throw exception;
        },
        exception.GetType().Name);

    [TestCaseSource(nameof(Exceptions))]
    [Statement("8.1")]
    public async Task Any_exception_of_a_rule_is_the_error_of_its_instance(Exception exception)
    {
        var rules = ProcessDefinition.Define("Code", process =>
        {
            process.Fields(_written);
            process.StartsWith(process.Activity("Work", activity => activity.PrecedingRule(Rule.Named("broken", _ => throw exception))));
        });
        await using var engine = WorkflowEngine.Create();
        await engine.DeployAsync(rules);

        var started = await engine.AsSystem().StartAsync("Code");

        started.Status.ShouldBe(ProcessInstanceStatus.Error);
        (await engine.AsSystem().ReadAsync(started.Id)).Error.ShouldNotBeNull().ExceptionType.ShouldBe(exception.GetType().Name);
    }

    [Test]
    [Statement("8.1")]
    public async Task The_surroundings_of_the_code_may_throw_too()
    {
        await using var engine = WorkflowEngine.Create(options => options.CodeInterceptor = (_, _, _) => throw new IOException("around"));
        await engine.DeployAsync(Define(_ => ValueTask.CompletedTask));

        var started = await engine.AsSystem().StartAsync("Code");

        (await engine.AsSystem().ReadAsync(started.Id)).Error.ShouldNotBeNull().Message.ShouldBe("around");
    }

    [Test]
    [Statement("13.2")]
    public async Task Code_that_takes_too_long_is_an_error_that_says_so()
    {
        var clock = new ManualClock();
        await using var engine = WorkflowEngine.Create(options =>
        {
            options.Clock = clock;
            options.ServerEventTimeout = TimeSpan.FromSeconds(90);
        });
        await engine.DeployAsync(Define(_ => new ValueTask(new TaskCompletionSource().Task)));
        var starting = engine.AsSystem().StartAsync("Code").AsTask();
        await clock.FirstTimer.WaitAsync(TimeSpan.FromMinutes(1));
        clock.Advance(TimeSpan.FromSeconds(89));
        starting.IsCompleted.ShouldBeFalse();

        clock.Advance(TimeSpan.FromSeconds(1));

        var started = await starting.WaitAsync(TimeSpan.FromMinutes(1));
        started.Status.ShouldBe(ProcessInstanceStatus.Error);
        var error = (await engine.AsSystem().ReadAsync(started.Id)).Error.ShouldNotBeNull();
        error.ExceptionType.ShouldBe(nameof(TimeoutException));
        error.Message.ShouldContain("00:01:30");
        error.Message.ShouldContain(nameof(WorkflowOptions.ServerEventTimeout));
        clock.TimerCount.ShouldBe(0);
    }

    [Test]
    [Statement("13.2")]
    public async Task Code_that_returns_in_time_leaves_no_timer_behind_that_rings_twice()
    {
        var clock = new ManualClock();
        var door = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var engine = WorkflowEngine.Create(options => options.Clock = clock);
        await engine.DeployAsync(Define(_ => new ValueTask(door.Task)));
        var starting = engine.AsSystem().StartAsync("Code").AsTask();
        await clock.FirstTimer.WaitAsync(TimeSpan.FromMinutes(1));

        door.SetResult();

        (await starting).Status.ShouldBe(ProcessInstanceStatus.Completed);
        clock.Advance(TimeSpan.FromSeconds(15));
        clock.TimerCount.ShouldBe(0);
    }

    [Test]
    [Statement("14.4")]
    [Statement("13.2")]
    public async Task A_call_that_a_shutdown_cuts_short_does_not_count([Values] bool heedsIt, [Values] bool pure)
    {
        var store = new WatchedStore();
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = WorkflowEngine.Create(options => options.Store = store);
        await first.DeployAsync(Define(
            (_, cancellation) =>
            {
                called.SetResult();
                return new ValueTask(heedsIt ? Task.Delay(Timeout.Infinite, cancellation) : new TaskCompletionSource().Task);
            },
            pure));
        var starting = first.AsSystem().StartAsync("Code").AsTask();
        await called.Task.WaitAsync(TimeSpan.FromMinutes(1));

        await first.DisposeAsync();
        var started = await starting;
        var attempt = 0;
        await using var second = WorkflowEngine.Create(options =>
        {
            options.Store = store;
            options.TakesUpWork = false;
        });
        await second.DeployAsync(Define((context, _) =>
        {
            attempt = context.Attempt;
            return ValueTask.CompletedTask;
        },
        pure));
        (await second.AsSystem().ReadAsync(started.Id)).Activities[0].Destinations[0].Event.ShouldNotBeNull().Attempts.ShouldBe(0);
        (await second.RecoverAsync()).ShouldBe(1);

        started.Status.ShouldBe(ProcessInstanceStatus.Running);
        attempt.ShouldBe(1);
        (await second.AsSystem().ReadHistoryAsync(started.Id)).ShouldNotContain(entry => entry.Kind == JournalKind.EventRepeated);
        (await second.AsSystem().ReadAsync(started.Id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    /// <summary>The instance fails, another one is not touched, and the engine takes up what is pending without stumbling over the first.</summary>
    private static async Task ShouldFailAloneAsync(Func<ServerEventContext, ValueTask> code, string type)
    {
        await using var engine = WorkflowEngine.Create();
        await engine.DeployAsync(Define(context => context.Folio == "bad" ? code(context) : Write(context)));
        var good = await engine.AsSystem().StartAsync("Code", start => start.Folio("good"));

        var bad = await engine.AsSystem().StartAsync("Code", start => start.Folio("bad"));
        var later = await engine.AsSystem().StartAsync("Code", start => start.Folio("good"));
        await engine.RecoverAsync();

        bad.Status.ShouldBe(ProcessInstanceStatus.Error);
        (await engine.AsSystem().ReadAsync(bad.Id)).Error.ShouldNotBeNull().ExceptionType.ShouldBe(type);
        good.Status.ShouldBe(ProcessInstanceStatus.Completed);
        later.Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    private static ValueTask Write(ServerEventContext context)
    {
        context.Set(_written, "yes");
        return ValueTask.CompletedTask;
    }

    private static ProcessDefinition Define(Func<ServerEventContext, ValueTask> code) => Define((context, _) => code(context));

    private static ProcessDefinition Define(Func<ServerEventContext, CancellationToken, ValueTask> code, bool pure = false) =>
        ProcessDefinition.Define("Code", process =>
        {
            process.Fields(_written);
            process.StartsWith(process.Activity("Work", activity => _ = pure ? activity.PureServer("Run", code) : activity.Server("Run", code)));
        });

    private static TestCaseData Thrown(Exception exception) => new TestCaseData(exception).SetArgDisplayNames(exception.GetType().Name);

    private sealed class TalkativeException(Func<string> message) : Exception
    {
        public override string Message => message();
    }
}
