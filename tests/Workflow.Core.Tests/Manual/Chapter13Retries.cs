using Workflow.Core.Client;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;
using static Workflow.Core.Tests.Support.Orders;

namespace Workflow.Core.Tests.Manual;

/// <summary>Code of server events is called again when it fails, as its policy says.</summary>
[TestFixture]
public sealed class Chapter13Retries
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private readonly List<string> _ran = [];

    private readonly List<(string Key, int Attempt)> _calls = [];

    private WorkflowTestBed? _bed;

    /// <summary>The calls of the code that throw, by their numbers.</summary>
    private Func<int, Exception?> _fails = _ => null;

    [SetUp]
    public void Clear()
    {
        _ran.Clear();
        _calls.Clear();
        _fails = _ => null;
    }

    [Test]
    [Statement("13.2")]
    [Description("X2-04")]
    public async Task A_call_that_fails_is_made_again_after_the_wait_and_the_instance_stays_active([Values] bool fromStore)
    {
        await using var bed = await CreateAsync(server => server.Retry(attempts: 3, wait: _minute));
        _fails = call => call < 3 ? new IOException("no answer") : null;
        var id = (await bed.StartAsync("dora")).Id;
        (await bed.ReadAsync(id)).Activities[0].Destinations[0].Event!.Status.ShouldBe(EventInstanceStatus.AwaitingRetry);
        for (var minute = 1; minute <= 2; minute++)
        {
            (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
            (await bed.AdvanceAsync(_minute - TimeSpan.FromSeconds(1))).ShouldBe(0);
            await RestartAsync(bed, fromStore);
            (await bed.AdvanceAsync(TimeSpan.FromSeconds(1))).ShouldBe(1);
        }

        _ran.ShouldBe(["Order 08:00:00", "Order 08:01:00", "Order 08:02:00", "Bill"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        var history = await bed.HistoryAsync(id);
        history.Count(fact => fact.Kind is JournalKind.EventFailed).ShouldBe(2);
        history.Where(fact => fact.Kind is JournalKind.RetryAwaited).Select(fact => fact.Detail).ShouldBe(
            ["2026-01-05 08:01:00Z", "2026-01-05 08:02:00Z"]);
        history.Count(fact => fact.Kind is JournalKind.EventCompleted && fact.Name == "Order").ShouldBe(1);
        history.ShouldNotContain(fact => fact.Kind == JournalKind.ProcessError);
    }

    [Test]
    [Statement("13.2")]
    [Statement("8.3")]
    [Description("X2-05")]
    public async Task An_exception_rule_is_asked_once_after_the_last_attempt([Values] bool fromStore)
    {
        var asked = new List<int>();
        await using var bed = await CreateAsync(server => server
            .Retry(attempts: 3, wait: _minute)
            .ExceptionRule(failure =>
            {
                asked.Add(failure.Attempts);
                return ExceptionDecision.Continue;
            }));
        _fails = _ => new IOException("no answer");
        var id = (await bed.StartAsync("dora")).Id;
        await RestartAsync(bed, fromStore);
        await bed.AdvanceAsync(_minute * 10);

        asked.ShouldBe([3]);
        _ran.ShouldBe(["Order 08:00:00", "Order 08:01:00", "Order 08:02:00", "Bill"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("13.2")]
    [Statement("8.2")]
    public async Task After_the_last_attempt_the_instance_is_in_error_and_a_retry_begins_the_policy_anew([Values] bool fromStore)
    {
        await using var bed = await CreateAsync(server => server.Retry(attempts: 2, wait: _minute));
        _fails = _ => new IOException("no answer");
        var id = (await bed.StartAsync("dora")).Id;
        await bed.AdvanceAsync(_minute);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);
        await RestartAsync(bed, fromStore);
        await bed.Admin().RetryAsync(id);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        await RestartAsync(bed, fromStore);
        _fails = _ => null;
        await bed.AdvanceAsync(_minute);

        _ran.ShouldBe(["Order 08:00:00", "Order 08:01:00", "Order 08:01:00", "Order 08:02:00", "Bill"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("13.2")]
    public async Task The_waits_grow_up_to_the_longest_one_and_the_jitter_is_added()
    {
        await using var bed = await CreateAsync(
            server => server.Retry(attempts: 5, wait: _minute, factor: 3, atMost: _minute * 5, jitter: 0.5),
            options => options.Random = new Drawn(0, 0.5, 1, 0));
        _fails = _ => new IOException("no answer");
        await bed.StartAsync("dora");
        await bed.AdvanceAsync(_minute * 60);

        // 1 minute; 3 and a quarter of it; 5 and a half of it; 5.
        _ran.ShouldBe(["Order 08:00:00", "Order 08:01:00", "Order 08:04:45", "Order 08:12:15", "Order 08:17:15"]);
    }

    [Test]
    [Statement("13.2")]
    public async Task Without_a_wait_the_code_is_called_again_at_once_and_nothing_is_armed()
    {
        await using var bed = await CreateAsync(server => server.Retry(attempts: 3, wait: TimeSpan.Zero));
        _fails = call => call < 3 ? new IOException("no answer") : null;
        var id = (await bed.StartAsync("dora")).Id;

        _ran.ShouldBe(["Order 08:00:00", "Order 08:00:00", "Order 08:00:00", "Bill"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("13.2")]
    public async Task Exceptions_that_the_filter_leaves_out_count_at_once()
    {
        await using var bed = await CreateAsync(
            server => server.Retry(
                attempts: 3, wait: _minute, when: failure => failure.Exception is IOException { Message: var text } && text == failure.Message));
        _fails = call => call == 1 ? new IOException("no answer") : new ArgumentException("no account");
        var id = (await bed.StartAsync("dora")).Id;
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        await bed.AdvanceAsync(_minute);

        var error = (await bed.ReadAsync(id)).Error!;
        (error.ExceptionType, error.Message).ShouldBe((nameof(ArgumentException), "no account"));
        _ran.Count.ShouldBe(2);
    }

    [Test]
    [Statement("13.2")]
    [Statement("8.3b")]
    public async Task A_filter_that_throws_is_told_after_the_exception_of_the_event()
    {
        await using var bed = await CreateAsync(
            server => server.Retry(attempts: 3, wait: _minute, when: _ => throw new NotSupportedException("no filter")));
        _fails = _ => new IOException("no answer");
        var id = (await bed.StartAsync("dora")).Id;

        var error = (await bed.ReadAsync(id)).Error!;
        error.ExceptionType.ShouldBe(nameof(IOException));
        error.Message.ShouldBe("no answer; then the filter of its retry policy threw: no filter");
        error.Details.ShouldStartWith("IOException: no answer");
        error.Details.ShouldEndWith("Then the filter of its retry policy threw NotSupportedException: no filter");
        _ran.Count.ShouldBe(1);
    }

    [Test]
    [Statement("13.2")]
    [Statement("8.6b")]
    public async Task A_stop_holds_the_next_attempt_and_its_time_counts_on([Values] bool fromStore)
    {
        await using var bed = await CreateAsync(server => server.Retry(attempts: 3, wait: _minute));
        _fails = call => call < 2 ? new IOException("no answer") : null;
        var id = (await bed.StartAsync("dora")).Id;
        await bed.Admin().StopAsync(id);
        await RestartAsync(bed, fromStore);
        await bed.AdvanceAsync(_minute * 5);
        _ran.Count.ShouldBe(1);
        await RestartAsync(bed, fromStore);
        await bed.Admin().ResumeAsync(id);
        await bed.AdvanceAsync(TimeSpan.FromTicks(1));

        _ran.ShouldBe(["Order 08:00:00", "Order 08:05:00", "Bill"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("13.2")]
    [Statement("8.6")]
    public async Task A_retry_by_an_administrator_during_the_wait_is_refused()
    {
        await using var bed = await CreateAsync(server => server.Retry(attempts: 3, wait: _minute));
        _fails = _ => new IOException("no answer");
        var id = (await bed.StartAsync("dora")).Id;

        await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().RetryAsync(id).AsTask());
        _ran.Count.ShouldBe(1);
    }

    [Test]
    [Statement("13.2")]
    [Statement("7.1")]
    public async Task A_finish_that_comes_during_the_wait_is_kept_until_the_code_waits_for_it([Values] bool fromStore)
    {
        await using var bed = await CreateAsync(server => server.Retry(attempts: 3, wait: _minute), context => context.WaitUntilFinished());
        _fails = call => call < 2 ? new IOException("no answer") : null;
        var id = (await bed.StartAsync("dora")).Id;
        await RestartAsync(bed, fromStore);
        (await bed.FinishAsync("bank", new SerialNumber(id, 1))).ShouldBe(FinishReceipt.Stored);
        await RestartAsync(bed, fromStore);
        await bed.AdvanceAsync(_minute);

        _ran.ShouldBe(["Order 08:00:00", "Order 08:01:00", "Bill"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("13.2")]
    [Statement("6.9")]
    public async Task An_event_that_ends_during_the_wait_is_not_called_again([Values] bool byEscalation, [Values] bool fromStore)
    {
        await using var bed = await CreateAsync(server =>
        {
            server.Retry(attempts: 3, wait: _minute * 10);
            if (byEscalation)
            {
                server.Escalation("Late", _minute, then => then.ExpireEvent());
            }
        });
        _fails = _ => new IOException("no answer");
        var id = (await bed.StartAsync("dora")).Id;
        await RestartAsync(bed, fromStore);
        await bed.AdvanceAsync(_minute);
        if (!byEscalation)
        {
            await bed.Admin().ExpireEventAsync(new SerialNumber(id, 1));
        }

        _ran.ShouldBe(["Order 08:00:00", "Bill"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.AdvanceAsync(_minute * 60)).ShouldBe(0);
    }

    [Test]
    [Statement("13.2")]
    [Statement("8.1")]
    public async Task An_error_of_another_branch_holds_the_next_attempt_until_it_is_mended([Values] bool fromStore)
    {
        await using var bed = _bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            process.StartsWith(process.Activity("Order", activity => activity.Server("Order", Call, define: server => server.Retry(3, _minute))));
            process.StartsWith(process.Activity("Ship", activity => activity
                .Destinations(to => to.Users("ann")).Client("Ship", task => task.Action("Done"))
                .Server("Send", _ => throw new InvalidOperationException("no truck"))));
        }));
        _fails = call => call < 2 ? new IOException("no answer") : null;
        var id = (await bed.StartAsync("dora")).Id;
        await bed.ActAsync("ann", "Done");
        await RestartAsync(bed, fromStore);
        await bed.AdvanceAsync(_minute * 5);
        _ran.Count.ShouldBe(1);
        await bed.Admin().SkipAsync(id);
        await bed.AdvanceAsync(TimeSpan.FromTicks(1));

        _ran.ShouldBe(["Order 08:00:00", "Order 08:05:00"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("13.2")]
    [Statement("14.4")]
    public async Task Each_attempt_has_the_same_idempotency_key_and_its_own_number()
    {
        await using var bed = await CreateAsync(server => server.Retry(attempts: 3, wait: _minute));
        _fails = _ => new IOException("no answer");
        await bed.StartAsync("dora");
        await bed.AdvanceAsync(_minute * 2);

        _calls.Select(call => call.Attempt).ShouldBe([1, 2, 3]);
        _calls.Select(call => call.Key).Distinct().ShouldHaveSingleItem();
    }

    [Test]
    [Statement("13.2")]
    public async Task A_call_that_takes_longer_than_its_own_limit_has_failed_and_is_made_again()
    {
        var calls = 0;
        var clock = new ManualClock();
        await using var engine = WorkflowEngine.Create(options => options.Clock = clock);
        await engine.DeployAsync(Define(process => process.StartsWith(process.Activity("Order", activity => activity.Server(
            "Order",
            (_, cancellation) => ++calls == 1 ? new ValueTask(Task.Delay(Timeout.InfiniteTimeSpan, cancellation)) : ValueTask.CompletedTask,
            define: server => server.Timeout(TimeSpan.FromSeconds(20)).Retry(attempts: 2, wait: TimeSpan.Zero, when: failure =>
                failure is { Exception: TimeoutException, ExceptionType: nameof(TimeoutException) }
                    && failure.Message.Contains("raise the Timeout of the event", StringComparison.Ordinal)))))));
        var starting = engine.As("dora").StartAsync("Order").AsTask();
        await clock.FirstTimer.WaitAsync(_minute);
        clock.Advance(TimeSpan.FromSeconds(20));

        (await starting.WaitAsync(_minute)).Status.ShouldBe(ProcessInstanceStatus.Completed);
        calls.ShouldBe(2);
    }

    [Test]
    [Statement("13.10")]
    [Statement("13.2")]
    public async Task The_next_attempt_is_among_the_timers()
    {
        await using var bed = await CreateAsync(server => server.Retry(attempts: 3, wait: _minute));
        _fails = _ => new IOException("no answer");
        var id = (await bed.StartAsync("dora")).Id;

        var timer = (await bed.Engine.As(Boss).FindTimersAsync(new TimerQuery { ProcessInstance = id })).ShouldHaveSingleItem();
        (timer.Kind, timer.Element, timer.DueAt).ShouldBe((ProcessTimerKind.Retry, "Order", WorkflowTestBed.Beginning + _minute));
        (await bed.ReadAsync(id)).Activities[0].Destinations[0].RetriesAt.ShouldBe(timer.DueAt);
    }

    [TestCase(1, 0.0, 1.0, null, 0.0, "1 attempts in all")]
    [TestCase(1001, 0.0, 1.0, null, 0.0, "1001 attempts in all")]
    [TestCase(2, -1.0, 1.0, null, 0.0, "waits -00:01:00")]
    [TestCase(2, 1e6, 1.0, null, 0.0, "waits")]
    [TestCase(2, 1.0, 0.5, null, 0.0, "factor 0.5")]
    [TestCase(2, 1.0, double.NaN, null, 0.0, "factor NaN")]
    [TestCase(2, 1.0, double.PositiveInfinity, null, 0.0, "factor Infinity")]
    [TestCase(2, 1.0, 1.0, 0.5, 0.0, "at most")]
    [TestCase(2, 1.0, 1.0, null, 1.5, "jitter of 1.5")]
    [TestCase(2, 1.0, 1.0, null, double.NaN, "jitter of NaN")]
    [Statement("13.2")]
    [Statement("13.4")]
    public void A_policy_with_senseless_numbers_is_refused(int attempts, double wait, double factor, double? most, double jitter, string message)
    {
        var refusal = Should.Throw<ProcessDefinitionException>(() => Define(process => process.StartsWith(process.Activity("Order", activity => activity
            .Server("Order", _ => { }, define: server => server.Retry(
                attempts, TimeSpan.FromMinutes(wait), factor, most is { } minutes ? TimeSpan.FromMinutes(minutes) : null, jitter))))));
        refusal.Message.ShouldContain(message);
        refusal.Message.ShouldContain("event 'Order' of activity 'Order'");
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(50 * 24 * 60)]
    [Statement("13.2")]
    public void A_limit_of_time_that_cannot_be_kept_is_refused(int minutes) =>
        Should.Throw<ProcessDefinitionException>(() => Define(process => process.StartsWith(process.Activity("Order", activity => activity
            .Server("Order", _ => { }, define: server => server.Timeout(TimeSpan.FromMinutes(minutes))))))).Message.ShouldContain("timeout");

    private static async Task RestartAsync(WorkflowTestBed bed, bool fromStore)
    {
        if (fromStore)
        {
            await bed.RestartAsync();
        }
    }

    private Task<WorkflowTestBed> CreateAsync(Action<ServerEventBuilder> define, Action<ServerEventContext>? more = null) =>
        CreateAsync(define, configure: null, more);

    private async Task<WorkflowTestBed> CreateAsync(
        Action<ServerEventBuilder> define, Action<WorkflowOptions>? configure, Action<ServerEventContext>? more = null) =>
        _bed = await WorkflowTestBed.CreateAsync(
            Define(process => process.StartsWith(process.Activity("Order", activity => activity
                .Server(
                    "Order",
                    context =>
                    {
                        Call(context);
                        more?.Invoke(context);
                    },
                    define: define)
                .Server("Bill", _ => _ran.Add("Bill"))))),
            configure);

    private void Call(ServerEventContext context)
    {
        _calls.Add((context.IdempotencyKey, context.Attempt));
        _ran.Add($"Order {_bed!.Clock.GetUtcNow():HH:mm:ss}");
        if (_fails(_ran.Count(entry => entry.StartsWith("Order", StringComparison.Ordinal))) is { } exception)
        {
            throw exception;
        }
    }

    /// <summary>Draws given numbers.</summary>
    private sealed class Drawn(params double[] numbers) : Random
    {
        private int _next;

        public override double NextDouble() => numbers[_next++];
    }
}
