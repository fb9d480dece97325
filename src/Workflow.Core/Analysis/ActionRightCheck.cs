using Workflow.Core.Definitions;

namespace Workflow.Core.Analysis;

/// <summary>Finds actions that are allowed for somebody whom the task is not for. People who get the task may still belong to a role or group. Users are looked
/// at where the definition names all users whom the task is for.</summary>
internal sealed class ActionRightCheck : DefinitionCheck
{
    public override IEnumerable<Finding> Find(ProcessDefinition definition)
    {
        foreach (var activity in definition.ActivityArray)
        {
            foreach (var task in activity.EventArray.OfType<ClientEventDefinition>().Where(task => !task.AllowsAnyUser))
            {
                foreach (var action in task.ActionArray)
                {
                    foreach (var who in action.Rights.Allowed.Where(who => !CanBeThere(activity.DestinationRule, who)))
                    {
                        yield return Of(activity, task, action, who);
                    }
                }
            }
        }
    }

    private static bool CanBeThere(DestinationRule rule, Destination who) => rule.Sets.Any(set => !LeavesOut(set, who) && CanBeThere(set, who));

    /// <summary>A user who is left out by name does not get the task by any way (statement 4.10).</summary>
    private static bool LeavesOut(DestinationSet set, Destination who) =>
        set.Except.Any(source => source is DestinationSource.Named named && named.Destination == who);

    private static bool CanBeThere(DestinationSet set, Destination who) => set.Sources.Any(source => source switch
    {
        DestinationSource.Named named => named.Destination == who || (who.Kind is DestinationKind.User && named.Destination.Kind is not DestinationKind.User),
        DestinationSource.FromField from => from.Kind == who.Kind || who.Kind is DestinationKind.User,
        DestinationSource.OfQuestion => true,
        _ => who.Kind is DestinationKind.User,
    });

    /// <summary>Whether the task can come to users by themselves, and some of them may belong to a role or group that is not written there.</summary>
    private static bool IsForUsers(DestinationRule rule) => rule.Treatment is not RoleTreatment.Unresolved
        || rule.Sets.SelectMany(set => set.Sources).Any(source => !source.NamesRoles());

    private static Finding Of(ActivityDefinition activity, ClientEventDefinition task, ActionDefinition action, Destination who) => new(
        FindingIds.ActionRightForNobody,
        who.Kind is not DestinationKind.User && IsForUsers(activity.DestinationRule) ? FindingSeverity.Information : FindingSeverity.Warning,
        $"{PathOf(activity, "event", task.Name)} / action '{action.Name}'",
        $"the action is allowed for {who}, and the task is not for {who}, so "
        + (who.Kind is DestinationKind.User
            ? activity.DestinationRule.Sets.Any(set => LeavesOut(set, who))
                ? "nobody gets the action by this right, because the destination set leaves them out no matter how the task reaches them"
                : "nobody gets the action by this right, unless the task is passed on to them"
            : $"the right lets only those users of the task take the action who also belong to {who}"),
        $"Add {who} to the destinations, or allow the action for one of the task's destinations.");
}
