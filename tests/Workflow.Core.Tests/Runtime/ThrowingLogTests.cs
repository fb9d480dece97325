using Microsoft.Extensions.Logging;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Runtime;

/// <summary>A log that throws whatever is written to it: nothing that the engine does by itself may end by it.</summary>
[TestFixture]
internal sealed class ThrowingLogTests : SharedStoreFixture
{
    [Test]
    [Statement("14.4")]
    public async Task The_search_for_work_survives_a_store_that_fails()
    {
        await LeaveBehindAsync(1);
        var failures = 0;
        Gate.Open();
        var view = new SharedStore(Store)
        {
            BeforeClaim = () => ++failures == 1 ? throw new ProcessStoreException("The connection is cut.") : Task.CompletedTask,
        };
        using var log = new ThrowingLog();
        var engine = await OpenAsync(view, options => (options.TakesUpWork, options.LoggerFactory) = (true, log));

        await UntilAsync(async () => await StatusAsync(engine) is ProcessInstanceStatus.Active);

        log.Written.ShouldBeGreaterThan(0);
    }

    [Test]
    [Statement("14.3")]
    public async Task Leases_are_renewed_again_after_a_renewal_has_failed()
    {
        var renewals = 0;
        var view = new SharedStore(Store)
        {
            BeforeRenew = _ => ++renewals == 1 ? throw new ProcessStoreException("The connection is cut.") : Task.CompletedTask,
        };
        using var log = new ThrowingLog();
        var engine = await OpenAsync(view, options => options.LoggerFactory = log);
        var starting = engine.AsSystem().StartAsync("Shared").AsTask();
        await Gate.Reached;

        for (var renewed = 1; renewed <= 2; renewed++)
        {
            Clock.Advance(TimeSpan.FromSeconds(10));
            await UntilAsync(() => view.Renewals.Count == renewed, milliseconds: 0);
        }

        log.Written.ShouldBe(1);
        Gate.Open();
        (await starting).Status.ShouldBe(ProcessInstanceStatus.Active);
    }

    private sealed class ThrowingLog : ILoggerFactory, ILogger
    {
        private int _written;

        public int Written => Volatile.Read(ref _written);

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Interlocked.Increment(ref _written);
            throw new IOException("The log is full.");
        }

        public void Dispose()
        {
        }
    }
}
