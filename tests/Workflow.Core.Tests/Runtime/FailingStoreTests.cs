using Workflow.Core.Instances;
using Workflow.Core.Records;
using Workflow.Core.Runtime;

namespace Workflow.Core.Tests.Runtime;

/// <summary>A store that fails once, at every commit there is.</summary>
[TestFixture]
internal sealed class FailingStoreTests
{
    private const int CommitsOfARun = 15;

    private static readonly ProcessInstanceId _id = new(1);

    [Test]
    public async Task A_run_has_the_number_of_commits_that_these_tests_assume()
    {
        await using var journey = await Journey.OpenAsync();

        await journey.RunToEndAsync(await journey.StartAsync());

        (await journey.Client.ReadAsync(_id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
        journey.Store.Count.ShouldBe(CommitsOfARun);
    }

    /// <summary>The caller is told, what was acknowledged stays, and the way on leads to the same end.
    /// At most the code of the event that was running is called again.</summary>
    [Test]
    [Statement("14.2")]
    [Statement("14.4")]
    [Statement("14.5")]
    public async Task A_commit_that_fails_loses_nothing_and_repeats_one_call_at_most([Range(1, CommitsOfARun)] int failing, [Values] bool restart)
    {
        var expected = await UndisturbedAsync();
        var store = new WatchedStore();
        store.FailAt(failing, _ => new IOException("The disk is full."));
        var journey = await Journey.OpenAsync(store);
        var acknowledged = await RunUntilFailureAsync(journey);
        var running = journey.Calls.LastOrDefault();
        var calls = journey.Calls.ToList();
        if (restart)
        {
            await journey.DisposeAsync();
            journey = await Journey.OpenAsync(store);
        }

        await using var owned = journey;
        if (failing == 1)
        {
            await Should.ThrowAsync<ProcessInstanceNotFoundException>(() => journey.Client.ReadAsync(_id).AsTask());
            return;
        }

        await journey.Engine.RecoverAsync();
        foreach (var serial in acknowledged)
        {
            (await store.FindServerItemAsync(serial, default)).ShouldNotBeNull().Status.ShouldBe(ServerItemStatus.Finished);
        }

        await journey.RunToEndAsync(_id);
        (await journey.EndAsync(_id)).ShouldBe(expected);
        calls = restart ? [.. calls, .. journey.Calls] : [.. journey.Calls];
        calls.GroupBy(key => key).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeSubsetOf(running is null ? [] : [running]);
        calls.GroupBy(key => key).ShouldAllBe(group => group.Count() <= 2);
    }

    /// <summary>A failure between two commits leaves memory and store as they were after the first commit.</summary>
    [Test]
    [Statement("14.2")]
    public async Task A_finish_whose_commit_fails_can_be_given_again()
    {
        await using var journey = await Journey.OpenAsync();
        var id = await journey.StartAsync();
        var item = (await journey.NextItemAsync(id)).ShouldNotBeNull();
        var before = await journey.EndAsync(id);
        journey.Store.FailAt(1, _ => new IOException("The disk is full."));

        await Should.ThrowAsync<IOException>(() => journey.Client.FinishAsync(item.Serial).AsTask());
        (await journey.EndAsync(id)).ShouldBe(before);

        (await journey.Client.FinishAsync(item.Serial)).ShouldBe(Core.Client.FinishReceipt.Applied);
    }

    /// <summary>The loads fail, one after the other; nothing is stored and the next one finds everything as it was.</summary>
    [Test]
    [Statement("14.2")]
    public async Task An_instance_that_cannot_be_loaded_is_not_changed()
    {
        await using var journey = await Journey.OpenAsync(configure: options => options.ResidentInstances = 0);
        var id = await journey.StartAsync();
        var item = (await journey.NextItemAsync(id)).ShouldNotBeNull();
        var commits = journey.Store.Count;
        journey.Store.BeforeLoad = _ => throw new IOException("The net is down.");

        await Should.ThrowAsync<IOException>(() => journey.Client.FinishAsync(item.Serial).AsTask());
        journey.Store.Count.ShouldBe(commits);

        journey.Store.BeforeLoad = null;
        await journey.RunToEndAsync(id);
        (await journey.EndAsync(id)).ShouldBe(await UndisturbedAsync());
    }

    /// <summary>One instance that cannot be taken up must not keep the others from it.</summary>
    [Test]
    [Statement("14.4")]
    public async Task An_instance_whose_commit_fails_while_recovering_harms_no_other()
    {
        var store = new WatchedStore();
        await using (var first = await Journey.OpenAsync(store))
        {
            foreach (var _ in Enumerable.Range(0, 3))
            {
                store.FailAt(2, _ => new IOException("The disk is full."));
                await Should.ThrowAsync<CommandPartlyStoredException>(() => first.StartAsync());
            }
        }

        store.BeforeCommit = (_, commit) =>
            commit.ProcessInstance == new ProcessInstanceId(2) ? throw new IOException("The disk is full.") : Task.CompletedTask;
        await using var second = await Journey.OpenAsync(store);
        var recovered = 0;
        try
        {
            recovered = await second.Engine.RecoverAsync();
        }
        catch (IOException)
        {
            // Telling the caller is fair, as long as the third instance is taken up all the same.
        }

        (await second.NextItemAsync(new ProcessInstanceId(1))).ShouldNotBeNull();
        (await second.NextItemAsync(new ProcessInstanceId(3))).ShouldNotBeNull();
        recovered.ShouldBeOneOf(0, 2);
    }

    private static async Task<string> UndisturbedAsync()
    {
        await using var journey = await Journey.OpenAsync();
        var id = await journey.StartAsync();
        await journey.RunToEndAsync(id);
        return await journey.EndAsync(id);
    }

    private static async Task<List<SerialNumber>> RunUntilFailureAsync(Journey journey)
    {
        var acknowledged = new List<SerialNumber>();
        try
        {
            await journey.StartAsync();
            while (await journey.NextItemAsync(_id) is { } item)
            {
                await journey.Client.FinishAsync(item.Serial, finish => finish.Set("Trace", FieldValue.From($"{item.Serial} by {item.CorrelationKey}")));
                acknowledged.Add(item.Serial);
            }
        }
        catch (Exception exception) when (exception is IOException or CommandPartlyStoredException { InnerException: IOException })
        {
            return acknowledged;
        }

        throw new AssertionException("The caller was not told that the store had failed.");
    }
}
