using System.Runtime.CompilerServices;
using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>A condition on the state of a process instance, as data: it can be evaluated, explained, written out and analysed (statement 3.4).</summary>
/// <remarks>
/// <para>Rules are written with the comparison operators of <see cref="Operand{T}"/> and joined with <c>&amp;</c>, <c>|</c>, <c>^</c> and <c>!</c>. The tree
/// that C# makes of the expression, its precedence and its parentheses, is the grouping of statement 3.4. Comparisons bind tighter than <c>&amp;</c>, that
/// tighter than <c>^</c>, that tighter than <c>|</c>. Evaluation goes from left to right and leaves out what cannot change the result.</para>
/// <para><c>&amp;&amp;</c> and <c>||</c> do not compile: they would need a rule to be usable as a condition of <c>if</c>, where it has no value yet.</para>
/// <para>A flat list without precedence, evaluated from top to bottom, is <see cref="List(Rule)"/>.</para>
/// </remarks>
/// <example><code>Amount &lt; 3_000m &amp; Purpose == "travel" | Round &gt; 2</code></example>
public abstract class Rule
{
    private protected Rule(RuleSize size) => Size = size;

    internal RuleSize Size { get; }

    /// <summary>The field that it compares with a constant, if it does nothing else; a test for null compares with null. Null for every other rule.</summary>
    internal virtual (Field Field, FieldValue Constant)? Clause => null;

    /// <summary>How tightly it binds when it is written down.</summary>
    internal virtual RuleRank Rank => RuleRank.Primary;

    /// <summary>A condition in C# under a name, for what rules cannot express. It is opaque: an explanation shows its name and result only.</summary>
    /// <param name="name">The name, which says when the condition holds, for example <c>is a holiday</c>; 1 to 256 characters.</param>
    /// <param name="predicate">The condition. It must depend on nothing but the context: neither clock nor chance nor the world outside. An exception that it
    /// throws puts the process instance into Error (statement 8.1).</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">The name cannot be one.</exception>
    public static Rule Named(string name, Predicate predicate)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(predicate);
        return Names.Problem(name) is { } problem
            ? throw new ArgumentException($"'{name}' cannot be the name of a rule: {problem}.", nameof(name))
            : new NamedRule(name, predicate);
    }

    /// <summary>Begins a flat list: its items are joined from top to bottom, each with the result of all above it, without precedence. A list as an item of a
    /// list is the indentation of K2's rule editor (statement 3.4).</summary>
    /// <param name="first">The first item.</param>
    /// <returns>The list, to be continued with And, Or and Xor.</returns>
    /// <example><code>Rule.List(a).Or(b).And(c)                      // (a or b) and c
    /// Rule.List(a).Or(Rule.List(b).And(c))           // a or (b and c)</code></example>
    public static RuleList List(Rule first)
    {
        ArgumentNullException.ThrowIfNull(first);
        return new RuleList(first);
    }

    /// <summary>One of two values, by a rule: for example a number of approvals that depends on the amount (statement 3.7).</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="when">Decides between the two.</param>
    /// <param name="then">The value when it is true.</param>
    /// <param name="otherwise">The value when it is false.</param>
    /// <returns>The operand.</returns>
    public static Operand<T> Choose<T>(Rule when, T then, T otherwise) =>
        Choice<T>.Of(when, Constant<T>.Of(then), Constant<T>.Of(otherwise));

    /// <inheritdoc cref="Choose{T}(Rule, T, T)"/>
    [OverloadResolutionPriority(1)]
    public static Operand<T> Choose<T>(Rule when, Operand<T> then, Operand<T> otherwise) => Choice<T>.Of(when, then, otherwise);

    /// <inheritdoc cref="Choose{T}(Rule, T, T)"/>
    [OverloadResolutionPriority(1)]
    public static Operand<T> Choose<T>(Rule when, Operand<T> then, T otherwise) => Choice<T>.Of(when, then, Constant<T>.Of(otherwise));

    /// <inheritdoc cref="Choose{T}(Rule, T, T)"/>
    [OverloadResolutionPriority(1)]
    public static Operand<T> Choose<T>(Rule when, T then, Operand<T> otherwise) => Choice<T>.Of(when, Constant<T>.Of(then), otherwise);

    /// <summary>The rule as text, the same in every culture, with the operators of C#; a flat list stands in braces.</summary>
    /// <returns>For example <c>Amount &lt; 3000 &amp; Purpose == "travel"</c>.</returns>
    public sealed override string ToString() => RuleWriter.Of(this);

    /// <summary>A copy of the rule in which each field is resolved to its position. Problems go to the binder; with any, it must not be evaluated.</summary>
    internal Rule Bind(RuleBinder binder) => binder.Accepts(Size) ? ClauseProgram.Of(Rebuild(binder)) : this;

    /// <summary>Whether the rule is true. This is the only way to the result, whether a trace is taken or not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Evaluate(in RuleScope scope) => scope.Recorder is null ? Decide(scope) : scope.Recorder.Clause(this, scope);

    /// <summary>Evaluates the rule and tells how the result came about.</summary>
    internal RuleTrace Explain(in RuleScope scope)
    {
        var recorder = new RuleRecorder();
        Evaluate(scope.RecordedBy(recorder));
        return recorder.Trace;
    }

    internal abstract Rule Rebuild(RuleBinder binder);

    /// <summary>The same as a tree, with scopes and types, and nothing shortened.</summary>
    internal abstract TextTree ToTree();

    internal abstract void Write(RuleWriter writer);

    /// <summary>Works the result out; for <see cref="Evaluate"/> and its recorder only.</summary>
    internal abstract bool Decide(in RuleScope scope);

    /// <summary>True when both are.</summary>
    /// <param name="left">Evaluated first.</param>
    /// <param name="right">Evaluated when the left one is true.</param>
    /// <returns>The rule.</returns>
    public static Rule operator &(Rule left, Rule right) => Junction.Of(RuleRank.And, left, right);

    /// <summary>True when one of them or both are.</summary>
    /// <param name="left">Evaluated first.</param>
    /// <param name="right">Evaluated when the left one is false.</param>
    /// <returns>The rule.</returns>
    public static Rule operator |(Rule left, Rule right) => Junction.Of(RuleRank.Or, left, right);

    /// <summary>True when exactly one of them is. Several are taken in pairs from the left: <c>a ^ b ^ c</c> is <c>(a ^ b) ^ c</c> (statement 3.4).</summary>
    /// <param name="left">Evaluated first.</param>
    /// <param name="right">Evaluated second.</param>
    /// <returns>The rule.</returns>
    public static Rule operator ^(Rule left, Rule right) => Junction.Of(RuleRank.Xor, left, right);

    /// <summary>True when the rule is false.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>The rule.</returns>
    public static Rule operator !(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return new Negation(rule);
    }
}
