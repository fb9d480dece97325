using System.Globalization;
using Workflow.Core.Formats;

namespace Workflow.Core.Definitions.Canonical;

/// <summary>An escalation as canonical text.</summary>
internal static class EscalationText
{
    public static TextTree Of(EscalationDefinition escalation) => ElementText.Of("escalation", escalation.Name)
        .Property("when", escalation.When.ToTree())
        .Property("repeat", escalation.Repeat.Count == 0 ? null : escalation.Repeat.Count.ToString(CultureInfo.InvariantCulture))
        .Property("every", escalation.Repeat.Interval?.ToTree())
        .Choice("missed", escalation.Repeat.Missed, Missed.Once)
        .Property("then", escalation.Action.ToTree())
        .Build();
}
