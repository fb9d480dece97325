using Microsoft.Extensions.Logging;

namespace Workflow.Core.Runtime;

/// <summary>The log of the host, which may throw. That must not undo a stored commit, or end a loop of the engine.</summary>
internal sealed class GuardedLogger(ILogger logger) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => logger.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return logger.IsEnabled(logLevel);
        }
#pragma warning disable CA1031 // There is nowhere left to report it.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            logger.Log(logLevel, eventId, state, exception, formatter);
        }
#pragma warning disable CA1031 // There is nowhere left to report it.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
