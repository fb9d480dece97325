using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;
using static Workflow.Core.Tests.Canonical.Change;

namespace Workflow.Core.Tests.Canonical;

/// <summary>A change of each property of actions.</summary>
internal static class ActionChanges
{
    private const string Derived = "it follows from what the other properties say";

    public static IEnumerable<Change> All =>
    [
        InTask("ActionDefinition.Name", task => task.Action("A"), task => task.Action("B")),
        InTask("ActionDefinition.Kind", task => task.Action("A"), task => task.Update("A")),
        InTask("ActionDefinition.IsBatchable", task => task.Action("A"), task => task.Action("A", action => action.NotBatchable())),
        InTask("ActionDefinition.Rights", task => task.Action("A"), task => task.Action("A", action => action.AllowedFor(Destination.User("ann")))),
        InTask("ActionDefinition.Sets", task => task.Action("A"), task => task.Action("A", action => action.Sets(Score, 1))),
        InTask("ActionDefinition.AskedFields", task => task.Action("A"), task => task.Action("A", action => action.Asks(Score))),
        InTask("ActionDefinition.Receivers", task => task.Redirect("A", to => to.Users("ann")), task => task.Redirect("A", to => to.Users("bob"))),
        InTask(
            "OfQuestion.Question", task => task.Redirect("A", to => to.Question("B", Who)), task => task.Redirect("A", to => to.Question("B", Whom))),
        Rights("Allowed", action => action.AllowedFor(Destination.User("ann")), action => action.AllowedFor(Destination.User("bob"))),
        Rights("Denied", action => action.DeniedFor(Destination.User("ann")), action => action.AllowedFor(Destination.User("ann"))),
        Rights("AllowedByData", action => action.AllowedForOriginator(), action => action.AllowedForUsers(Who)),
        Rights("DeniedByData", action => action.DeniedForRole(Who), action => action.DeniedForGroup(Who)),
        InTask("ActionSet.Field", task => task.Action("A", action => action.Sets(Score, 1)), task => task.Action("A", action => action.Sets(Tries, 1))),
        InTask("OfValue.Value", task => task.Action("A", action => action.Sets(Score, 1)), task => task.Action("A", action => action.Sets(Score, 2))),
        InTask(
            "ActionSet.IsConstant", task => task.Action("A", action => action.Sets(Score, 1)),
            task => task.Action("A", action => action.Sets(Score, Points))),
        InTask(
            "FieldWrite.Scope", task => task.Action("A", action => action.Sets(Who, Acting.User)),
            task => task.Action("A", action => action.Sets(Who, Acting.OnBehalfOf))),
        None("FieldWrite.Ordinal", Derived), None("FieldWrite.Value", Derived), None("ActionDefinition.Writes", Derived),
        None("ActionDefinition.WantsManager", Derived), None("ActionDefinition.Questions", Derived),
        None("ActionSet.OnlyTexts", Derived), None("OfOperand`1.OnlyTexts", Derived),
        None("OfValue.OnlyTexts", Derived), None("ActionSet.Words", Derived),
        None("OfUser.Written", Derived), None("OfUsers.Written", Derived), None("ActionReceiver.Written", Derived),
        None("ActionRights.NamesRoles", Derived), None("ActionRights.AreRestricted", Derived),
    ];

    private static Change Rights(string property, Action<ActionBuilder> one, Action<ActionBuilder> other) =>
        InTask($"ActionRights.{property}", task => task.Action("A", one), task => task.Action("A", other));
}
