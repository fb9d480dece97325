using Workflow.Core.Contexts;
using Workflow.Core.Definitions;

namespace Workflow.Core.Runtime;

/// <summary>Finds the classes of the host that a definition names in the place of code.</summary>
internal static class CodeClasses
{
    /// <summary>The classes with their elements, in the order of the definition.</summary>
    public static IEnumerable<(string Element, CodeClass Class)> Of(ProcessDefinition definition) =>
    [
        .. definition.Activities.SelectMany(Of),
        .. Of(definition.Escalations, $"process '{definition.Name}'"),
    ];

    private static IEnumerable<(string Element, CodeClass Class)> Of(ActivityDefinition activity) =>
    [
        .. activity.Events.SelectMany(item => Of(item, $"event '{item.Name}' of activity '{activity.Name}'")),
        .. Of(activity.Escalations, $"activity '{activity.Name}'"),
    ];

    private static IEnumerable<(string Element, CodeClass Class)> Of(EventDefinition item, string element) =>
        item is ServerEventDefinition { Class: { } type } ? [(element, type), .. Of(item.Escalations, element)] : Of(item.Escalations, element);

    private static IEnumerable<(string Element, CodeClass Class)> Of(IReadOnlyList<EscalationDefinition> escalations, string owner) =>
        from escalation in escalations
        where escalation.Action is EscalationAction.Run { Class: not null }
        select ($"escalation '{escalation.Name}' of {owner}", ((EscalationAction.Run)escalation.Action).Class!);
}
