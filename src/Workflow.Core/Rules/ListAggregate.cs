using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>An aggregate over the elements of a list (statement 3.5).</summary>
internal sealed class ListAggregate<T> : NumberOperand
{
    private readonly AggregateKind _kind;
    private readonly Operand<IReadOnlyList<T>> _list;

    private ListAggregate(AggregateKind kind, Operand<IReadOnlyList<T>> list)
        : base(RuleSize.Above(list.Size))
    {
        _kind = kind;
        _list = list;
    }

    public static ListAggregate<T> Of(AggregateKind kind, Operand<IReadOnlyList<T>> list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return new ListAggregate<T>(kind, list);
    }

    internal override Operand<Number> Rebuild(RuleBinder binder) => new ListAggregate<T>(_kind, _list.Rebuild(binder));

    internal override TextTree ToTree() => new($"list {_kind}", _list.ToTree());

    internal override void Write(RuleWriter writer) => writer.Append(_list).Append($".{_kind}()");

    private protected override bool Fetch(in RuleScope scope, out Number value)
    {
        var aggregation = new Aggregation(_kind);
        if (_list.Read(scope, out var list))
        {
            for (var index = 0; index < list.Count; index++)
            {
                aggregation.Add(list[index]);
            }
        }

        return aggregation.TryGetResult(out value);
    }
}
