namespace Workflow.Core.Instances;

/// <summary>The calls to make to the outside, in the order of planning (statement 3.12). Most instances have one call planned at a time, for which a queue
/// would be too much.</summary>
internal struct PlannedCalls
{
    private PlannedCall _first;
    private Queue<PlannedCall>? _behind;

    public void Add(in PlannedCall call)
    {
        if (Next() is null)
        {
            _first = call;
        }
        else
        {
            (_behind ??= new Queue<PlannedCall>()).Enqueue(call);
        }
    }

    /// <summary>The target of the first call that is still to be made; null for none. Those before it are forgotten.</summary>
    public object? Next()
    {
        while (_first.Target is not null)
        {
            if (_first.IsDue)
            {
                return _first.Target;
            }

            _first = _behind is not null && _behind.TryDequeue(out var next) ? next : default;
        }

        return null;
    }
}
