using System.Collections;

namespace Workflow.Core.Instances;

/// <summary>The timers of one owner in a chain, in the order in which they were armed.</summary>
internal readonly struct OwnedTimers(ArmedTimer? first, TimerOwner owner) : IEnumerable<ProcessTimer>
{
    public int Count
    {
        get
        {
            var count = 0;
            for (var timers = GetEnumerator(); timers.MoveNext();)
            {
                count++;
            }

            return count;
        }
    }

    public Enumerator GetEnumerator() => new(first, owner);

    IEnumerator<ProcessTimer> IEnumerable<ProcessTimer>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public struct Enumerator(ArmedTimer? first, TimerOwner owner) : IEnumerator<ProcessTimer>
    {
        private ArmedTimer? _next = first;
        private ArmedTimer? _current;

        /// <summary>The present one, with what the store is to be told of it.</summary>
        public readonly ArmedTimer Armed => _current!;

        public readonly ProcessTimer Current => _current!.Timer;

        readonly object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            do
            {
                (_current, _next) = (_next, _next?.Next);
            }
            while (_current is not null && TimerOwner.Of(_current.Timer) != owner);
            return _current is not null;
        }

        public readonly void Reset() => throw new NotSupportedException();

        public readonly void Dispose()
        {
        }
    }
}
