using Workflow.Core.Definitions;
using Workflow.Core.Client;
using Workflow.Core.Instances;

namespace Workflow.Core.Tests.Runtime;

/// <summary>The host dies at any instant: a new engine begins on what the store had after each commit.</summary>
[TestFixture]
internal sealed class CrashTests
{
    private static readonly ProcessInstanceId _id = new(1);

    [Test]
    [Statement("14.4")]
    [Statement("14.5")]
    public async Task After_a_crash_behind_any_commit_the_end_is_the_same_and_no_completed_event_runs_again([Values(0, 1000)] int resident)
    {
        await using var whole = await Journey.OpenAsync();
        await whole.RunToEndAsync(await whole.StartAsync());
        var expected = await whole.EndAsync(_id);
        var all = whole.Calls.Order().ToList();

        for (var commits = 1; commits <= whole.Store.Count; commits++)
        {
            await using var next = await Journey.OpenAsync(await whole.Store.CopyAsync(commits), options => options.ResidentInstances = resident);
            var (returned, calling) = await CallsAsync(next);
            await next.Engine.RecoverAsync();
            await next.RunToEndAsync(_id);

            (await next.EndAsync(_id)).ShouldBe(expected, $"after commit {commits}");
            next.Calls.Order().ShouldBe(all.Except(returned), $"after commit {commits}");
            (await RepeatedAsync(next)).ShouldBe(calling, $"after commit {commits}");
        }
    }

    /// <summary>The host dies while the code runs, again and again. Each engine works on a copy of what the one before had stored by then.</summary>
    [Test]
    [Statement("13.2")]
    [Statement("14.4")]
    public async Task A_call_that_takes_its_host_down_is_repeated_five_times_and_then_an_error()
    {
        var store = new WatchedStore();
        var keys = new List<string>();
        for (var attempt = 1; attempt <= 6; attempt++)
        {
            (store, var key, var number) = await CrashAsync(store, isFirst: attempt == 1);
            number.ShouldBe(attempt);
            keys.Add(key);
        }

        await using var last = Open(store);
        await last.DeployAsync(Killer(_ => throw new AssertionException("It must not be called a seventh time.")));
        (await last.RecoverAsync()).ShouldBe(1);

        keys.Distinct().ShouldHaveSingleItem();
        var process = await last.AsSystem().ReadAsync(_id);
        process.Status.ShouldBe(ProcessInstanceStatus.Error);
        process.Error.ShouldNotBeNull().Message.ShouldContain("more than five times");
        process.Activities.ShouldHaveSingleItem().Destinations.ShouldHaveSingleItem().Event.ShouldNotBeNull().Status.ShouldBe(EventInstanceStatus.Failed);
        (await last.RecoverAsync()).ShouldBe(0);
        (await last.AsSystem().ReadHistoryAsync(_id)).Where(entry => entry.Kind is JournalKind.EventRepeated).Select(entry => entry.Detail)
            .ShouldBe(["2", "3", "4", "5", "6"]);
    }

    /// <summary>An engine that recovers when it is told to.</summary>
    private static WorkflowEngine Open(WatchedStore store) => WorkflowEngine.Create(options =>
    {
        options.Store = store;
        options.TakesUpWork = false;
    });

    /// <summary>Recovers, or begins, and takes the store away while the code is running.</summary>
    private static async Task<(WatchedStore Store, string Key, int Attempt)> CrashAsync(WatchedStore store, bool isFirst)
    {
        var called = new TaskCompletionSource<(string Key, int Attempt)>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var engine = Open(store);
        await engine.DeployAsync(Killer(context =>
        {
            called.SetResult((context.IdempotencyKey, context.Attempt));
            return new ValueTask(new TaskCompletionSource().Task);
        }));
        Task running = isFirst ? engine.AsSystem().StartAsync("Killer").AsTask() : engine.RecoverAsync().AsTask();
        var (key, attempt) = await called.Task.WaitAsync(TimeSpan.FromMinutes(1));
        running.IsCompleted.ShouldBeFalse();
        return (await store.CopyAsync(), key, attempt);
    }

    private static ProcessDefinition Killer(Func<Contexts.ServerEventContext, ValueTask> code) => ProcessDefinition.Define(
        "Killer", process => process.StartsWith(process.Activity("Kill", activity => activity.Server("Host", (context, _) => code(context)))));

    /// <summary>The events whose call has returned according to the store, and those that were being called.</summary>
    private static async Task<(List<string> Returned, List<string> Calling)> CallsAsync(Journey journey)
    {
        var returned = (await journey.Client.ReadHistoryAsync(_id, limit: 500))
            .Where(entry => entry.Kind is JournalKind.EventCompleted or JournalKind.ServerItemCreated)
            .Select(entry => $"{_id}-{entry.Event}")
            .Distinct();
        var calling = (await journey.Client.ReadAsync(_id)).Activities
            .SelectMany(activity => activity.Destinations)
            .Where(destination => destination.Event is { Status: EventInstanceStatus.Calling })
            .Select(destination => $"{_id}-{destination.Event!.Id}");
        return ([.. returned], [.. calling]);
    }

    private static async Task<IEnumerable<string>> RepeatedAsync(Journey journey) =>
        (await journey.Client.ReadHistoryAsync(_id, limit: 500)).Where(entry => entry.Kind is JournalKind.EventRepeated).Select(
            entry => $"{_id}-{entry.Event}");
}
