using Workflow.Core.Runtime;
using Workflow.Core.Runtime.Execution;

namespace Workflow.Core.Tests.Runtime;

[TestFixture]
internal sealed class AsyncGateTests
{
    private static readonly ThreadExecutor _executor = new(TimeProvider.System);

    private AsyncGate _gate = null!;

    [SetUp]
    public void Build() => _gate = new AsyncGate(new object());

    [Test]
    [Statement("14.3")]
    public void Nobody_waits_at_an_open_gate_and_nobody_enters_a_held_one()
    {
        _gate.EnterAsync(_executor, default).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
        _gate.TryEnter().ShouldBeFalse();
        var waiting = _gate.EnterAsync(_executor, default).AsTask();
        waiting.IsCompleted.ShouldBeFalse();

        _gate.Exit();
        waiting.IsCompletedSuccessfully.ShouldBeTrue();
        _gate.TryEnter().ShouldBeFalse();

        _gate.Exit();
        _gate.TryEnter().ShouldBeTrue();
    }

    [Test]
    [Statement("14.3")]
    public void First_come_first_served()
    {
        using var patience = new CancellationTokenSource();
        _gate.TryEnter();
        var waiting = Enumerable.Range(0, 20).Select(number => _gate.EnterAsync(_executor, number % 2 == 0 ? default : patience.Token).AsTask()).ToList();

        for (var served = 0; served < waiting.Count; served++)
        {
            _gate.Exit();
            (waiting[served].Wait(TimeSpan.FromSeconds(30)) && waiting.Skip(served + 1).All(task => !task.IsCompleted)).ShouldBeTrue($"{served}");
        }
    }

    [Test]
    public async Task A_caller_who_gives_up_is_skipped()
    {
        using var patience = new CancellationTokenSource();
        _gate.TryEnter();
        var first = _gate.EnterAsync(_executor, patience.Token).AsTask();
        var second = _gate.EnterAsync(_executor, patience.Token).AsTask();
        var third = _gate.EnterAsync(_executor, default).AsTask();

        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        await Should.ThrowAsync<OperationCanceledException>(() => second);
        third.IsCompleted.ShouldBeFalse();

        _gate.Exit();
        await third;
        _gate.Exit();
        _gate.TryEnter().ShouldBeTrue();
    }

    [Test]
    public async Task The_gate_is_free_when_all_who_waited_have_given_up()
    {
        using var patience = new CancellationTokenSource();
        _gate.TryEnter();
        var waiting = Enumerable.Range(0, 10).Select(_ => _gate.EnterAsync(_executor, patience.Token).AsTask()).ToList();
        await patience.CancelAsync();

        _gate.Exit();

        _gate.TryEnter().ShouldBeTrue();
        foreach (var task in waiting)
        {
            await Should.ThrowAsync<OperationCanceledException>(() => task);
        }
    }

    [Test]
    public async Task A_caller_who_gives_up_after_they_were_let_in_is_inside()
    {
        using var patience = new CancellationTokenSource();
        _gate.TryEnter();
        var waiting = _gate.EnterAsync(_executor, patience.Token).AsTask();
        _gate.Exit();
        await patience.CancelAsync();

        await waiting;

        _gate.TryEnter().ShouldBeFalse();
    }

    [Test]
    public void A_caller_who_has_given_up_before_does_not_enter_an_open_gate()
    {
        Should.Throw<OperationCanceledException>(() => _gate.EnterAsync(_executor, new CancellationToken(canceled: true)).AsTask());

        _gate.TryEnter().ShouldBeTrue();
    }

    [Test]
    public void Leaving_a_gate_that_nobody_holds_is_a_defect() => Should.Throw<WorkflowInvariantException>(() => _gate.Exit());

    [Test]
    public void Two_gates_that_share_a_lock_are_two_gates()
    {
        var shared = new object();
        var (turn, state) = (new AsyncGate(shared), new AsyncGate(shared));

        turn.TryEnter().ShouldBeTrue();
        state.TryEnter().ShouldBeTrue();
        turn.Exit();

        turn.TryEnter().ShouldBeTrue();
        state.TryEnter().ShouldBeFalse();
    }

    /// <summary>Many flows, some of which give up. The flow inside is alone, and each flow comes in or has given up.</summary>
    [Test]
    [Statement("14.3")]
    public async Task Thousands_enter_one_at_a_time_and_none_is_forgotten()
    {
        var inside = 0;
        var entered = 0;
        var gaveUp = 0;
        var most = 0;

        await Task.WhenAll(Enumerable.Range(0, 16).Select(flow => Task.Run(async () =>
        {
            for (var count = 0; count < 500; count++)
            {
                using var patience = new CancellationTokenSource();
                var entering = _gate.EnterAsync(_executor, patience.Token).AsTask();
                if ((flow + count) % 3 == 0)
                {
                    await patience.CancelAsync();
                }

                try
                {
                    await entering;
                }
                catch (OperationCanceledException)
                {
                    Interlocked.Increment(ref gaveUp);
                    continue;
                }

                most = Math.Max(most, Interlocked.Increment(ref inside));
                if (count % 5 == 0)
                {
                    await Task.Yield();
                }

                entered++;
                Interlocked.Decrement(ref inside);
                _gate.Exit();
            }
        }))).WaitAsync(TimeSpan.FromMinutes(1));

        (entered + gaveUp).ShouldBe(16 * 500);
        most.ShouldBe(1);
        _gate.TryEnter().ShouldBeTrue();
    }
}
