using System.Collections.Concurrent;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Runtime;

namespace Workflow.Core.Tests.Runtime;

/// <summary>Several engines on one store: who works on an instance, who waits, who takes over, and what is set aside.</summary>
[TestFixture]
internal sealed class SharedStoreTests : SharedStoreFixture
{
    [Test]
    [Statement("14.3")]
    public async Task A_command_waits_while_another_engine_calls_code_of_the_instance()
    {
        var one = await OpenAsync(new SharedStore(Store));
        var other = await OpenAsync(new SharedStore(Store));
        var starting = one.AsSystem().StartAsync("Shared").AsTask();
        var serial = await Gate.Reached;

        var finishing = other.AsSystem().FinishAsync(serial).AsTask();
        await UntilAsync(() => Clock.TimerCount > 0);
        finishing.IsCompleted.ShouldBeFalse();
        Gate.Open();
        await starting;
        await UntilAsync(() => finishing.IsCompleted);

        (await finishing).ShouldBe(FinishReceipt.Applied);
        Calls.ShouldBe(["1-1 1"]);
    }

    [Test]
    [Statement("14.3")]
    public async Task A_command_does_not_wait_for_ever_and_says_what_it_waited_for()
    {
        var one = await OpenAsync(new SharedStore(Store));
        var other = await OpenAsync(new SharedStore(Store), options => options.BusyTimeout = TimeSpan.FromSeconds(5));
        var starting = one.AsSystem().StartAsync("Shared").AsTask();
        var serial = await Gate.Reached;

        var finishing = other.AsSystem().FinishAsync(serial).AsTask();
        await UntilAsync(() => finishing.IsCompleted);

        (await Should.ThrowAsync<ProcessInstanceBusyException>(() => finishing)).Message.ShouldContain("BusyTimeout");
        Gate.Open();
        await starting;
    }

    [Test]
    [Statement("14.3")]
    [Statement("14.4")]
    public async Task A_long_call_keeps_its_lease_and_is_not_made_twice()
    {
        var own = new SharedStore(Store);
        var one = await OpenAsync(own);
        var view = new SharedStore(Store);
        await OpenAsync(view, options => options.TakesUpWork = true);
        var starting = one.AsSystem().StartAsync("Shared").AsTask();
        await Gate.Reached;

        for (var renewals = 1; renewals <= 60; renewals++)
        {
            Clock.Advance(TimeSpan.FromSeconds(10));
            await UntilAsync(() => own.Renewed >= renewals, milliseconds: 0);
        }

        Gate.Open();
        await starting;

        Calls.ShouldBe(["1-1 1"]);
        view.Claims.ShouldBeEmpty();
    }

