using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using static Workflow.Core.Tests.Canonical.Change;

namespace Workflow.Core.Tests.Canonical;

/// <summary>A change of each property of escalations and gotos.</summary>
internal static class EscalationChanges
{
    private const string Derived = "it follows from what the other properties say";
    private const string Code = "code stands for itself by its name";
    private static readonly TimeSpan _day = TimeSpan.FromDays(1);

    public static IEnumerable<Change> All =>
    [
        InProcess("ProcessDefinition.Escalations", _ => { }, process => process.Escalation("E", _day, Run)),
        InActivity("ActivityDefinition.Escalations", _ => { }, activity => activity.Escalation("E", _day, Run)),
        InTask("EventDefinition.Escalations", _ => { }, task => task.Escalation("E", _day, Run)),
        None("ProcessDefinition.EscalationArray", Derived), None("ActivityDefinition.EscalationArray", Derived),
        None("EventDefinition.EscalationArray", Derived),
        InActivity("EscalationDefinition.Name", activity => activity.Escalation("E", _day, Run), activity => activity.Escalation("F", _day, Run)),
        InActivity("EscalationDefinition.When", activity => activity.Escalation("E", _day, Run), activity => activity.Escalation("E", 2 * _day, Run)),
        InActivity("EscalationDefinition.Repeat", activity => activity.Escalation("E", _day, Run), activity => activity.Escalation("E", _day, Run, 1)),
        Then("EscalationDefinition.Action", then => then.ExpireActivity(), then => then.RedirectToManager()),
        None("EscalationDefinition.Interval", Derived), None("EscalationDefinition.Total", Derived),
        None("EscalationDefinition.Repeats", Derived), None("EscalationDefinition.WordsOfEvent", Derived),
        Repeating("Repeat.Count", 1, 2),
        Repeating("Repeat.Missed", 1, Repeat.Times(1).WhenMissed(Missed.Skip)),
        Repeating("Repeat.Interval", Repeat.Times(1).Every(_day), Repeat.Times(1).Every(2 * _day)),
        Then("Run.Name", then => then.Run("A", static _ => { }), then => then.Run("B", static _ => { })),
        None("Run.Code", Code), None("Run.Class", Code),
        Then("Redirect.User", then => then.RedirectTo("ann"), then => then.RedirectTo("bob")),
        Then("GoTo.Request", then => then.GoTo("Work"), then => then.GoTo("Work", Expiring.OwnActivity)),
        InTask("ActionDefinition.Goto", task => task.GoTo("Back", "Work"), task => task.GoTo("Back", "Work", ifActive: ActiveTarget.Keep)),
    ];

    private static void Run(EscalationBuilder then) => then.Run("Tell", static _ => { });

    private static Change Then(string property, Action<ActivityEscalationBuilder> before, Action<ActivityEscalationBuilder> after) => InActivity(
        property, activity => activity.Escalation("E", _day, before), activity => activity.Escalation("E", _day, after));

    private static Change Repeating(string property, Repeat before, Repeat after) => InActivity(
        property, activity => activity.Escalation("E", _day, Run, before), activity => activity.Escalation("E", _day, Run, after));
}
