using Workflow.Core.Rules;

namespace Workflow.Core.Analysis;

/// <summary>A rule with some clauses that can be evaluated beforehand and others that cannot. The known clauses may be enough: false and something unknown is
/// false.</summary>
internal sealed class PartialRule
{
    private readonly Rule _rule;
    private readonly PartialRule[] _parts;
    private readonly Func<bool?[], bool?>? _join;

    private PartialRule(Rule rule, string? whyUnknown)
    {
        _rule = rule;
        _parts = [];
        WhyUnknown = whyUnknown;
    }

    private PartialRule(Rule rule, PartialRule[] parts, Func<bool?[], bool?> join)
    {
        _rule = rule;
        _parts = parts;
        _join = join;
        WhyUnknown = Array.Find(parts, part => part.WhyUnknown is not null)?.WhyUnknown;
    }

    /// <summary>Why a clause of it cannot be evaluated; null when all can.</summary>
    public string? WhyUnknown { get; }

    public static PartialRule Of(Rule rule, RuleKnowledge knowledge)
    {
        var whyUnknown = knowledge.WhyUnknown(rule);
        return whyUnknown is null
            ? new PartialRule(rule, whyUnknown)
            : rule switch
            {
                ClauseProgram program => Of(program.Tree, knowledge),
                Negation negation => new PartialRule(rule, [Of(negation.Rule, knowledge)], parts => !parts[0]),
                Junction junction => new PartialRule(
                    rule,
                    [.. junction.Clauses.Select(clause => Of(clause, knowledge))],
                    parts => parts.Aggregate((left, right) => Join(junction.Rank, left, right))),
                RuleList list => new PartialRule(
                    rule, [.. list.Items.Select(item => Of(item.Rule, knowledge))], parts => Fold([.. list.Items.Select(item => item.Join)], parts)),
                _ => new PartialRule(rule, whyUnknown),
            };
    }

    /// <summary>Whether the rule is true; null when that depends on what is not known.</summary>
    public bool? Evaluate(in RuleScope scope)
    {
        if (_join is null)
        {
            return WhyUnknown is null ? EvaluateKnown(scope) : null;
        }

        var results = new bool?[_parts.Length];
        for (var index = 0; index < results.Length; index++)
        {
            results[index] = _parts[index].Evaluate(scope);
        }

        return _join(results);
    }

    /// <summary>An exception that a rule throws when it runs is the instance's matter, not the analysis's.</summary>
    private bool? EvaluateKnown(in RuleScope scope)
    {
        try
        {
            return _rule.Evaluate(scope);
        }
        catch (Exception exception) when (exception is not WorkflowInvariantException)
        {
            return null;
        }
    }

    private static bool? Fold(RuleRank[] joins, bool?[] parts)
    {
        var result = parts[0];
        for (var index = 1; index < parts.Length; index++)
        {
            result = Join(joins[index], result, parts[index]);
        }

        return result;
    }

    private static bool? Join(RuleRank join, bool? left, bool? right) => join switch
    {
        RuleRank.And => left & right,
        RuleRank.Or => left | right,
        _ => left ^ right,
    };
}
