using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Workflow.Core.CrashChild;

/// <summary>The log of the engine, from which the parent is told which instances were set aside.</summary>
internal sealed class ReportLog(Acknowledgements acknowledged) : ILoggerFactory, ILogger
{
    /// <summary>The name of the entry that says so, and the value in it that is the instance.</summary>
    private const string Entry = "SetAside";
    private const string Instance = "ProcessInstance";

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name == Entry && state is IReadOnlyList<KeyValuePair<string, object?>> values)
        {
            acknowledged.Tell(Acknowledgements.Reported, Convert.ToString(values.Single(value => value.Key == Instance).Value, CultureInfo.InvariantCulture)!);
        }
    }

    public void Dispose()
    {
    }
}
