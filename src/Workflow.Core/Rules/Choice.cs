using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>One of two operands, by a rule.</summary>
internal sealed class Choice<T> : Operand<T>
{
    private readonly Rule _when;
    private readonly Operand<T> _then;
    private readonly Operand<T> _otherwise;

    private Choice(Rule when, Operand<T> then, Operand<T> otherwise)
        : base(RuleSize.Above(when.Size, then.Size, otherwise.Size))
    {
        _when = when;
        _then = then;
        _otherwise = otherwise;
    }

    internal override bool IsTraced => false;

    /// <summary>The field that both operands read.</summary>
    internal override Field? FieldRead =>
        _then.FieldRead is { } then && _otherwise.FieldRead is { } otherwise && then.Scope == otherwise.Scope && then.Name == otherwise.Name ? then : null;

    internal override IReadOnlyList<T>? OnlyValues =>
        _then.OnlyValues is { } then && _otherwise.OnlyValues is { } otherwise ? [.. then, .. otherwise] : null;

    internal override IEnumerable<string> WrittenTexts => _then.WrittenTexts.Concat(_otherwise.WrittenTexts);

    public static Choice<T> Of(Rule when, Operand<T> then, Operand<T> otherwise)
    {
        ArgumentNullException.ThrowIfNull(when);
        ArgumentNullException.ThrowIfNull(then);
        ArgumentNullException.ThrowIfNull(otherwise);
        return new Choice<T>(when, then, otherwise);
    }

    internal override Operand<T> Rebuild(RuleBinder binder) =>
        new Choice<T>(_when.Rebuild(binder), _then.Rebuild(binder), _otherwise.Rebuild(binder));

    internal override TextTree ToTree() => new("choose", _when.ToTree(), _then.ToTree(), _otherwise.ToTree());

    internal override void Write(RuleWriter writer) =>
        writer.Append("(").Append(_when, within: RuleRank.Or).Append(" ? ").Append(_then).Append(" : ").Append(_otherwise).Append(")");

    private protected override bool Fetch(in RuleScope scope, out T value) => (_when.Evaluate(scope) ? _then : _otherwise).Read(scope, out value);
}
