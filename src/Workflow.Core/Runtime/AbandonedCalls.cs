using Microsoft.Extensions.Logging;

namespace Workflow.Core.Runtime;

/// <summary>Calls of the host's code that have not ended although their time is over. Each may hold a thread, so there must not be any number of them.</summary>
internal sealed class AbandonedCalls(ILogger logger)
{
    /// <summary>How many there may be in an engine; then code that has some is not called again until they have ended.</summary>
    public const int Most = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<object, int> _ofElement = new(ReferenceEqualityComparer.Instance);
    private volatile int _count;

    /// <summary>How many calls of an element have not ended, when there are so many in all that it must not be called; zero when it may be.</summary>
    public int RefusedFor(object element)
    {
        if (_count < Most)
        {
            return 0;
        }

        lock (_lock)
        {
            return _ofElement.GetValueOrDefault(element);
        }
    }

    /// <summary>Notes a call that was given up, until it ends. An exception that it still throws is logged.</summary>
    public void Add(object element, string name, Task call)
    {
        lock (_lock)
        {
            _count++;
            _ofElement[element] = _ofElement.GetValueOrDefault(element) + 1;
        }

        _ = call.ContinueWith(
            ended => End(element, name, ended), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void End(object element, string name, Task call)
    {
        lock (_lock)
        {
            _count--;
            if (--_ofElement[element] is var left && left == 0)
            {
                _ofElement.Remove(element);
            }
        }

        if (call.Exception?.GetBaseException() is { } exception and not OperationCanceledException)
        {
            CodeLog.AbandonedCodeFailed(logger, name, exception);
        }
    }
}
