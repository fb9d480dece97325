using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>An aggregate over the values that a field has in the completed slots; a slot without a value is left out (statement 3.5).</summary>
internal sealed class AnswerAggregate<T> : NumberOperand
{
    private readonly AggregateKind _kind;
    private readonly Operand<T> _field;

    private AnswerAggregate(AggregateKind kind, Operand<T> field)
        : base(RuleSize.Above(field.Size))
    {
        _kind = kind;
        _field = field;
    }

    public static AnswerAggregate<T> Of(AggregateKind kind, DestinationField<T> field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return new AnswerAggregate<T>(kind, field);
    }

    internal override Operand<Number> Rebuild(RuleBinder binder)
    {
        binder.UseAnswers(RuleWriter.Of(this));
        return new AnswerAggregate<T>(_kind, binder.BindWithin(_field));
    }

    internal override TextTree ToTree() => new($"answers {_kind}", _field.ToTree());

    internal override void Write(RuleWriter writer) => writer.Append($"Answers.{_kind}(").Append(_field).Append(")");

    private protected override bool Fetch(in RuleScope scope, out Number value)
    {
        var aggregation = new Aggregation(_kind);
        var answers = new CompletedAnswers(scope);
        while (answers.MoveNext())
        {
            if (_field.Read(answers.Current, out var answer))
            {
                aggregation.Add(answer);
            }
        }

        return aggregation.TryGetResult(out value);
    }
}
