using System.Runtime.CompilerServices;

namespace Workflow.Core.Rules;

/// <summary>Something a rule can compare: a data field, a status, a number of answers, a choice (statement 3.4). Its comparison operators make rules.</summary>
/// <typeparam name="T">The type of its value. Only operands and values of one type can be compared; see <see cref="Numbers.AsNumber{T}"/> for numbers of
/// different types.</typeparam>
/// <remarks>
/// A null is an operand without a value. <c>==</c> and <c>!=</c> compare with it, so null == null is true and null != 5 is true. Every other comparison with a
/// null is false. Text is compared ordinally, and case counts. Dates are compared as instants. If a double is not a number, every comparison is false except
/// <c>!=</c> (statement 3.4).
/// </remarks>
public abstract class Operand<T> : Operand
{
    private protected Operand(RuleSize size) => Size = size;

    /// <summary>True when there is no value.</summary>
    public Rule IsNull => new NullTest<T>(this, isNull: true);

    /// <summary>True when there is a value.</summary>
    public Rule HasValue => new NullTest<T>(this, isNull: false);

    internal RuleSize Size { get; }

    /// <summary>The field whose value it is, whatever else decides; null when there is no such field.</summary>
    internal virtual Field? FieldRead => null;

    /// <summary>The values that it can have, when all of them are written in the rule itself; null for everything else.</summary>
    internal virtual IReadOnlyList<T>? OnlyValues => null;

    /// <summary>The texts that are written in the rule itself and that it can be; empty for everything else.</summary>
    internal virtual IEnumerable<string> WrittenTexts => [];

    /// <summary>Whether a trace shows the value. It does not for a value that the rule itself contains, or that is shown already.</summary>
    internal virtual bool IsTraced => true;

    /// <summary>The operand as text in braces, the same in every culture. By concatenation, a data field gets into the URL or the text of a task as a template
    /// names it. Anything else is refused there (statement 1.1).</summary>
    /// <returns>For example <c>{Amount}</c>.</returns>
    public sealed override string ToString() => InTemplate;

    /// <summary>Whether both are one and the same object. <c>==</c> makes a rule instead.</summary>
    /// <param name="obj">The other object.</param>
    /// <returns>Whether it is this one.</returns>
    public sealed override bool Equals(object? obj) => ReferenceEquals(this, obj);

    /// <inheritdoc/>
    public sealed override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <summary>A copy in which each field is resolved to its position; problems go to the binder.</summary>
    internal Operand<T> Bind(RuleBinder binder) => binder.Accepts(Size) ? Rebuild(binder) : this;

    /// <summary>Reads the value: the one way to it, whether a trace is taken or not.</summary>
    /// <returns>False when there is none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Read(in RuleScope scope, out T value)
    {
        var hasValue = Fetch(scope, out value);
        if (scope.Recorder is not null)
        {
            scope.Recorder.Value(this, hasValue, value);
        }

        return hasValue;
    }

    /// <summary>The operand as a template has it.</summary>
    private protected virtual string InTemplate => $"{{{RuleWriter.Of(this)}}}";

    internal abstract Operand<T> Rebuild(RuleBinder binder);

    internal sealed override FieldShape? ShapeOfValue => FieldShape.OrNull<T>();

    internal sealed override Operand BindAny(RuleBinder binder) => Bind(binder);

    internal sealed override FieldValue ReadAny(in RuleScope scope) => Read(scope, out var value) ? FieldValue.From(value) : FieldValue.Null;

    internal abstract void Write(RuleWriter writer);

    private protected abstract bool Fetch(in RuleScope scope, out T value);

    /// <summary>True when both are the same value, or neither has one.</summary>
    /// <param name="left">One operand.</param>
    /// <param name="right">The other.</param>
    /// <returns>The rule.</returns>
    public static Rule operator ==(Operand<T> left, Operand<T> right) => Comparison<T>.Of(left, Order.Equal, right);

    /// <summary>True when they are different values, or only one has a value.</summary>
    /// <param name="left">One operand.</param>
    /// <param name="right">The other.</param>
    /// <returns>The rule.</returns>
    public static Rule operator !=(Operand<T> left, Operand<T> right) => Comparison<T>.Of(left, Order.NotEqual, right);

    /// <summary>True when the left one comes before the right one.</summary>
    /// <param name="left">One operand.</param>
    /// <param name="right">The other.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">Values of this type have no order (statement 3.4).</exception>
    public static Rule operator <(Operand<T> left, Operand<T> right) => Comparison<T>.Of(left, Order.Less, right);

    /// <summary>True when the left one comes after the right one.</summary>
    /// <param name="left">One operand.</param>
    /// <param name="right">The other.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">Values of this type have no order (statement 3.4).</exception>
    public static Rule operator >(Operand<T> left, Operand<T> right) => Comparison<T>.Of(left, Order.Greater, right);

