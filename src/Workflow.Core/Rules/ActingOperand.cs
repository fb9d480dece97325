using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>Something that is known while an action is taken.</summary>
/// <param name="what">The words for it, which are stored with the definition and do not change.</param>
/// <param name="read">Reads it: whether there is a value, and the value.</param>
internal sealed class ActingOperand<T>(string what, Func<ActionTaking, (bool HasValue, T Value)> read) : Operand<T>(RuleSize.Leaf)
{
    internal override Operand<T> Rebuild(RuleBinder binder)
    {
        if (binder.Place is not RulePlace.Action)
        {
            binder.Report(
                $"'{what}' is read, and {binder.Place.InWords()} is asked when nobody takes an action",
                "2.1",
                "Let the actions of the task set a data field with it, and read that.");
        }

        return this;
    }

    internal override TextTree ToTree() => new(what);

    internal override void Write(RuleWriter writer) => writer.Append(what);

    private protected override bool Fetch(in RuleScope scope, out T value)
    {
        (var hasValue, value) = read(scope.Taking ?? throw RuleBinder.NotBound(what));
        return hasValue;
    }
}
