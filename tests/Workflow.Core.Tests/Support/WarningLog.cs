using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Workflow.Core.Tests.Support;

/// <summary>Keeps what was logged as a warning or worse.</summary>
internal sealed class WarningLog : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<string> _warnings = new();
    private readonly ConcurrentQueue<Exception> _exceptions = new();

    public IReadOnlyList<string> Warnings => [.. _warnings];

    /// <summary>The exceptions that were logged with them.</summary>
    public IReadOnlyList<Exception> Exceptions => [.. _exceptions];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            _warnings.Enqueue(formatter(state, exception));
            if (exception is not null)
            {
                _exceptions.Enqueue(exception);
            }
        }
    }

    public void Dispose()
    {
    }
}
