using Microsoft.Extensions.DependencyInjection;
using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using static Workflow.Core.Tests.Support.Office;

namespace Workflow.Core.Tests.Hosting;

/// <summary>A container that is disposed of gives out nothing any more, while its engine still lets code end.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StopWithContainerTests
{
    private readonly InMemoryProcessStore _store = new();
    private readonly TaskCompletionSource _begun = new();
    private readonly TaskCompletionSource _held = new();
    private readonly Diary _diary = new();

    private ServiceProvider Host() => Services(_diary)
        .AddProcess(_ => Define(process =>
        {
            var file = process.Activity("File", activity => activity.Server<Clerk>("One").Server<Clerk>("Two"));
            process.StartsWith(file);
            file.To(process.Activity("Close"));
        }))
        .AddWorkflowEngine((_, options) => (options.Store, options.StopTimeout, options.TakesUpWork) = (_store, TimeSpan.FromMinutes(1), false))
        .BuildServiceProvider(validateScopes: true);

    [Test]
    [Statement("7.1b")]
    [Statement("14.4")]
    public async Task A_class_that_a_disposed_container_cannot_make_is_left_for_the_next_host()
    {
        var first = Host();
        await StopAsync(first);

        _diary.Lines.ShouldBe(["One at desk 1", "clerk at desk 1 left", "desk 1 cleared"]);
        await ShouldGoOnAsync(["Two at desk 2", "clerk at desk 2 left", "desk 2 cleared"]);
    }

    /// <summary>The code fails on what the container has disposed of, which is not its fault.</summary>
    [Test]
    [Statement("7.1b")]
    [Statement("14.4")]
    public async Task Code_that_fails_on_what_its_container_has_disposed_of_is_left_for_the_next_host()
    {
        var first = Host();
        _diary.Fails = new ObjectDisposedException("HttpClient");
        await StopAsync(first);
        _diary.Fails = null;

        await ShouldGoOnAsync(
            ["One at desk 2", "clerk at desk 2 left", "desk 2 cleared", "Two at desk 3", "clerk at desk 3 left", "desk 3 cleared"]);
    }

    [Test]
    [Statement("7.1b")]
    public async Task The_same_failure_is_one_of_the_code_while_there_is_a_container()
    {
        await using var services = Host();
        _diary.Fails = new ObjectDisposedException("HttpClient");

        (await services.GetRequiredService<WorkflowEngine>().As("dora").StartAsync("Order")).Status.ShouldBe(ProcessInstanceStatus.Error);
    }

    /// <summary>Disposes of a host while its code runs, and then lets the code end.</summary>
    private async Task StopAsync(ServiceProvider host)
    {
        _diary.Waits = _ =>
        {
            _begun.TrySetResult();
            return _held.Task;
        };
        var starting = host.GetRequiredService<WorkflowEngine>().As("dora").StartAsync("Order").AsTask();
        await _begun.Task;
        var stopping = host.DisposeAsync().AsTask();
        _held.SetResult();
        await stopping;

        (await starting).Status.ShouldBe(ProcessInstanceStatus.Running);
    }

    private async Task ShouldGoOnAsync(string[] lines)
    {
        var before = _diary.Lines.Count;
        await using var second = Host();
        var engine = second.GetRequiredService<WorkflowEngine>();

        await engine.RecoverAsync();

        (await engine.AsSystem().ReadAsync(new ProcessInstanceId(1))).Status.ShouldBe(ProcessInstanceStatus.Completed);
        _diary.Lines.Skip(before).ShouldBe(lines);
    }
}
