using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>Rules joined with And, Or or Xor, from left to right (statement 3.4).</summary>
/// <remarks>A chain of one operator is one node with many clauses, so that a long chain is not a deep tree.</remarks>
internal sealed class Junction : Rule
{
    private readonly RuleRank _kind;
    private readonly Rule[] _clauses;

    private Junction(RuleRank kind, Rule[] clauses)
        : base(RuleSize.Above(clauses))
    {
        _kind = kind;
        _clauses = clauses;
    }

    internal override RuleRank Rank => _kind;

    internal Rule[] Clauses => _clauses;

    public static Junction Of(RuleRank kind, Rule left, Rule right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return left is Junction chain && chain._kind == kind
            ? new Junction(kind, [.. chain._clauses, right])
            : new Junction(kind, [left, right]);
    }

    internal override Rule Rebuild(RuleBinder binder)
    {
        var bound = new Rule[_clauses.Length];
        for (var index = 0; index < bound.Length; index++)
        {
            bound[index] = _clauses[index].Rebuild(binder);
        }

        return new Junction(_kind, bound);
    }

    internal override TextTree ToTree() => new($"{_kind}", [.. _clauses.Select(clause => clause.ToTree())]);

    internal override void Write(RuleWriter writer)
    {
        var symbol = _kind switch
        {
            RuleRank.And => " & ",
            RuleRank.Or => " | ",
            _ => " ^ ",
        };
        writer.Append(_clauses[0], within: _kind);
        for (var index = 1; index < _clauses.Length; index++)
        {
            writer.Append(symbol).Append(_clauses[index], within: _kind - 1);
        }
    }

    internal override bool Decide(in RuleScope scope) => _kind is RuleRank.Xor ? DecideXor(scope) : DecideUntil(scope, decisive: _kind is RuleRank.Or);

    /// <summary>And stops at the first clause that is false, Or at the first that is true.</summary>
    private bool DecideUntil(in RuleScope scope, bool decisive)
    {
        var clauses = _clauses;
        for (var index = 0; index < clauses.Length; index++)
        {
            if (clauses[index].Evaluate(scope) == decisive)
            {
                scope.Recorder?.Skip(clauses.AsSpan(index + 1));
                return decisive;
            }
        }

        return !decisive;
    }

    private bool DecideXor(in RuleScope scope)
    {
        var result = false;
        foreach (var clause in _clauses)
        {
            result ^= clause.Evaluate(scope);
        }

        return result;
    }
}
