using Microsoft.Extensions.Logging;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;

namespace Workflow.Core.Tests.Runtime;

/// <summary>An alarm that somebody should look at is in the log, once it is stored.</summary>
[TestFixture]
internal sealed class LogTests
{
    private static readonly ProcessField<string> _secret = new("Secret", initial: "swordfish");

    [Test]
    [Statement("0.3")]
    public async Task A_stall_is_a_warning()
    {
        using var log = new LogLines();
        await using var engine = await OpenAsync(log, rule: _secret == "no", code: () => { });

        await engine.AsSystem().StartAsync("Logged");

        log.All.ShouldBe(["Warning Process instance 1: activity 'Work' is stalled; its succeeding rule is false and no answer is left."]);
    }

    [Test]
    [Statement("8.1")]
    public async Task An_error_is_logged_with_its_element_and_message()
    {
        using var log = new LogLines();
        await using var engine = await OpenAsync(log, rule: null, code: () => throw new IOException("no line"));

        await engine.AsSystem().StartAsync("Logged");

        log.All.ShouldBe(["Error Process instance 1 went into Error: server event 'Run' of 'Work': no line"]);
    }

    [Test]
    public async Task A_failed_commit_is_not_logged_as_stored()
    {
        using var log = new LogLines();
        var store = new WatchedStore();
        store.FailAt(2, _ => new IOException("The disk is full."));
        await using var engine = await OpenAsync(log, rule: null, code: () => throw new IOException("no line"), store);

        await Should.ThrowAsync<CommandPartlyStoredException>(() => engine.AsSystem().StartAsync("Logged").AsTask());

        log.All.ShouldBeEmpty();
    }

    [Test]
    [Statement("14.4")]
    public async Task An_instance_that_cannot_be_taken_up_is_logged_and_left()
    {
        using var log = new LogLines();
        var store = new WatchedStore();
        store.FailAt(2, _ => new IOException("The disk is full."));
        await using (var first = await OpenAsync(log, rule: null, code: () => { }, store))
        {
            await Should.ThrowAsync<CommandPartlyStoredException>(() => first.AsSystem().StartAsync("Logged").AsTask());
        }

        await using var second = WorkflowEngine.Create(options =>
        {
            options.Store = store;
            options.TakesUpWork = false;
            options.LoggerFactory = log;
        });
        (await second.RecoverAsync()).ShouldBe(0);

        log.All.ShouldBe(["Error Process instance 1 could not be continued and remains as it is."]);
        store.Count.ShouldBe(1);
    }

    [Test]
    [Statement("2.11")]
    public async Task A_command_that_fails_after_its_caller_has_given_up_is_logged()
    {
        using var log = new LogLines();
        using var patience = new CancellationTokenSource();
        var store = new WatchedStore();
        var door = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        store.BeforeCommit = async (_, _) =>
        {
            asked.TrySetResult();
            await door.Task;
            throw new IOException("The disk is full.");
        };
        await using var engine = await OpenAsync(log, rule: null, code: () => { }, store);
        var starting = engine.AsSystem().StartAsync("Logged", cancellation: patience.Token).AsTask();
        await asked.Task;
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => starting);

        door.SetResult();
        await log.First.WaitAsync(TimeSpan.FromMinutes(1));

        log.All.ShouldBe(["Error A command failed after its caller had stopped waiting for it."]);
    }

    private static async Task<WorkflowEngine> OpenAsync(ILoggerFactory log, Rule? rule, Action code, WatchedStore? store = null)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            options.LoggerFactory = log;
            options.Store = store ?? new WatchedStore();
            options.TakesUpWork = false;
        });
        await engine.DeployAsync(ProcessDefinition.Define("Logged", process =>
        {
            process.OpenToAll().Fields(_secret);
            process.StartsWith(process.Activity("Work", activity => activity.Server("Run", _ => code(), rule)));
        }));
        return engine;
    }
}