    /// <summary>True when the left one does not come after the right one.</summary>
    /// <param name="left">One operand.</param>
    /// <param name="right">The other.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">Values of this type have no order (statement 3.4).</exception>
    public static Rule operator <=(Operand<T> left, Operand<T> right) => Comparison<T>.Of(left, Order.LessOrEqual, right);

    /// <summary>True when the left one does not come before the right one.</summary>
    /// <param name="left">One operand.</param>
    /// <param name="right">The other.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">Values of this type have no order (statement 3.4).</exception>
    public static Rule operator >=(Operand<T> left, Operand<T> right) => Comparison<T>.Of(left, Order.GreaterOrEqual, right);

    /// <summary>True when the operand has this value; with a null, when it has none.</summary>
    /// <param name="left">The operand.</param>
    /// <param name="right">The value.</param>
    /// <returns>The rule.</returns>
    public static Rule operator ==(Operand<T> left, T? right) => Comparison<T>.Of(left, Order.Equal, Constant<T>.Of(right!));

    /// <summary>True when the operand has another value or none; with a null, when it has one.</summary>
    /// <param name="left">The operand.</param>
    /// <param name="right">The value.</param>
    /// <returns>The rule.</returns>
    public static Rule operator !=(Operand<T> left, T? right) => Comparison<T>.Of(left, Order.NotEqual, Constant<T>.Of(right!));

    /// <summary>True when the operand comes before the value.</summary>
    /// <param name="left">The operand.</param>
    /// <param name="right">The value.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">Values of this type have no order (statement 3.4).</exception>
    public static Rule operator <(Operand<T> left, T right) => Comparison<T>.Of(left, Order.Less, Constant<T>.Of(right));

    /// <summary>True when the operand comes after the value.</summary>
    /// <param name="left">The operand.</param>
    /// <param name="right">The value.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">Values of this type have no order (statement 3.4).</exception>
    public static Rule operator >(Operand<T> left, T right) => Comparison<T>.Of(left, Order.Greater, Constant<T>.Of(right));

    /// <summary>True when the operand does not come after the value.</summary>
    /// <param name="left">The operand.</param>
    /// <param name="right">The value.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">Values of this type have no order (statement 3.4).</exception>
    public static Rule operator <=(Operand<T> left, T right) => Comparison<T>.Of(left, Order.LessOrEqual, Constant<T>.Of(right));

    /// <summary>True when the operand does not come before the value.</summary>
    /// <param name="left">The operand.</param>
    /// <param name="right">The value.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">Values of this type have no order (statement 3.4).</exception>
    public static Rule operator >=(Operand<T> left, T right) => Comparison<T>.Of(left, Order.GreaterOrEqual, Constant<T>.Of(right));

    /// <summary>True when the operand has this value; with a null, when it has none.</summary>
    /// <param name="left">The value.</param>
    /// <param name="right">The operand.</param>
    /// <returns>The rule.</returns>
    public static Rule operator ==(T? left, Operand<T> right) => Comparison<T>.Of(Constant<T>.Of(left!), Order.Equal, right);

    /// <summary>True when the operand has another value or none; with a null, when it has one.</summary>
    /// <param name="left">The value.</param>
    /// <param name="right">The operand.</param>
    /// <returns>The rule.</returns>
    public static Rule operator !=(T? left, Operand<T> right) => Comparison<T>.Of(Constant<T>.Of(left!), Order.NotEqual, right);

    /// <summary>True when the value comes before the operand.</summary>
    /// <param name="left">The value.</param>
    /// <param name="right">The operand.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">Values of this type have no order (statement 3.4).</exception>
    public static Rule operator <(T left, Operand<T> right) => Comparison<T>.Of(Constant<T>.Of(left), Order.Less, right);

    /// <summary>True when the value comes after the operand.</summary>
    /// <param name="left">The value.</param>
    /// <param name="right">The operand.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">Values of this type have no order (statement 3.4).</exception>
    public static Rule operator >(T left, Operand<T> right) => Comparison<T>.Of(Constant<T>.Of(left), Order.Greater, right);

    /// <summary>True when the value does not come after the operand.</summary>
    /// <param name="left">The value.</param>
    /// <param name="right">The operand.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">Values of this type have no order (statement 3.4).</exception>
    public static Rule operator <=(T left, Operand<T> right) => Comparison<T>.Of(Constant<T>.Of(left), Order.LessOrEqual, right);

    /// <summary>True when the value does not come before the operand.</summary>
    /// <param name="left">The value.</param>
    /// <param name="right">The operand.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">Values of this type have no order (statement 3.4).</exception>
    public static Rule operator >=(T left, Operand<T> right) => Comparison<T>.Of(Constant<T>.Of(left), Order.GreaterOrEqual, right);
}
