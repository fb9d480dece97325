namespace Workflow.Core.Rules;

/// <summary>Takes values one by one and gives their aggregate (statement 3.5).</summary>
internal struct Aggregation(AggregateKind kind)
{
    private Number _value;
    private int _count;

    public void Add<T>(T value)
    {
        if (kind is not AggregateKind.Count)
        {
            Combine(Number.From(value));
        }

        _count++;
    }

    /// <returns>False over nothing, for the aggregates that have no value then.</returns>
    public readonly bool TryGetResult(out Number result)
    {
        result = kind switch
        {
            AggregateKind.Count => _count,
            AggregateKind.Average when _count > 0 => Number.Divide(_value, _count),
            _ => _value,
        };
        return _count > 0 || kind is AggregateKind.Sum or AggregateKind.Count;
    }

    private void Combine(Number value)
    {
        if (_count == 0)
        {
            _value = value;
        }
        else if (kind is AggregateKind.Sum or AggregateKind.Average)
        {
            _value = Number.Add(_value, value);
        }
        else if (value.IsNaN || (Number.OrderOf(value, _value) & (kind is AggregateKind.Minimum ? Order.Less : Order.Greater)) != 0)
        {
            // A value that is not a number wins, so that the result does not depend on the order of the values.
            _value = value;
        }
    }
}
