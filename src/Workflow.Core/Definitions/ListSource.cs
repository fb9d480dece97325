using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>Where the list comes from that gives slots their instance data (statement 4.7).</summary>
internal abstract class ListSource
{
    private ListSource()
    {
    }

    /// <summary>The list field; null where a question gives the list.</summary>
    public virtual Field? List => null;

    /// <summary>The question; null where a field gives the list.</summary>
    public virtual QuestionDefinition? Question => null;

    /// <summary>A list of the type of the instance data.</summary>
    public abstract FieldShape Shape { get; }

    /// <summary>The source as canonical text.</summary>
    public abstract string Exact { get; }

    public abstract ListSource Bind(RuleBinder binder);

    /// <summary>The list.</summary>
    /// <param name="answer">The answer of the resolver, where it was asked.</param>
    /// <param name="scope">The data.</param>
    /// <exception cref="InvalidOperationException">The answer is no list of the type that the definition says, or too large.</exception>
    public abstract FieldValue Read(in FieldValue answer, in RuleScope scope);

    /// <summary>A list field.</summary>
    /// <param name="list">The field.</param>
    /// <param name="ordinal">Its position among the fields of its scope; -1 until it is bound.</param>
    public sealed class OfField(Field list, int ordinal = -1) : ListSource
    {
        public override Field List => list;

        public override FieldShape Shape => list.Shape;

        public override string Exact => list.ToTree().Label;

        public override ListSource Bind(RuleBinder binder) => new OfField(list, binder.Locate(list));

        public override FieldValue Read(in FieldValue answer, in RuleScope scope) => scope.FieldsOf(list.Scope)[ordinal];
    }

    /// <summary>The answer to a question (statement 4.8b).</summary>
    /// <param name="question">The question.</param>
    /// <param name="shape">A list of the type of the elements.</param>
    public sealed class OfQuestion(QuestionDefinition question, FieldShape shape) : ListSource
    {
        public override QuestionDefinition Question => question;

        public override FieldShape Shape => shape;

        public override string Exact => $"{shape.Type} of {question.Exact}";

        public override ListSource Bind(RuleBinder binder) => new OfQuestion(question.Bind(binder), shape);

        public override FieldValue Read(in FieldValue answer, in RuleScope scope)
        {
            if (!answer.Fits(shape))
            {
                throw new InvalidOperationException(
                    $"The resolver answers the {question} with {new FieldShape(answer.Type, answer.IsList)}, and the definition wants {shape}. "
                        + "Answer with that.");
            }

            return FieldSize.IsTooLarge(answer)
                ? throw new InvalidOperationException(
                    $"The resolver answers the {question} with a list of more than {Limits.FieldBytes.Invariant()} bytes, which is the limit. "
                        + "Answer with keys, and let each slot fetch the rest.")
                : answer;
        }
    }
}
