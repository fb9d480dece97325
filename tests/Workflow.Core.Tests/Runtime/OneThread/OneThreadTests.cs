using System.Globalization;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;

namespace Workflow.Core.Tests.Runtime.OneThread;

/// <summary>Engines that run on the thread of the test, step by step.</summary>
[TestFixture]
internal sealed class OneThreadTests
{
    private static readonly ProcessInstanceId _id = new(1);

    private readonly List<string> _notes = [];
    private ManualClock _clock = null!;
    private InMemoryProcessStore _store = null!;

    /// <summary>The context that the test runner has on its threads. Code would not go on in place there.</summary>
    private SynchronizationContext? _context;

    [SetUp]
    public void Begin()
    {
        _context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        Restart();
    }

    [TearDown]
    public void GiveBackContext() => SynchronizationContext.SetSynchronizationContext(_context);

    [Test]
    [Statement("14.3")]
    [Statement("14.4")]
    public void Two_engines_run_on_one_thread_through_a_call_a_timer_a_renewal_and_a_takeover()
    {
        RunTwoEngines();

        _notes.ShouldBe(
        [
            "08:00:00 one1 commits one1-1 and takes a lease",
            "08:00:00 one calls 1-1, attempt 1",
            "08:00:10 one1 renews",
            "08:00:20 one1 renews",
            "08:00:30 one1 renews",
            "08:01:00 two1 is given 1",
            "08:01:00 two1 commits two1-1 and takes a lease",
            "08:01:00 two calls 1-1, attempt 2",
            "08:01:06 two ends the call",
            "08:01:06 two1 commits two1-2",
            "08:01:06 one gives up the call",
            "08:01:06 one1 renews",
            "08:01:06 one1 commits one1-2",
            "08:01:06 two1 commits two1-3",
            "08:03:06 one1 is given 1",
            "08:03:06 one1 commits one1-3",
            "08:03:07 one1 commits one1-4",
            "08:03:07 one1 commits one1-5",
        ]);
    }

    [Test]
    [Statement("14.1")]
    public void The_same_steps_on_one_thread_always_do_the_same()
    {
        RunTwoEngines();
        List<string> first = [.. _notes];
        Restart();

        RunTwoEngines();

        _notes.ShouldBe(first);
    }

    /// <summary>The turn is given on inside of the code that ends it. The code that waited must not go on there.</summary>
    [Test]
    [Statement("14.3")]
    public void A_command_that_waits_for_its_turn_goes_on_from_the_queue_or_gives_up()
    {
        var one = Open("one");
        var starting = one.Dora.StartAsync("Claim").AsTask();
        one.Executor.Drain();
        var task = one.Executor.Get(one.Dora.Worklist.SingleAsync(_id));
        using var patience = new CancellationTokenSource();
        var impatient = task.ExecuteAsync("Approve", cancellation: patience.Token).AsTask();
        var patient = task.ExecuteAsync("Approve").AsTask();
        one.Executor.Drain();
        impatient.IsCompleted.ShouldBeFalse();

        patience.Cancel();
        Should.Throw<OperationCanceledException>(() => one.Executor.End(impatient));
        one.LetCodeGo();
        (starting.IsCompleted || patient.IsCompleted).ShouldBeFalse("both go on from the queue");
        one.Executor.Get(starting).Status.ShouldBe(ProcessInstanceStatus.Active);
        one.Executor.End(patient);

        one.Executor.Get(one.Dora.ReadAsync(_id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
        Close(one);
    }

    [Test]
    [Statement("14.5")]
    public void An_engine_that_is_stopped_cancels_its_code_on_the_same_thread()
    {
        var one = Open("one");
        var starting = one.Dora.StartAsync("Claim").AsTask();
        one.Executor.Drain();

        Close(one);

        starting.IsCompletedSuccessfully.ShouldBeTrue();
        _notes[^2..].ShouldBe(["08:00:00 one gives up the call", "08:00:00 one1 commits one1-2"]);
    }

    private void RunTwoEngines()
    {
        var (one, two) = (Open("one"), Open("two"));

        // The code of the first engine takes longer than a lease lasts.
        var starting = one.Dora.StartAsync("Claim").AsTask();
        Pass(TimeSpan.FromSeconds(35), one, two);
        starting.IsCompleted.ShouldBeFalse();

        // The host of the first engine stands still, and the second engine takes over.
        Pass(TimeSpan.FromSeconds(31), two);
        starting.IsCompleted.ShouldBeFalse();
        two.LetCodeGo();
        two.Executor.Drain();

        // The first engine gives up its code. Its commit is refused.
        Should.Throw<CommandPartlyStoredException>(() => one.Executor.Get(starting));

        // The task sleeps, and a timer wakes it.
        var task = two.Executor.Get(two.Dora.Worklist.SingleAsync(_id));
        two.Executor.End(task.SleepAsync(TimeSpan.FromMinutes(2)).AsTask());
        Pass(TimeSpan.FromSeconds(119), one, two);
        one.Executor.Get(one.Engine.FindTimersAsync()).Count.ShouldBe(1);

        // The first engine has an old copy in memory. Its commit is refused, and repeated after a pause on what is stored.
        Pass(TimeSpan.FromSeconds(2), one, two);
        one.Executor.Get(one.Engine.FindTimersAsync()).ShouldBeEmpty();

        one.Executor.End(one.Dora.Worklist.ExecuteAsync(task.Serial, "Approve").AsTask());
        two.Executor.Get(two.Dora.ReadAsync(_id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
        Close(one, two);
    }

    /// <summary>Moves the clock by a second at a time. The engines that are named do what is due; others stand still.</summary>
    private void Pass(TimeSpan time, params OneThreadEngine[] engines)
    {
        foreach (var engine in engines)
        {
            engine.Executor.Drain();
        }

        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(1))
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            foreach (var engine in engines)
            {
                engine.Executor.Drain();
            }
        }
    }

    private void Restart()
    {
        _notes.Clear();
        _clock = new ManualClock();
        _store = new InMemoryProcessStore(_clock);
    }

    private OneThreadEngine Open(string name) =>
        new(name, _store, _clock, note => _notes.Add($"{_clock.GetUtcNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture)} {note}"));

    /// <summary>Stops the engines. Nothing is left in a queue or on the clock, and everything has run here.</summary>
    private void Close(params OneThreadEngine[] engines)
    {
        foreach (var engine in engines)
        {
            engine.Engine.Dispose();
            engine.Executor.Waiting.ShouldBe(0);
            engine.Executor.Strays.ShouldBe(0);
            engine.Store.Threads.ShouldBe([Environment.CurrentManagedThreadId]);
            engine.CodeThreads.ShouldBe([Environment.CurrentManagedThreadId]);
        }

        // The watch over code of the host rings once for nothing.
        _clock.Advance(TimeSpan.FromSeconds(15));
        foreach (var engine in engines)
        {
            engine.Executor.Drain();
        }

        _clock.TimerCount.ShouldBe(0);
    }
}
