using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;

namespace Workflow.Core.Tests.Runtime;

/// <summary>An alarm that somebody should look at is reported once, however much the engine stores afterwards.</summary>
[TestFixture]
internal sealed class AlarmTests
{
    private static readonly ProcessField<int> _number = new("Number", initial: 0);

    /// <summary>Stalls in one branch while the code of the other still runs. So several commits follow in the same command and in later ones.</summary>
    [Test]
    [Statement("0.3")]
    public async Task A_stall_is_reported_once_although_more_is_stored_after_it()
    {
        using var log = new Counter();
        await using var engine = WorkflowEngine.Create(options => options.LoggerFactory = log);
        await engine.DeployAsync(ProcessDefinition.Define("Stalling", process =>
        {
            process.OpenToAll().Fields(_number);
            process.StartsWith(process.Activity("Stall", activity => activity.Server("Run", _ => { }, succeedingRule: _number == 1)));
            process.StartsWith(
                process.Activity("Go on", activity => activity.Server("One", _ => { }).Server("Two", _ => { }).Waits().Server("Three", _ => { })));
        }));

        for (var number = 1; number <= 3; number++)
        {
            var id = (await engine.AsSystem().StartAsync("Stalling")).Id;
            await engine.AsSystem().FinishAsync(new SerialNumber(id, 2));
            log.Lines.Count.ShouldBe(number);
        }

        log.Lines.Distinct().Count().ShouldBe(3);
    }

    /// <summary>The stall was never stored, because its commit failed: no later command may report it.</summary>
    [Test]
    [Statement("14.2")]
    public async Task A_stall_whose_commit_failed_is_not_reported_by_a_later_command()
    {
        using var log = new Counter();
        var store = new WatchedStore();
        await using var engine = WorkflowEngine.Create(options =>
        {
            options.Store = store;
            options.TakesUpWork = false;
            options.LoggerFactory = log;
        });
        await engine.DeployAsync(ProcessDefinition.Define("Stalling", process => process
            .OpenToAll()
            .Fields(_number)
            .StartsWith(process.Activity("Stall", activity => activity.Server("Run", _ => { }, succeedingRule: _number == 1)))));
        await engine.DeployAsync(ProcessDefinition.Define("Quiet", process =>
            process.OpenToAll().StartsWith(process.Activity("Run", activity => activity.Server("Run", _ => { })))));
        store.FailAt(2, _ => new IOException("The disk is full."));
        await Should.ThrowAsync<CommandPartlyStoredException>(() => engine.AsSystem().StartAsync("Stalling").AsTask());

        await engine.AsSystem().StartAsync("Quiet");

        log.Lines.ShouldBeEmpty();
    }

    /// <summary>Keeps what is logged.</summary>
    private sealed class Counter : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));

        public void Dispose() => Lines.Clear();
    }
}
