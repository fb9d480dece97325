using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>An escalation as it was written down.</summary>
internal sealed record EscalationDraft(string Name, DueTime When, Repeat Repeat, IReadOnlyList<EscalationAction> Actions, bool IsOfProcess)
{
    public static EscalationDraft Of<TBuilder>(string name, DueTime when, TBuilder builder, Action<TBuilder> then, Repeat? repeat)
        where TBuilder : EscalationBuilder
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(when);
        ArgumentNullException.ThrowIfNull(then);
        then(builder);
        return new EscalationDraft(name, when, repeat ?? Repeat.Never, builder.Actions, builder is ProcessEscalationBuilder);
    }
}
