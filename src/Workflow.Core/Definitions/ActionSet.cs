using Workflow.Core.Contexts;
using Workflow.Core.Formats;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>A field that an action sets, and the value that it sets it to (statement 2.1).</summary>
internal abstract class ActionSet
{
    private readonly int _ordinal;

    private ActionSet(Field field, int ordinal) => (Field, _ordinal) = (field, ordinal);

    public Field Field { get; }

    /// <summary>Whether the value is written in the definition.</summary>
    public bool IsConstant => this is OfValue;

    /// <summary>The texts that the value can be; null where only data tell.</summary>
    public abstract IReadOnlyList<string>? OnlyTexts { get; }

    /// <summary>The same with its fields bound.</summary>
    public abstract ActionSet Bind(RuleBinder binder);

    /// <summary>The write, with the value that the field gets now.</summary>
    public FieldWrite Read(in RuleScope scope) => new(Field.Scope, _ordinal, ValueOf(scope));

    public TextTree ToTree() => this is OfValue constant
        ? new TextTree($"sets: {Words} {ExactText.Of(constant.Value)}")
        : new TextTree($"sets: {Words}", Operand());

    private string Words => $"{RuleBinder.Word(Field.Scope)} field {ExactText.Quoted(Field.Name)} to";

    private protected abstract FieldValue ValueOf(in RuleScope scope);

    private protected abstract TextTree Operand();

    /// <summary>A value that is written in the definition.</summary>
    public sealed class OfValue(Field field, FieldValue value, int ordinal = -1) : ActionSet(field, ordinal)
    {
        public FieldValue Value => value;

        public override IReadOnlyList<string>? OnlyTexts => value.Reference is string text ? [text] : [];

        public override ActionSet Bind(RuleBinder binder) => new OfValue(Field, value, binder.Locate(Field));

        private protected override FieldValue ValueOf(in RuleScope scope) => value;

        private protected override TextTree Operand() => new(ExactText.Of(value));
    }

    /// <summary>A value that is read when the action is taken.</summary>
    public sealed class OfOperand<T>(Field field, Operand<T> operand, int ordinal = -1) : ActionSet(field, ordinal)
    {
        public override IReadOnlyList<string>? OnlyTexts => (operand as Operand<string>)?.OnlyValues;

        public override ActionSet Bind(RuleBinder binder) => new OfOperand<T>(Field, operand.Bind(binder), binder.Locate(Field));

        private protected override FieldValue ValueOf(in RuleScope scope) => operand.Read(scope, out var value) ? FieldValue.From(value) : FieldValue.Null;

        private protected override TextTree Operand() => operand.ToTree();
    }
}
