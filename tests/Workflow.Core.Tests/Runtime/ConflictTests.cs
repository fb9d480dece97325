using Workflow.Core.Client;
using Workflow.Core.Contexts;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;

namespace Workflow.Core.Tests.Runtime;

/// <summary>Somebody else was faster, or the store says so.</summary>
[TestFixture]
internal sealed class ConflictTests
{
    private WorkflowEngine _engine = null!;

    [Test]
    [Statement("14.3")]
    public async Task A_conflict_is_retried_up_to_ten_times_in_all([Range(0, 9)] int conflicts)
    {
        await using var journey = await Journey.OpenAsync();
        var (id, item) = await WaitingAsync(journey);
        FailNext(journey.Store, conflicts);

        (await journey.Client.FinishAsync(item)).ShouldBe(FinishReceipt.Applied);

        (await CountAsync(journey, id, JournalKind.ServerItemFinished)).ShouldBe(1);
        (await journey.Client.ReadAsync(id)).Activities.Count.ShouldBe(1);
    }

    [Test]
    [Statement("14.3")]
    public async Task After_ten_conflicts_the_caller_is_told_and_nothing_is_half_done()
    {
        await using var journey = await Journey.OpenAsync();
        var (id, item) = await WaitingAsync(journey);
        var before = await journey.EndAsync(id);
        var calls = journey.Calls.Count;
        var asked = FailNext(journey.Store, int.MaxValue);

        await Should.ThrowAsync<ConcurrencyException>(() => journey.Client.FinishAsync(item).AsTask());

        asked().ShouldBe(10);
        (await journey.EndAsync(id)).ShouldBe(before);
        journey.Calls.Count.ShouldBe(calls);
        journey.Store.BeforeCommit = null;
        await journey.RunToEndAsync(id);
        (await journey.Client.ReadAsync(id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    /// <summary>The code of an event has run, so the command cannot simply be repeated.</summary>
    [Test]
    [Statement("14.3")]
    [Statement("14.4")]
    [Statement("14.7d")]
    public async Task A_conflict_after_code_was_called_is_told_at_once()
    {
        await using var journey = await Journey.OpenAsync();
        var (id, item) = await WaitingAsync(journey);
        journey.Store.FailAt(2, commit => new ConcurrencyException(commit.ProcessInstance, commit.ExpectedVersion, actual: 77));

        var told = await Should.ThrowAsync<CommandPartlyStoredException>(() => journey.Client.FinishAsync(item).AsTask());

        told.InnerException.ShouldBeOfType<ConcurrencyException>().Actual.ShouldBe(77);
        told.Message.ShouldNotContain("othing was stored");
        (await journey.Engine.RecoverAsync()).ShouldBe(1);
        await journey.RunToEndAsync(id);
        (await journey.Client.ReadAsync(id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
        (await CountAsync(journey, id, JournalKind.EventRepeated)).ShouldBe(1);
    }

    /// <summary>Another engine on the same store has moved the instance, while this one has it in memory as it was.</summary>
    [Test]
    [Statement("14.3")]
    public async Task The_retry_sees_the_work_of_another_engine()
    {
        var store = new WatchedStore();
        await using var one = await Journey.OpenAsync(store);
        await using var other = await Journey.OpenAsync(store);
        var (id, item) = await WaitingAsync(one);
        (await other.Client.FinishAsync(item)).ShouldBe(FinishReceipt.Applied);

        var refusal = await Should.ThrowAsync<ServerItemFinishedException>(() => one.Client.FinishAsync(item).AsTask());

        refusal.Message.ShouldContain($"{item}");
        (await CountAsync(one, id, JournalKind.ServerItemFinished)).ShouldBe(1);
    }

    /// <summary>A refusal may not be founded on memory that is behind the store.</summary>
    [Test]
    [Statement("14.3")]
    [Statement("7.3")]
    public async Task An_item_that_another_engine_has_made_meanwhile_can_be_finished()
    {
        var store = new WatchedStore();
        await using var one = await Journey.OpenAsync(store);
        await using var other = await Journey.OpenAsync(store);
        var (id, first) = await WaitingAsync(one);
        await other.Client.FinishAsync(first);
        var second = (await one.NextItemAsync(id)).ShouldNotBeNull().Serial;

        (await one.Client.FinishAsync(second)).ShouldBe(FinishReceipt.Applied);
    }

    [Test]
    [Statement("14.3")]
    public async Task A_conflict_while_recovering_leaves_the_instance_to_be_taken_up_later()
    {
        var store = new WatchedStore();
        store.FailAt(3, _ => new IOException("The disk is full."));
        await using var journey = await Journey.OpenAsync(store);
        await Should.ThrowAsync<CommandPartlyStoredException>(() => journey.StartAsync());
        FailNext(store, 1);
        await journey.Engine.RecoverAsync();
        await journey.Engine.RecoverAsync();

        await journey.RunToEndAsync(new ProcessInstanceId(1));

        (await journey.Client.ReadAsync(new ProcessInstanceId(1))).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("14.3")]
    public async Task A_conflict_when_an_early_finish_is_stored_leaves_the_running_turn_alone()
    {
        var store = new WatchedStore();
        await using var journey = await Journey.OpenAsync(store, options => options.CodeInterceptor = async (context, code, cancellation) =>
        {
            if (context is ServerEventContext { Event: "Confirm", Attempt: 1 } confirming)
            {
                store.FailAt(1, commit => new ConcurrencyException(commit.ProcessInstance, commit.ExpectedVersion, actual: 77));
                await Should.ThrowAsync<ConcurrencyException>(() => FinishFromOutsideAsync(confirming.Serial));
                store.BeforeCommit = null;
            }

            await code(cancellation);
        });
        _engine = journey.Engine;

        var id = await journey.StartAsync();

        (await CountAsync(journey, id, JournalKind.FinishStored)).ShouldBe(0);
        (await journey.RunToEndAsync(id)).Count.ShouldBe(3);
        (await journey.Client.ReadAsync(id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    /// <summary>As an outside system would: not from within the flow of the code.</summary>
    private async Task FinishFromOutsideAsync(SerialNumber serial)
    {
        Task finishing;
        using (ExecutionContext.SuppressFlow())
        {
            finishing = Task.Run(async () => await _engine.AsSystem().FinishAsync(serial));
        }

        await finishing;
    }

    private static async Task<(ProcessInstanceId Id, SerialNumber Item)> WaitingAsync(Journey journey)
    {
        var id = await journey.StartAsync();
        return (id, (await journey.NextItemAsync(id)).ShouldNotBeNull().Serial);
    }

    private static async Task<int> CountAsync(Journey journey, ProcessInstanceId id, JournalKind kind) =>
        (await journey.Client.ReadHistoryAsync(id, limit: 500)).Count(entry => entry.Kind == kind);

    /// <returns>How many commits were asked for since.</returns>
    private static Func<int> FailNext(WatchedStore store, int times)
    {
        var asked = 0;
        store.BeforeCommit = (_, commit) => ++asked <= times
            ? Task.FromException(new ConcurrencyException(commit.ProcessInstance, commit.ExpectedVersion, commit.ExpectedVersion + 1))
            : Task.CompletedTask;
        return () => asked;
    }
}
