using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>The opposite of a rule.</summary>
internal sealed class Negation(Rule rule) : Rule(RuleSize.Above(rule.Size))
{
    internal Rule Rule => rule;

    internal override Rule Rebuild(RuleBinder binder) => new Negation(rule.Rebuild(binder));

    internal override TextTree ToTree() => new("not", rule.ToTree());

    internal override void Write(RuleWriter writer) => writer.Append("!").Append(rule, within: RuleRank.Primary);

    internal override bool Decide(in RuleScope scope) => !rule.Evaluate(scope);
}
