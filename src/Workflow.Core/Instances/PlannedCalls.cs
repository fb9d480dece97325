namespace Workflow.Core.Instances;

/// <summary>The calls to make to the outside, in the order of planning (statement 3.12). Most instances have one call planned at a time, for which a queue
/// would be too much.</summary>
internal struct PlannedCalls
{
    private PlannedCall _first;
    private Queue<PlannedCall>? _behind;

    public void Add(in PlannedCall call)
    {
        if (Next().IsNone)
        {
            _first = call;
        }
        else
        {
            (_behind ??= new Queue<PlannedCall>()).Enqueue(call);
        }
    }

    /// <summary>Adds a call that may have failed before, at the place that its number gives it. It is there once.</summary>
    public void AddAgain(in PlannedCall call)
    {
        var again = call;
        var all = new List<PlannedCall> { again };
        if (Next() is { IsNone: false } first)
        {
            all.AddRange(new[] { first }.Concat(_behind ?? []).Where(planned => planned.Number != again.Number));
        }

        (_first, _behind) = (default, null);
        foreach (var planned in all.OrderBy(planned => planned.Number))
        {
            Add(planned);
        }
    }

    /// <summary>The first call that is still to be made. Those before it are forgotten.</summary>
    public PlannedCall Next()
    {
        while (!_first.IsNone && _first.Status is CallStatus.Over)
        {
            _first = _behind is not null && _behind.TryDequeue(out var next) ? next : default;
        }

        return _first;
    }

    /// <summary>The call with a number, if it is still to be made.</summary>
    public PlannedCall Find(int number)
    {
        if (Next() is var first && (first.IsNone || first.Number == number))
        {
            return first;
        }

        return _behind?.FirstOrDefault(call => call.Number == number && call.Status is not CallStatus.Over) ?? default;
    }
}