    [Test]
    [Statement("14.3")]
    [Statement("14.4")]
    public async Task The_work_of_an_engine_that_stands_still_is_taken_over_and_the_engine_can_no_longer_commit_it()
    {
        var one = await OpenAsync(new SharedStore(Store), options => options.Clock = new ManualClock());
        var starting = one.AsSystem().StartAsync("Shared").AsTask();
        var serial = await Gate.Reached;
        var second = new Gate();
        var other = await OpenAsync(new SharedStore(Store), options => options.TakesUpWork = true, second);

        await UntilAsync(() => second.Reached.IsCompleted);
        Gate.Open();
        await Should.ThrowAsync<CommandPartlyStoredException>(() => starting);
        second.Open();
        await UntilAsync(async () => (await StatusAsync(other)) is ProcessInstanceStatus.Active);

        Calls.ShouldBe(["1-1 1", "1-1 2"]);
        (await other.AsSystem().FinishAsync(serial)).ShouldBe(FinishReceipt.Applied);
        (await StatusAsync(other)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("14.4")]
    public async Task An_instance_that_cannot_be_read_is_set_aside_as_it_is_and_harms_no_other()
    {
        var one = new ProcessInstanceId(1);
        await LeaveBehindAsync(2);
        var before = Bytes(await Store.LoadAsync(one, default));
        Gate.Open();
        var view = new SharedStore(Store) { Damage = (one, stored => stored with { Parts = [] }) };
        var engine = await OpenAsync(view, options => options.TakesUpWork = true);

        await UntilAsync(async () => (await SetAsideAsync(engine)).Count > 0 && await StatusAsync(engine, 2) is ProcessInstanceStatus.Active);

        var aside = (await SetAsideAsync(engine)).ShouldHaveSingleItem();
        aside.Id.ShouldBe(one);
        aside.SetAside.ShouldNotBeNull().ShouldContain("cannot be read");
        Bytes(await Store.LoadAsync(one, default)).ShouldBe(before);

        view.Damage = null;
        await engine.TakeUpAgainAsync(one);
        await UntilAsync(async () => await StatusAsync(engine) is ProcessInstanceStatus.Active);
        (await SetAsideAsync(engine)).ShouldBeEmpty();
    }

    [Test]
    [Statement("14.4")]
    public async Task An_instance_that_fails_repeatedly_is_put_off_for_longer_each_time_and_set_aside_after_the_fifth()
    {
        await LeaveBehindAsync(1);
        var tries = new ConcurrentQueue<TimeSpan>();
        var began = Clock.GetUtcNow();
        var view = new SharedStore(Store)
        {
            Damage = (new ProcessInstanceId(1), _ =>
            {
                tries.Enqueue(Clock.GetUtcNow() - began);
                throw new IOException("The disk does not answer.");
            }),
        };
        var engine = await OpenAsync(view, options => options.TakesUpWork = true);

        await UntilAsync(async () => (await SetAsideAsync(engine)).Count > 0);

        tries.Count.ShouldBe(5);
        var pauses = tries.Skip(1).Zip(tries, (later, earlier) => later - earlier).ToList();
        int[] seconds = [1, 5, 30, 120];
        pauses.Zip(seconds, (pause, least) => pause >= TimeSpan.FromSeconds(least)).ShouldAllBe(isLong => isLong);
        (await SetAsideAsync(engine)).Single().SetAside.ShouldNotBeNull().ShouldContain("5 times");
    }

    [Test]
    [Statement("14.4")]
    public async Task Work_that_others_leave_is_found_while_the_engine_runs()
    {
        Gate.Open();
        var engine = await OpenAsync(new SharedStore(Store), options => options.TakesUpWork = true);
        Gate = new Gate();
        await LeaveBehindAsync(3);

        await UntilAsync(async () => await StatusAsync(engine, 1) is ProcessInstanceStatus.Active
            && await StatusAsync(engine, 2) is ProcessInstanceStatus.Active && await StatusAsync(engine, 3) is ProcessInstanceStatus.Active);

        Calls.Count(call => call.EndsWith(" 2", StringComparison.Ordinal)).ShouldBe(3);
    }

    /// <summary>The engine holds the lease and keeps renewing it, so nobody else is given the instance.</summary>
    [Test]
    [Statement("14.4")]
    public async Task A_busy_engine_itself_takes_up_again_what_it_could_not_store()
    {
        var view = new SharedStore(Store);
        var engine = await OpenAsync(view, options => options.TakesUpWork = true);
        var busy = engine.AsSystem().StartAsync("Shared").AsTask();
        await Gate.Reached;
        var attempts = new ConcurrentQueue<int>();
        await engine.DeployAsync(ProcessDefinition.Define("Short", process => process.StartsWith(
            process.Activity("Call", activity => activity.Server("Outside", context =>
            {
                attempts.Enqueue(context.Attempt);
                view.IsCutOff = context.Attempt == 1;
            })))));

        await Should.ThrowAsync<CommandPartlyStoredException>(() => engine.AsSystem().StartAsync("Short").AsTask());
        view.IsCutOff = false;
        await UntilAsync(async () => await StatusAsync(engine, 2) is ProcessInstanceStatus.Completed);

        attempts.ShouldBe([1, 2]);
        busy.IsCompleted.ShouldBeFalse();
    }

    [Test]
    [Statement("14.5")]
    public async Task Code_that_runs_when_the_engine_is_stopped_is_given_the_time_that_the_host_grants()
    {
        var cancelled = new TaskCompletionSource<bool>();
        var engine = await OpenAsync(new SharedStore(Store), options => options.StopTimeout = TimeSpan.FromMinutes(1));
        await engine.DeployAsync(ProcessDefinition.Define("Patient", process => process.StartsWith(
            process.Activity("Call", activity => activity.Server("Outside", async (context, cancellation) =>
            {
                await Gate.PassAsync(context.Serial, CancellationToken.None);
                cancelled.SetResult(cancellation.IsCancellationRequested);
            })))));
        var starting = engine.AsSystem().StartAsync("Patient").AsTask();
        await Gate.Reached;

        var stopping = engine.DisposeAsync().AsTask();
        Gate.Open();
        await stopping;

        (await cancelled.Task).ShouldBeFalse();
        (await starting).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("14.5")]
    public async Task An_engine_that_is_told_to_stop_claims_nothing_new_and_waits_for_what_is_under_way()
    {
        await LeaveBehindAsync(1);
        using var stopping = new CancellationTokenSource();
        var second = new Gate();
        var view = new SharedStore(Store);

        // The clock of this engine stands. So the leases of others run out, and it does not cancel its code for its own.
        var engine = await OpenAsync(view, options => options.Clock = new ManualClock(), gate: second);
        var running = engine.RunAsync(stopping.Token);
        await second.Reached;

        await stopping.CancelAsync();
        await LeaveBehindAsync(1);
        running.IsCompleted.ShouldBeFalse();
        second.Open();
        await running;

        view.Claims.ShouldHaveSingleItem();
        (await StatusAsync(engine)).ShouldBe(ProcessInstanceStatus.Active);
    }

    [Test]
    [Statement("14.5")]
    public async Task An_engine_that_takes_up_work_by_itself_is_not_told_to()
    {
        var engine = await OpenAsync(new SharedStore(Store), options => options.TakesUpWork = true);

        (await Should.ThrowAsync<InvalidOperationException>(() => engine.RunAsync(default))).Message.ShouldContain("TakesUpWork");
    }
}
