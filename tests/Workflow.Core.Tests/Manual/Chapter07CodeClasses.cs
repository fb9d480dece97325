using Microsoft.Extensions.DependencyInjection;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Testing;
using static Workflow.Core.Tests.Support.Office;

namespace Workflow.Core.Tests.Manual;

/// <summary>Code in classes with services of the host, in a scope of its own for each call.</summary>
[TestFixture]
public sealed class Chapter07CodeClasses
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private Diary Desks { get; set; } = new();

    [SetUp]
    public void Begin() => Desks = new Diary();

    private static ProcessDefinition Filing(Action<ActivityBuilder> work) => Define(process =>
    {
        var file = process.Activity("File", work);
        process.StartsWith(file);
        file.To(process.Activity("Close"));
    });

    [Test]
    [Statement("7.1b")]
    public async Task Each_call_of_a_class_has_a_scope_of_its_own_which_is_disposed_of_after_it()
    {
        await using var services = Services(Desks).BuildServiceProvider(validateScopes: true);
        await using var bed = await WorkflowTestBed.CreateAsync(
            Filing(activity => activity.Server<Clerk>("One").PureServer<Clerk>("Two").Waits<Clerk>("Three", answers: ["Filed"])), services: services);

        var id = (await bed.StartAsync("dora")).Id;

        Desks.Lines.ShouldBe(
        [
            "One at desk 1", "clerk at desk 1 left", "desk 1 cleared",
            "Two at desk 2", "clerk at desk 2 left", "desk 2 cleared",
            "Three at desk 3", "clerk at desk 3 left", "desk 3 cleared",
        ]);
        (await bed.ReadAsync(id)).Fields.Get<string>(Place.Name).ShouldBe("desk 3");
        (await bed.ServerItemsAsync(id)).Count.ShouldBe(1);
    }

    [Test]
    [Statement("7.1b")]
    [Statement("6.7")]
    public async Task The_code_of_an_escalation_can_be_a_class()
    {
        await using var services = Services(Desks).BuildServiceProvider(validateScopes: true);
        await using var bed = await WorkflowTestBed.CreateAsync(
            Filing(activity => activity.Waits("Wait", define: wait => wait.Escalation("Remind", _minute, then => then.Run<Clerk>("Tell the clerk"), 1))),
            services: services);
        await bed.StartAsync("dora");

        await bed.AdvanceAsync(_minute * 2);

        Desks.Lines.ShouldBe(
        [
            "Remind at desk 1", "clerk at desk 1 left", "desk 1 cleared", "Remind at desk 2", "clerk at desk 2 left", "desk 2 cleared",
        ]);
    }

    [Test]
    [Statement("7.1b")]
    public async Task A_class_that_is_registered_comes_from_its_registration([Values] ServiceLifetime lifetime)
    {
        var registered = Services(Desks);
        var made = 0;
        registered.Add(new ServiceDescriptor(
            typeof(Clerk),
            provider =>
            {
                made++;
                return new Clerk(lifetime is ServiceLifetime.Singleton ? new Desk(Desks) : provider.GetRequiredService<Desk>());
            },
            lifetime));
        await using var services = registered.BuildServiceProvider(validateScopes: true);
        await using var bed = await WorkflowTestBed.CreateAsync(Filing(activity => activity.Server<Clerk>("One").Server<Clerk>("Two")), services: services);

        await bed.StartAsync("dora");

        made.ShouldBe(lifetime is ServiceLifetime.Singleton ? 1 : 2);
        Desks.Lines.Count(line => line.StartsWith("clerk", StringComparison.Ordinal)).ShouldBe(lifetime is ServiceLifetime.Singleton ? 0 : 2);
    }

    [Test]
    [Statement("7.1b")]
    [Statement("8.3")]
    public async Task Code_that_throws_leaves_nothing_behind_and_its_scope_is_disposed_of([Values] bool clearingFailsToo)
    {
        await using var services = Services(Desks).BuildServiceProvider(validateScopes: true);
        using var log = new WarningLog();
        var seen = new List<Exception?>();
        await using var bed = await WorkflowTestBed.CreateAsync(
            Filing(activity => activity.Server<Clerk>("One", define: server => server.ExceptionRule(failure =>
            {
                seen.Add(failure.Exception);
                return ExceptionDecision.Error;
            }))),
            options => options.LoggerFactory = log,
            services);
        Desks.Fails = new IOException("the drawer is stuck");
        Desks.FailsToClear = clearingFailsToo ? new InvalidOperationException("paper everywhere") : null;

        var started = await bed.StartAsync("dora");

        started.Status.ShouldBe(ProcessInstanceStatus.Error);
        seen.ShouldBe([Desks.Fails]);
        Desks.Lines.ShouldBe(["One at desk 1", "clerk at desk 1 left", "desk 1 cleared"]);
        (await bed.ReadAsync(started.Id)).Fields[Place.Name].IsNull.ShouldBeTrue();
        log.Warnings.Count(line => line.Contains("'Clerk' has thrown", StringComparison.Ordinal)).ShouldBe(clearingFailsToo ? 1 : 0);
    }

    [Test]
    [Statement("7.1b")]
    [Statement("13.2")]
    public async Task A_constructor_that_throws_is_a_failed_call()
    {
        await using var services = Services(Desks).BuildServiceProvider(validateScopes: true);
        await using var bed = await WorkflowTestBed.CreateAsync(
            Filing(activity => activity.Server<Clerk>("One", define: server => server.Retry(attempts: 2, wait: _minute, when: failure => failure.Exception
                is TimeoutException))),
            services: services);
        Desks.FailsToBegin = new TimeoutException("the office is closed");

        var id = (await bed.StartAsync("dora")).Id;
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        await bed.AdvanceAsync(_minute);

        (await bed.ReadAsync(id)).Error!.Message.ShouldContain("the office is closed");
        Desks.Lines.ShouldBe(["desk 1 cleared", "desk 2 cleared"]);
    }

    [Test]
    [Statement("7.1b")]
    public async Task A_scope_that_cannot_be_disposed_of_is_a_failed_call()
    {
        await using var services = Services(Desks).BuildServiceProvider(validateScopes: true);
        await using var bed = await WorkflowTestBed.CreateAsync(Filing(activity => activity.Server<Clerk>("One")), services: services);
        Desks.FailsToClear = new InvalidOperationException("paper everywhere");

        var id = (await bed.StartAsync("dora")).Id;

        (await bed.ReadAsync(id)).Error!.Message.ShouldContain("paper everywhere");
        (await bed.ReadAsync(id)).Fields[Place.Name].IsNull.ShouldBeTrue();
    }

    /// <summary>Code that is left behind uses its services until it ends, so nobody takes them away from it.</summary>
    [Test]
    [Statement("7.1b")]
    [Statement("14.7b")]
    public async Task Code_that_takes_too_long_keeps_its_scope_until_it_ends()
    {
        var ended = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        await using var services = Services(Desks).BuildServiceProvider(validateScopes: true);
        await using var bed = await WorkflowTestBed.CreateAsync(
            Filing(activity => activity.Server<Clerk>("One", define: server => server.Timeout(_minute))), services: services);
        Desks.Waits = _ =>
        {
            begun.TrySetResult();
            return ended.Task;
        };

        var starting = bed.StartAsync("dora");
        await begun.Task;
        bed.Clock.Advance(_minute);
        (await starting).Status.ShouldBe(ProcessInstanceStatus.Error);

        Desks.Lines.ShouldBe(["One at desk 1"]);
        ended.SetResult();
        await WaitForAsync(() => Desks.Lines.Count == 3);
        Desks.Lines.ShouldBe(["One at desk 1", "clerk at desk 1 left", "desk 1 cleared"]);
    }

    [Test]
    [Statement("7.1b")]
    [Statement("8.7")]
    public async Task A_class_is_code_and_no_part_of_what_a_definition_says()
    {
        await using var services = Services(Desks).BuildServiceProvider();
        await using var bed = await WorkflowTestBed.CreateAsync(
            Filing(activity => activity.Server("One", _ => { }).Escalation("Late", _minute, then => then.Run("Tell", _ => { }))), services: services);

        var deployed = await bed.Engine.DeployAsync(
            Filing(activity => activity.Server<Clerk>("One").Escalation("Late", _minute, then => then.Run<Clerk>("Tell"))));

        deployed.Fingerprint.ShouldBe(bed.Deployments[0].Fingerprint);
    }

    [Test]
    [Statement("7.1b")]
    [Statement("14.1")]
    public async Task A_replay_makes_no_object_and_stores_the_same_bytes()
    {
        await using var services = Services(Desks).BuildServiceProvider();
        await using var bed = await WorkflowTestBed.CreateAsync(Filing(activity => activity.Server<Clerk>("One").PureServer<Clerk>("Two")), services: services);
        var id = (await bed.StartAsync("dora")).Id;
        var lines = Desks.Lines.Count;

        await using var replay = await bed.Recording().ReplayAsync();

        (await replay.StoredBytesAsync(id)).ShouldBe(await bed.StoredBytesAsync(id));
        Desks.Lines.Count.ShouldBe(lines);
    }

    private static async Task WaitForAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!isSo())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
