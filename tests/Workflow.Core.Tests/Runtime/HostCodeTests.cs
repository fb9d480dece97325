using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;
using System.Transactions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Workflow.Core.Client;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Runtime.Execution;

namespace Workflow.Core.Tests.Runtime;

/// <summary>Code of the host gets neither the context of a caller nor more than its time, and holds up nobody else.</summary>
[TestFixture]
internal sealed class HostCodeTests
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(90);

    private ManualClock _clock = null!;
    private ManualResetEventSlim _door = null!;

    [SetUp]
    public void Close()
    {
        _clock = new ManualClock();
        _door = new ManualResetEventSlim();
    }

    [TearDown]
    public void Open()
    {
        _door.Set();
        _door.Dispose();
    }

    [Test]
    [Statement("14.7b")]
    public async Task A_caller_who_blocks_their_own_thread_is_answered([Values] bool isPure)
    {
        await using var engine = await OpenAsync(Code(async (_, _) => await Task.Yield(), isPure));
        var caller = new SingleThread();

        var started = await caller.BlockAsync(() => engine.AsSystem().StartAsync("Code"));

        started.Status.ShouldBe(ProcessInstanceStatus.Completed);
        caller.Posted.ShouldBe(0);
    }

    /// <summary>A write of code would end with the transaction of the caller that happens to move the instance.</summary>
    [Test]
    [Statement("14.7b")]
    public async Task Code_and_the_resolver_see_no_ambient_transaction_of_the_caller()
    {
        var seen = new ConcurrentQueue<Transaction?>();
        var resolver = new AskedResolver(async (asked, _) =>
        {
            seen.Enqueue(Transaction.Current);
            await Task.Yield();
            seen.Enqueue(Transaction.Current);
            return AskedResolver.Answers(asked, _ => ["A"]);
        });
        await using var engine = await OpenAsync(
            ProcessDefinition.Define("Code", process =>
            {
                var run = process.Activity("Run", activity => activity.Server("Run", async (_, _) =>
                {
                    seen.Enqueue(Transaction.Current);
                    await Task.Yield();
                    seen.Enqueue(Transaction.Current);
                }));
                process.StartsWith(run);
                run.To(process.Activity("Ask", activity => activity.PlanPerDestination().Destinations(to => to.Role("R").ResolvedToUsers()).Waits()));
            }),
            options => options.DestinationResolver = resolver);

        using (var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            var own = Transaction.Current;
            await engine.AsSystem().StartAsync("Code");
            Transaction.Current.ShouldBe(own);

            // From here on even to ask for the transaction throws.
            scope.Complete();
            (await engine.AsSystem().StartAsync("Code")).Status.ShouldBe(ProcessInstanceStatus.Active);
        }

        seen.ShouldBe([null, null, null, null, null, null, null, null]);
    }

    [Test]
    [Statement("14.7b")]
    public async Task Code_rules_and_the_resolver_see_no_context_of_the_caller()
    {
        var seen = new ConcurrentQueue<string>();
        var resolver = new AskedResolver((asked, _) =>
        {
            Note("resolver");
            return ValueTask.FromResult(AskedResolver.Answers(asked, _ => ["A"]));
        });
        await using var engine = await OpenAsync(
            ProcessDefinition.Define("Code", process =>
            {
                var first = process.Activity("First", activity => activity
                    .PrecedingRule(Rule.Named("rule", _ => Note("rule")))
                    .Server("Run", _ => Note("code"))
                    .PureServer("Compute", _ => Note("pure code")));
                process.StartsWith(first);
                first.To(process.Activity("Ask", activity => activity.PlanPerDestination().Destinations(to => to.Role("R").ResolvedToUsers()).Waits()));
            }),
            options => options.DestinationResolver = resolver);

        await new SingleThread().BlockAsync(() => engine.AsSystem().StartAsync("Code"));
        var exclusive = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        await Task.Factory.StartNew(() => engine.AsSystem().StartAsync("Code").AsTask().Wait(), CancellationToken.None, TaskCreationOptions.None, exclusive);

        string[] each = ["rule", "code", "pure code", "resolver"];
        seen.ShouldBe([.. each, .. each]);

        bool Note(string what)
        {
            var isFree = SynchronizationContext.Current is null && TaskScheduler.Current == TaskScheduler.Default;
            seen.Enqueue(isFree ? what : $"{what} in a context");
            return true;
        }
    }

    [Test]
    [Statement("14.7b")]
    public async Task A_worklist_is_read_for_a_caller_who_blocks_while_the_resolver_takes_its_time()
    {
        var resolver = new ScriptedResolver(new StaticDestinations { { Destination.Role("R"), "A" } })
        {
            Memberships = async (_, _) =>
            {
                await Task.Yield();
                return [Destination.Role("R")];
            },
        };
        await using var engine = await OpenAsync(
            ProcessDefinition.Define("Code", process => process.OpenToAll().StartsWith(process.Activity(
                "Ask", activity => activity.Destinations(to => to.Role("R")).Client("Decide", task => task.Action("Approve"))))),
            options => options.DestinationResolver = resolver);
        await engine.AsSystem().StartAsync("Code");

        var items = await new SingleThread().BlockAsync(() => engine.As("A").Worklist.ListAsync());

        items.ShouldHaveSingleItem();
    }

    [Test]
    [Statement("13.2")]
    [Statement("14.7b")]
    public async Task Code_that_blocks_its_thread_has_failed_when_its_time_is_over()
    {
        await using var engine = await OpenAsync(Code(Block));
        var starting = engine.AsSystem().StartAsync("Code").AsTask();
        await _clock.FirstTimer.WaitAsync(TimeSpan.FromMinutes(1));

        await PassAsync(_limit, starting);

        var error = (await engine.AsSystem().ReadAsync((await starting).Id)).Error.ShouldNotBeNull();
        error.ExceptionType.ShouldBe(nameof(TimeoutException));
        _clock.TimerCount.ShouldBe(0);
    }

    [Test]
    [Statement("14.7b")]
    public async Task A_resolver_that_blocks_its_thread_has_failed_when_its_time_is_over()
    {
        var resolver = new AskedResolver((asked, _) =>
        {
            _door.Wait(CancellationToken.None);
            return ValueTask.FromResult(AskedResolver.Answers(asked, _ => ["A"]));
        });
        await using var engine = await OpenAsync(
            ProcessDefinition.Define("Code", process => process.StartsWith(process.Activity(
                "Ask", activity => activity.PlanPerDestination().Destinations(to => to.Role("R").ResolvedToUsers()).Waits()))),
            options => options.DestinationResolver = resolver);
        var starting = engine.AsSystem().StartAsync("Code").AsTask();
        await resolver.Reached;

        await PassAsync(_limit, starting);

        (await starting).Status.ShouldBe(ProcessInstanceStatus.Error);
    }

    /// <summary>The caller goes on where the code ran, and asks there for the next call.</summary>
    [Test]
    [Statement("14.7b")]
    public async Task A_caller_who_was_answered_may_block_the_thread_that_answers()
    {
        await using var engine = await OpenAsync(Code((_, _) => ValueTask.CompletedTask));

        var isAnswered = await Task.Run(async () =>
        {
            // The first calls may be answered before anybody waits for them.
            do
            {
                await engine.AsSystem().StartAsync("Code").ConfigureAwait(false);
            }
            while (Thread.CurrentThread.Name != "Workflow.Core code");

            return BlockOn(engine.AsSystem().StartAsync("Code"));
        }).WaitAsync(TimeSpan.FromMinutes(2));

        bool BlockOn(ValueTask<StartedProcess> starting) => starting.AsTask().Wait(TimeSpan.FromMinutes(1));

        isAnswered.ShouldBeTrue();
    }

    [Test]
    [Statement("14.7b")]
    public async Task Code_may_block_until_other_code_has_run()
    {
        WorkflowEngine engine = null!;
        var depth = 0;
        void Start()
        {
            if (Interlocked.Increment(ref depth) < 20)
            {
                engine.AsSystem().StartAsync("Code").AsTask().Wait();
            }
        }

        await using var own = engine = await OpenAsync(Code((_, _) =>
        {
            Start();
            return ValueTask.CompletedTask;
        }));

        var started = await engine.AsSystem().StartAsync("Code").AsTask().WaitAsync(TimeSpan.FromMinutes(1));

        started.Status.ShouldBe(ProcessInstanceStatus.Completed);
        depth.ShouldBe(20);
    }

    /// <summary>A resolver hands out a task that was awaited already: even to ask whether it has ended throws.</summary>
    [Test]
    [Statement("4.8")]
    [Statement("14.7b")]
    public async Task A_resolver_whose_answer_cannot_be_awaited_has_failed_and_ends_nothing_else()
    {
        var spent = new Spent();
        var resolver = new ScriptedResolver(new StaticDestinations { { Destination.Role("R"), "A" } })
        {
            Memberships = (_, _) => spent.Task,
        };
        await using var engine = await OpenAsync(
            ProcessDefinition.Define("Code", process => process.OpenToAll().StartsWith(process.Activity(
                "Ask", activity => activity.Destinations(to => to.Role("R")).Client("Decide", task => task.Action("Approve"))))),
            options => options.DestinationResolver = resolver);
        await engine.AsSystem().StartAsync("Code");
        var worklist = engine.As("A").Worklist;

        var exception = await Should.ThrowAsync<DestinationResolverException>(() => worklist.OpenAsync(SerialNumber.Parse("1_1")).AsTask());

        exception.Message.ShouldContain("spent");
        (await worklist.ListAsync()).ShouldBeEmpty();
    }

    [Test]
    [Statement("14.5")]
    [Statement("14.7b")]
    public async Task An_engine_stops_while_code_blocks_a_thread([Values] bool hearsIt)
    {
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var engine = await OpenAsync(Code((_, cancellation) =>
        {
            // The reaction of the code may block as well.
            using var told = hearsIt ? cancellation.Register(() => _door.Wait(CancellationToken.None)) : default;
            called.SetResult();
            _door.Wait(CancellationToken.None);
            return ValueTask.CompletedTask;
        }));
        var starting = engine.AsSystem().StartAsync("Code").AsTask();
        await called.Task.WaitAsync(TimeSpan.FromMinutes(1));

        await engine.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));

        (await starting.WaitAsync(TimeSpan.FromMinutes(1))).Status.ShouldBe(ProcessInstanceStatus.Running);
    }

    [Test]
    [Statement("14.7b")]
    public async Task A_later_exception_of_abandoned_code_is_logged_and_observed()
    {
        using var log = new WarningLines();
        await using var engine = await OpenAsync(
            Code((_, _) =>
            {
                _door.Wait(CancellationToken.None);
                throw new IOException("too late");
            }),
            options => options.LoggerFactory = log);
        var starting = engine.AsSystem().StartAsync("Code").AsTask();
        await _clock.FirstTimer.WaitAsync(TimeSpan.FromMinutes(1));
        await PassAsync(_limit, starting);

        _door.Set();
        var line = await log.First.WaitAsync(TimeSpan.FromMinutes(1));

        line.ShouldContain("'Run'");
        line.ShouldContain("too late");
    }

    [Test]
    [Statement("14.7b")]
    public async Task Code_of_which_too_many_calls_hang_is_not_called_until_they_have_ended()
    {
        var hanging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = 0;
        await using var engine = await OpenAsync(Code((_, _) =>
        {
            Interlocked.Increment(ref calls);
            return new ValueTask(hanging.Task);
        }));
        await engine.DeployAsync(Code((_, _) => ValueTask.CompletedTask, name: "Other"));
        var starting = Enumerable.Range(0, AbandonedCalls.Most).Select(_ => engine.AsSystem().StartAsync("Code").AsTask()).ToList();
        await SpinUntilAsync(() => Volatile.Read(ref calls) == AbandonedCalls.Most);
        await PassAsync(_limit, Task.WhenAll(starting));

        var refused = await engine.AsSystem().StartAsync("Code");
        var other = await engine.AsSystem().StartAsync("Other");

        calls.ShouldBe(AbandonedCalls.Most);
        other.Status.ShouldBe(ProcessInstanceStatus.Completed);
        var error = (await engine.AsSystem().ReadAsync(refused.Id)).Error.ShouldNotBeNull();
        error.Element.ShouldContain("Run");
        error.Message.ShouldContain("64");
        hanging.SetResult();
        await SpinUntilAsync(async () => (await engine.AsSystem().StartAsync("Code")).Status is ProcessInstanceStatus.Completed);
    }

    /// <summary>Nobody may wait for a call that a stopping engine has not made yet.</summary>
    [Test]
    [Statement("14.7b")]
    public async Task Code_that_was_given_up_before_a_thread_was_there_is_not_called()
    {
        using var given = new CancellationTokenSource();
        var isCalled = false;
        var code = new Scripted(
            () =>
            {
                isCalled = true;
                return Task.CompletedTask;
            },
            () => given.Cancel());

        var answer = await new HostCode(new ThreadExecutor(_clock), new AbandonedCalls(NullLogger.Instance)).CallAsync(code, _limit, given.Token);

        answer.End.ShouldBe(HostEnd.Interrupted);
        isCalled.ShouldBeFalse();
        await SpinUntilAsync(() => _clock.TimerCount == 0);
    }

    /// <summary>That a caller has lost patience says nothing of the code.</summary>
    [Test]
    [Statement("14.7b")]
    public async Task Calls_that_only_their_callers_gave_up_count_as_hanging_once_their_time_is_over()
    {
        const int Calls = AbandonedCalls.Most + 1;
        using var given = new CancellationTokenSource();
        var hanging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var host = new HostCode(new ThreadExecutor(_clock), new AbandonedCalls(NullLogger.Instance));
        var begun = 0;
        var element = new object();
        Scripted Code() => new(
            () =>
            {
                Interlocked.Increment(ref begun);
                return hanging.Task;
            },
            element: element);
        var calls = Enumerable.Range(0, Calls).Select(_ => host.CallAsync(Code(), _limit, given.Token).AsTask()).ToList();
        await SpinUntilAsync(() => Volatile.Read(ref begun) == Calls);

        await given.CancelAsync();

        (await Task.WhenAll(calls)).ShouldAllBe(answer => answer.End == HostEnd.Interrupted);
        host.RefusedFor(element).ShouldBe(0);
        _clock.Advance(_limit);
        await SpinUntilAsync(() => host.RefusedFor(element) == Calls);
        hanging.SetResult();
        await SpinUntilAsync(() => host.RefusedFor(element) == 0);
        _clock.TimerCount.ShouldBe(0);
    }

    [Test]
    [Statement("14.7b")]
    public async Task Pure_code_that_awaits_is_told_that_its_time_is_over()
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var engine = await OpenAsync(Code(
            async (_, cancellation) =>
            {
                cancellation.Register(told.SetResult);
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            },
            isPure: true));
        var starting = engine.AsSystem().StartAsync("Code").AsTask();
        await _clock.FirstTimer.WaitAsync(TimeSpan.FromMinutes(1));

        await PassAsync(_limit, starting);

        await told.Task.WaitAsync(TimeSpan.FromMinutes(1));
        (await engine.AsSystem().ReadAsync((await starting).Id)).Error.ShouldNotBeNull().ExceptionType.ShouldBe(nameof(TimeoutException));
    }

    [Test]
    [Statement("14.5")]
    [Statement("14.7b")]
    public async Task An_engine_stops_while_what_pure_code_does_when_it_is_told_blocks()
    {
        var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var engine = await OpenAsync(Code(
            async (_, cancellation) =>
            {
                cancellation.Register(() => _door.Wait(CancellationToken.None));
                await never.Task;
            },
            isPure: true));
        var starting = engine.AsSystem().StartAsync("Code").AsTask();
        await _clock.FirstTimer.WaitAsync(TimeSpan.FromMinutes(1));

        await Task.Run(async () => await engine.DisposeAsync()).WaitAsync(TimeSpan.FromMinutes(1));

        (await starting.WaitAsync(TimeSpan.FromMinutes(1))).Status.ShouldBe(ProcessInstanceStatus.Running);
    }

    /// <summary>The roles of many instances are due to be followed, the resolver hangs, and each of the instances holds its turn.</summary>
    [Test]
    [Statement("14.7b")]
    public async Task Calls_that_hang_stop_no_timer([Values] bool isBlocking)
    {
        const int Hanging = 40;
        var hangs = false;
        var asked = 0;
        var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var resolver = new AskedResolver(async (roles, cancellation) =>
        {
            if (Volatile.Read(ref hangs))
            {
                Interlocked.Increment(ref asked);
                if (isBlocking)
                {
                    _door.Wait(CancellationToken.None);
                }

                await never.Task.WaitAsync(cancellation);
            }

            return AskedResolver.Answers(roles, _ => ["A"]);
        });
        await using var engine = await OpenAsync(
            ProcessDefinition.Define("Code", process => process.OpenToAll().StartsWith(process.Activity("Ask", activity => activity
                .PlanPerDestination().Destinations(to => to.Role("R").ResolvedToUsers(keepSynchronized: true))
                .Client("Decide", task => task.Action("Approve"))))),
            options =>
            {
                options.DestinationResolver = resolver;
                options.ResolverTimeout = Timeout.InfiniteTimeSpan;
                options.TakesUpWork = true;
            });
        await engine.DeployAsync(ProcessDefinition.Define("Sleeping", process => process.OpenToAll().StartsWith(process.Activity(
            "Ask", activity => activity.Destinations(to => to.Users("A")).Client("Decide", task => task.Action("Approve"))))));
        for (var count = 0; count < Hanging; count++)
        {
            await engine.AsSystem().StartAsync("Code");
        }

        var sleeper = await engine.AsSystem().StartAsync("Sleeping");
        var serial = new SerialNumber(sleeper.Id, 1);
        await (await engine.As("A").Worklist.OpenAsync(serial)).SleepAsync(TimeSpan.FromMinutes(11));
        Volatile.Write(ref hangs, true);
        _clock.Advance(TimeSpan.FromMinutes(10));
        await PassUntilAsync(() => Task.FromResult(Volatile.Read(ref asked) >= WorkShares.Most));

        _clock.Advance(TimeSpan.FromMinutes(1));

        await PassUntilAsync(async () => (await engine.FindTimersAsync(new() { ProcessInstance = sleeper.Id })).Count == 0);
        Volatile.Write(ref hangs, false);
        never.SetResult();
        _door.Set();

        // The calls that were left are made when there is room.
        await PassUntilAsync(async () => (await engine.FindTimersAsync(new() { DueUntil = _clock.GetUtcNow() })).Count == 0);
    }

    /// <summary>Lets time pass in small steps. Otherwise, code that looks at the clock just before it moves would wait forever.</summary>
    private Task PassUntilAsync(Func<Task<bool>> condition) => SpinUntilAsync(() =>
    {
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        return condition();
    });

    private ValueTask Block(ServerEventContext context, CancellationToken cancellation)
    {
        _door.Wait(CancellationToken.None);
        return ValueTask.CompletedTask;
    }

    /// <summary>Lets time pass, in steps that the timers of the engine can follow, until something has ended.</summary>
    private async Task PassAsync(TimeSpan time, Task ended)
    {
        _clock.Advance(time);
        await ended.WaitAsync(TimeSpan.FromMinutes(1));
    }

    private static Task SpinUntilAsync(Func<bool> condition) => SpinUntilAsync(() => Task.FromResult(condition()));

    private static async Task SpinUntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task<WorkflowEngine> OpenAsync(ProcessDefinition definition, Action<WorkflowOptions>? configure = null)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            options.Clock = _clock;
            options.TakesUpWork = false;
            options.ServerEventTimeout = _limit;
            options.ResolverTimeout = _limit;
            configure?.Invoke(options);
        });
        await engine.DeployAsync(definition);
        return engine;
    }

    private static ProcessDefinition Code(Func<ServerEventContext, CancellationToken, ValueTask> code, bool isPure = false, string name = "Code") =>
        ProcessDefinition.Define(name, process => process.StartsWith(
            process.Activity("Work", activity => _ = isPure ? activity.PureServer("Run", code) : activity.Server("Run", code))));

    /// <summary>A call of code; something may happen when it is looked up.</summary>
    private sealed class Scripted(Func<Task> code, Action? lookedUp = null, object? element = null) : HostCall<bool>
    {
        private readonly object _element = element ?? new object();

        public override object Element
        {
            get
            {
                lookedUp?.Invoke();
                return _element;
            }
        }

        public override string Name => "code";

        protected override async ValueTask<bool> BeginAsync(CancellationToken cancellation)
        {
            await code();
            return true;
        }
    }

    /// <summary>A task that throws whatever it is asked.</summary>
    private sealed class Spent : IValueTaskSource<IReadOnlyList<Destination>>
    {
        public ValueTask<IReadOnlyList<Destination>> Task => new(this, 0);

        public IReadOnlyList<Destination> GetResult(short token) => throw new InvalidOperationException("spent");

        public ValueTaskSourceStatus GetStatus(short token) => throw new InvalidOperationException("spent");

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            throw new InvalidOperationException("spent");
    }

    /// <summary>Keeps the first warning with the message of its exception.</summary>
    private sealed class WarningLines : ILoggerFactory, ILogger
    {
        private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> First => _first.Task;

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel is LogLevel.Warning)
            {
                _first.TrySetResult($"{formatter(state, exception)} {exception?.Message}");
            }
        }

        public void Dispose()
        {
        }
    }
}
