using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>A flat list of rules, joined strictly from top to bottom: each item with the result of all above it, without precedence (statement 3.4). Made by
/// <see cref="Rule.List(Rule)"/>; each of its methods gives a longer list and leaves this one as it is.</summary>
public sealed class RuleList : Rule
{
    private readonly Member[] _items;

    internal RuleList(Rule first)
        : this([new Member(RuleRank.Primary, first)])
    {
    }

    private RuleList(Member[] items)
        : base(RuleSize.Above([.. items.Select(item => item.Rule)])) => _items = items;

    internal IReadOnlyList<Member> Items => _items;

    /// <summary>The list with one more item: true when everything above and the item are true.</summary>
    /// <param name="item">The item; a list is an indented group.</param>
    /// <returns>The longer list.</returns>
    public RuleList And(Rule item) => With(RuleRank.And, item);

    /// <summary>The list with one more item: true when everything above, or the item, or both are true.</summary>
    /// <param name="item">The item; a list is an indented group.</param>
    /// <returns>The longer list.</returns>
    public RuleList Or(Rule item) => With(RuleRank.Or, item);

    /// <summary>The list with one more item: true when either everything above or the item is true, and not both.</summary>
    /// <param name="item">The item; a list is an indented group.</param>
    /// <returns>The longer list.</returns>
    public RuleList Xor(Rule item) => With(RuleRank.Xor, item);

    internal override Rule Rebuild(RuleBinder binder)
    {
        var bound = new Member[_items.Length];
        for (var index = 0; index < bound.Length; index++)
        {
            bound[index] = _items[index] with { Rule = _items[index].Rule.Rebuild(binder) };
        }

        return new RuleList(bound);
    }

    internal override TextTree ToTree() =>
        new("list", [.. _items.Select(item => item.Join is RuleRank.Primary ? item.Rule.ToTree() : new TextTree($"{item.Join}", item.Rule.ToTree()))]);

    internal override void Write(RuleWriter writer)
    {
        writer.Append("{ ");
        foreach (var item in _items)
        {
            writer.Append(item.Join switch
            {
                RuleRank.And => " And ",
                RuleRank.Or => " Or ",
                RuleRank.Xor => " Xor ",
                _ => "",
            }).Append(item.Rule, within: RuleRank.Comparison);
        }

        writer.Append(" }");
    }

    internal override bool Decide(in RuleScope scope)
    {
        var result = _items[0].Rule.Evaluate(scope);
        for (var index = 1; index < _items.Length; index++)
        {
            var (join, rule) = _items[index];
            if (join is RuleRank.Xor)
            {
                result ^= rule.Evaluate(scope);
            }
            else if (result == (join is RuleRank.Or))
            {
                // The operands above decide: true Or anything, false And anything.
                scope.Recorder?.Skip([rule]);
            }
            else
            {
                result = rule.Evaluate(scope);
            }
        }

        return result;
    }

    private RuleList With(RuleRank join, Rule item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new RuleList([.. _items, new Member(join, item)]);
    }

    /// <summary>An item with how it is joined to all above it.</summary>
    internal readonly record struct Member(RuleRank Join, Rule Rule);
}
