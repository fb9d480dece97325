using Workflow.Core.Definitions;

namespace Workflow.Core.Analysis;

/// <summary>Finds users who are called like a role or group that the definition names. Most likely the author meant its members, but they are not that user. A
/// set would reach none of them, and an exclusion would leave none of them out.</summary>
internal sealed class NameOfRoleCheck : DefinitionCheck
{
    private const string WithKind = "say so with Destination.Role(...) or Destination.Group(...)";

    public override IEnumerable<Finding> Find(ProcessDefinition definition) => definition.Rights.Granted
        .Where(grant => IsCalledLikeRole(definition, grant.Who))
        .Select(grant => Of("rights of the process", $"{grant.Who} has rights", grant.Who, "who do not get these rights", WithKind))
        .Concat(definition.ActivityArray.SelectMany(activity => Find(definition, activity)));

    private static IEnumerable<Finding> Find(ProcessDefinition definition, ActivityDefinition activity)
    {
        foreach (var set in activity.DestinationRule.Sets)
        {
            var path = PathOf(activity, "destination set", set.Name);
            foreach (var who in UsersOf(definition, set.Sources))
            {
                yield return Of(path, $"it names {who}", who, "who do not get the task by that", "name it with Role(...) or Group(...)");
            }

            foreach (var who in UsersOf(definition, set.Except))
            {
                yield return Of(
                    path,
                    $"it leaves out {who}",
                    who,
                    "who are not left out",
                    "name its members, or give the task to a role without them: only users can be left out");
            }
        }

        foreach (var task in activity.EventArray.OfType<ClientEventDefinition>())
        {
            foreach (var action in task.ActionArray)
            {
                var path = $"{PathOf(activity, "event", task.Name)} / action '{action.Name}'";
                foreach (var who in action.Rights.Allowed.Where(who => IsCalledLikeRole(definition, who)))
                {
                    yield return Of(path, $"it is allowed for {who}", who, "to whom that does not allow it", WithKind);
                }

                foreach (var who in action.Rights.Denied.Where(who => IsCalledLikeRole(definition, who)))
                {
                    yield return Of(path, $"it is denied to {who}", who, "to whom that does not deny it", WithKind);
                }
            }
        }
    }

    private static IEnumerable<Destination> UsersOf(ProcessDefinition definition, IEnumerable<DestinationSource> sources) => sources
        .OfType<DestinationSource.Named>()
        .Select(source => source.Destination)
        .Where(who => IsCalledLikeRole(definition, who));

    private static bool IsCalledLikeRole(ProcessDefinition definition, Destination who) => who.Kind is DestinationKind.User && definition.NamesRole(who.Name);

    private static Finding Of(string path, string says, Destination who, string members, string remedy) => new(
        FindingIds.UserNamedLikeRole,
        FindingSeverity.Warning,
        path,
        $"{says}, and the definition names a role or group '{who.Name}' as well, with members {members}",
        $"If the role or group is meant, {remedy}. If there is a user of this name, silence the finding.");
}
