using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Support;

/// <summary>A process with a rule of each kind, any of which throws when the field says so.</summary>
/// <code>
///         ┌──► Gather: Ask, Note; three slots ──┬──► After (Work) ──►
///     ►───┤                                     └──► Never
///         └──► Beside: Watch ──►
/// </code>
internal static class Trouble
{
    public static readonly ProcessField<string> Where = new("Where", initial: "");
    public static readonly ProcessField<string> Falsehood = new("Falsehood", initial: "");
    public static readonly ProcessField<decimal> Amount = new("Amount");
    public static readonly ProcessField<IReadOnlyList<string>> Names = new("Names", initial: ["one", "two"]);
    public static readonly ActivityField<int> Shared = new("Shared", initial: 7);
    public static readonly ActivityField<DateTimeOffset> When = new("When");
    public static readonly DestinationField<string> Own = new("Own", initial: "own");
    public static readonly DestinationField<bool> Done = new("Done");

    public static ProcessDefinition Definition { get; } = Define(WhenUnresolved.ByPlan);

    public static ProcessDefinition Define(WhenUnresolved policy) => ProcessDefinition.Define("Trouble", process =>
    {
        process.Fields(Where, Falsehood, Amount, Names);
        var gather = process.Activity("Gather", activity => activity
            .Fields(Shared, When, Own, Done)
            .PrecedingRule(In("preceding"))
            .PlanPerSlot(Slots.Number(Rule.Choose(In("destination"), 3, 0), Names))
            .Server("Ask", static _ => { }, In("event"))
            .Server("Note", static _ => { })
            .SucceedingRule(In("activity") & Answers.AtLeast(2).Satisfy(Done == true))
            .WhenUnresolved(policy));
        var beside = process.Activity("Beside", activity => activity.Server("Watch", static _ => { }));
        var after = process.Activity("After", activity => activity.PrecedingRule(In("arrival")).Server("Work", static _ => { }));
        var never = process.Activity("Never");
        process.StartsWith(gather, In("start")).StartsWith(beside);
        gather.To(after, In("line")).To(never, Where == "never");
        process.FinishRule(!In("finish"), after);
    });

    /// <summary>True, unless the fields say that this rule is false, or that it throws.</summary>
    private static Rule In(string place) => Rule.Named(place, context => context.Get(Where) == place
        ? throw new InvalidOperationException($"trouble in {place}")
        : context.Get(Falsehood) != place);

    public static Action<DataFields> ThrowAt(string place) => fields => fields.Set(fields.Table.OrdinalOf("Where"), FieldValue.From(place));

    public static Action<DataFields> FalseAt(string place) => fields => fields.Set(fields.Table.OrdinalOf("Falsehood"), FieldValue.From(place));
}
