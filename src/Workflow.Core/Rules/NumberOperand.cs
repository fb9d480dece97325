namespace Workflow.Core.Rules;

/// <summary>An operand that is a number of any type, and can be reckoned with: a converted field, an aggregate, a count (statements 3.4 and 3.5).</summary>
/// <remarks>The result of a calculation with a null is null. Whole numbers that grow out of 64 bits become decimal; with a double the result is a double. A
/// result that no longer fits is an <see cref="OverflowException"/>, which puts the process instance into Error (statement 8.1).</remarks>
public abstract class NumberOperand : Operand<Number>
{
    private protected NumberOperand(RuleSize size)
        : base(size)
    {
    }

    /// <summary>The sum of two numbers.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other.</param>
    /// <returns>The sum.</returns>
    public static NumberOperand operator +(NumberOperand left, Operand<Number> right) => Arithmetic.Of(left, ArithmeticKind.Plus, right);

    /// <summary>The difference of two numbers.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The number to subtract.</param>
    /// <returns>The difference.</returns>
    public static NumberOperand operator -(NumberOperand left, Operand<Number> right) => Arithmetic.Of(left, ArithmeticKind.Minus, right);

    /// <summary>The product of two numbers.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other.</param>
    /// <returns>The product.</returns>
    public static NumberOperand operator *(NumberOperand left, Operand<Number> right) => Arithmetic.Of(left, ArithmeticKind.Times, right);

    /// <summary>The sum of two numbers.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other.</param>
    /// <returns>The sum.</returns>
    public static NumberOperand operator +(NumberOperand left, Number right) =>
        Arithmetic.Of(left, ArithmeticKind.Plus, Constant<Number>.Of(right));

    /// <summary>The difference of two numbers.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The number to subtract.</param>
    /// <returns>The difference.</returns>
    public static NumberOperand operator -(NumberOperand left, Number right) =>
        Arithmetic.Of(left, ArithmeticKind.Minus, Constant<Number>.Of(right));

    /// <summary>The product of two numbers.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other.</param>
    /// <returns>The product.</returns>
    public static NumberOperand operator *(NumberOperand left, Number right) =>
        Arithmetic.Of(left, ArithmeticKind.Times, Constant<Number>.Of(right));

    /// <summary>The sum of two numbers.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other.</param>
    /// <returns>The sum.</returns>
    public static NumberOperand operator +(Number left, NumberOperand right) =>
        Arithmetic.Of(Constant<Number>.Of(left), ArithmeticKind.Plus, right);

    /// <summary>The difference of two numbers.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The number to subtract.</param>
    /// <returns>The difference.</returns>
    public static NumberOperand operator -(Number left, NumberOperand right) =>
        Arithmetic.Of(Constant<Number>.Of(left), ArithmeticKind.Minus, right);

    /// <summary>The product of two numbers.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other.</param>
    /// <returns>The product.</returns>
    public static NumberOperand operator *(Number left, NumberOperand right) =>
        Arithmetic.Of(Constant<Number>.Of(left), ArithmeticKind.Times, right);
}
