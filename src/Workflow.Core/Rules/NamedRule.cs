using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>A condition in C#: opaque, known by its name. Its exceptions go to the caller unchanged.</summary>
internal sealed class NamedRule(string name, Predicate predicate) : Rule(RuleSize.Leaf)
{
    internal override Rule Rebuild(RuleBinder binder)
    {
        binder.UsePredicate(name);
        return this;
    }

    internal override TextTree ToTree() => new($"predicate {ExactText.Quoted(name)}");

    internal override void Write(RuleWriter writer) => writer.Append("[").Append(name).Append("]");

    internal override bool Decide(in RuleScope scope) => predicate(new RuleContext(scope));
}
