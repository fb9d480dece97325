using Workflow.Core.Client;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Tests.Runtime;

/// <summary>An engine stops while code of an escalation runs, and an answer waits behind it.</summary>
[TestFixture]
internal sealed class EscalationStopTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    /// <summary>The firing is stored, so it comes before the answer. The engine that stops cannot do it any more, and so takes no answer either.</summary>
    [Test]
    [Statement("6.6b")]
    [Statement("14.5")]
    public async Task An_answer_that_waits_behind_a_firing_is_refused_when_the_engine_stops_and_its_code_is_not_lost([Values] bool heedsIt)
    {
        var store = new WatchedStore();
        var clock = new ManualClock();
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = await OpenAsync(store, clock, (_, cancellation) =>
        {
            called.TrySetResult();
            return new ValueTask(heedsIt ? Task.Delay(Timeout.Infinite, cancellation) : new TaskCompletionSource().Task);
        });
        var id = (await first.As("ann").StartAsync("Chase")).Id;
        var task = await first.As("ann").Worklist.OpenAsync(new SerialNumber(id, 1));
        clock.Advance(TimeSpan.FromHours(1));
        var firing = first.RunDueTimersAsync().AsTask();
        await called.Task.WaitAsync(_patience);
        var answering = task.ExecuteAsync("Approve").AsTask();

        await first.DisposeAsync().AsTask().WaitAsync(_patience);

        await Should.ThrowAsync<ObjectDisposedException>(() => answering.WaitAsync(_patience));
        await firing.WaitAsync(_patience);
        var reminded = 0;
        await using var second = await OpenAsync(store, clock, (_, _) =>
        {
            reminded++;
            return ValueTask.CompletedTask;
        });
        await (await second.As("ann").Worklist.OpenAsync(new SerialNumber(id, 1))).ExecuteAsync("Approve");
        reminded.ShouldBe(1);
        (await second.AsSystem().ReadAsync(id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
        (await second.AsSystem().ReadHistoryAsync(id)).ShouldNotContain(entry => entry.Kind == JournalKind.EscalationDropped);
    }

    private static async Task<WorkflowEngine> OpenAsync(
        WatchedStore store, TimeProvider clock, Func<EscalationContext, CancellationToken, ValueTask> code)
    {
        var engine = WorkflowEngine.Create(options => (options.Store, options.Clock, options.TakesUpWork) = (store, clock, false));
        await engine.DeployAsync(ProcessDefinition.Define("Chase", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Ask", activity => activity
                .Destinations(to => to.Users("ann"))
                .Client("Ask", task => task.Action("Approve").Escalation("Remind", after: TimeSpan.FromHours(1), then => then.Run("Remind", code)))
                .OutcomesFromActions()));
        }));
        return engine;
    }
}
