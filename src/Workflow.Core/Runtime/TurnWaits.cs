using Workflow.Core.Contexts;

namespace Workflow.Core.Runtime;

/// <summary>Knows for which instances code of an engine's instances waits. Code of one instance that acts on a second one waits for the turn of the second. If
/// that one's code waits in turn for the first, directly or through others, none of them would ever continue. So the last to ask is refused (statement
/// 14.7b).</summary>
internal sealed class TurnWaits
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];

    /// <summary>Notes that the current flow acts on an instance, if it is part of a call of code.</summary>
    /// <returns>To be disposed of when the instance has been acted on.</returns>
    /// <exception cref="WorkflowReentrancyException">It would wait for itself.</exception>
    public Wait Begin(ProcessInstanceId on)
    {
        if (CallFrame.CallingIn(this) is not { } mark)
        {
            return default;
        }

        lock (_lock)
        {
            if (PathFrom(on, mark.Turn.ProcessInstance) is { } path)
            {
                throw new WorkflowReentrancyException(mark.Turn.ProcessInstance, path);
            }

            var entry = new Entry(mark, mark.Call, on);
            _entries.Add(entry);
            return new Wait(this, entry);
        }
    }

    /// <summary>For which instances the code of a call waits, as a sentence with a space in front; empty for none.</summary>
    public string WaitsOf(ICallMark mark)
    {
        lock (_lock)
        {
            var waits = _entries.Where(entry => entry.Mark == mark && entry.Call == mark.Call).Select(entry => entry.On).Distinct().ToList();
            return waits.Count switch
            {
                0 => "",
                1 => $" The code of process instance {mark.Turn.ProcessInstance} waits for process instance {waits[0]}.",
                _ => $" The code of process instance {mark.Turn.ProcessInstance} waits for process instances {string.Join(", ", waits)}.",
            };
        }
    }

    /// <summary>The chain of instances through which one waits for another, itself in front; null when it does not.</summary>
    private List<ProcessInstanceId>? PathFrom(ProcessInstanceId from, ProcessInstanceId to)
    {
        var reached = new List<(ProcessInstanceId Instance, int Before)> { (from, -1) };
        for (var at = 0; at < reached.Count; at++)
        {
            if (reached[at].Instance == to)
            {
                var path = new List<ProcessInstanceId>();
                for (var step = at; step >= 0; step = reached[step].Before)
                {
                    path.Insert(0, reached[step].Instance);
                }

                return path;
            }

            foreach (var entry in _entries)
            {
                if (entry.IsReal && entry.Mark.Turn.ProcessInstance == reached[at].Instance && !reached.Exists(other => other.Instance == entry.On))
                {
                    reached.Add((entry.On, at));
                }
            }
        }

        return null;
    }

    private void End(Entry entry)
    {
        lock (_lock)
        {
            _entries.Remove(entry);
        }
    }

    /// <summary>The fact that code acts on an instance.</summary>
    internal readonly struct Wait(TurnWaits waits, Entry entry) : IDisposable
    {
        public void Dispose() => waits?.End(entry);
    }

    /// <summary>One call of code that acts on an instance.</summary>
    internal sealed class Entry(ICallMark mark, int call, ProcessInstanceId on)
    {
        public ICallMark Mark => mark;

        public int Call => call;

        public ProcessInstanceId On => on;

        /// <summary>Whether the call that asked is still running.</summary>
        public bool IsReal => mark.IsCalling && mark.Call == call;
    }
}
