using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>The number of completed slots that satisfy a predicate (statement 3.7).</summary>
internal sealed class AnswerCount(Rule predicate) : NumberOperand(RuleSize.Above(predicate.Size))
{
    public static int Of(Rule predicate, in RuleScope scope)
    {
        if (predicate is FieldRule clause && clause.CanBeAskedDirectly(scope))
        {
            return clause.CountIn(scope);
        }

        var count = 0;
        var answers = new CompletedAnswers(scope);
        while (answers.MoveNext())
        {
            count += predicate.Evaluate(answers.Current) ? 1 : 0;
        }

        return count;
    }

    internal override Operand<Number> Rebuild(RuleBinder binder)
    {
        var function = RuleWriter.Of(this);
        binder.UseAnswers(function);
        return new AnswerCount(binder.BindPredicate(predicate, function));
    }

    internal override TextTree ToTree() => new("answers satisfying", predicate.ToTree());

    internal override void Write(RuleWriter writer) => writer.Append("Answers.CountOf(").Append(predicate, within: RuleRank.Or).Append(")");

    private protected override bool Fetch(in RuleScope scope, out Number value)
    {
        value = Of(predicate, scope);
        return true;
    }
}
