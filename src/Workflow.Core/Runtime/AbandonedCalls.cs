using Microsoft.Extensions.Logging;

namespace Workflow.Core.Runtime;

/// <summary>Calls of the host's code that have not ended although their time is over.
/// Each may hold a thread, so there must not be any number of them.</summary>
internal sealed class AbandonedCalls(ILogger logger)
{
    /// <summary>How many there may be in an engine; then code that has some is not called again until they have ended.</summary>
    public const int Most = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<object, int> _ofElement = new(ReferenceEqualityComparer.Instance);
    private volatile int _count;

    /// <summary>How many calls of an element have not ended, when too many in all have not and it must not be called. Zero when it may be called.</summary>
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

    /// <summary>How many calls of an element have not ended.</summary>
    public int CountOf(object element)
    {
        if (_count == 0)
        {
            return 0;
        }

        lock (_lock)
        {
            return _ofElement.GetValueOrDefault(element);
        }
    }

    /// <summary>Notes a call whose time is over.</summary>
    public void Add(object element)
    {
        lock (_lock)
        {
            _count++;
            _ofElement[element] = _ofElement.GetValueOrDefault(element) + 1;
        }
    }

    /// <summary>Notes that a call has ended whose time was over.</summary>
    public void Remove(object element)
    {
        lock (_lock)
        {
            _count--;
            if (--_ofElement[element] is var left && left == 0)
            {
                _ofElement.Remove(element);
            }
        }
    }

    /// <summary>Logs the exception of code for which nobody waits.</summary>
    public void Report(string name, Exception? exception)
    {
        if (exception is not null and not OperationCanceledException)
        {
            CodeLog.AbandonedCodeFailed(logger, name, exception);
        }
    }
}
