using Cases.Data;
using Workflow.Core;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;

namespace Cases.Processes;

/// <summary>The members of roles and groups. The logs name only the users who acted, so each user who has acted on a task of a role or group belongs to
/// it.</summary>
public static class People
{
    /// <summary>A user who looks at everything and does nothing: their questions tell what is open.</summary>
    public const string Auditor = "Auditor";

    /// <summary>The outside system that pays, which the log calls SYSTEM. That name is the engine's own, whatever its case.</summary>
    public const string PaymentSystem = "Payment system";

    /// <summary>The user of the steps for which a log names nobody.</summary>
    public const string Registry = "Registry";

    public static IDestinationResolver Of(IEnumerable<CaseLog> logs)
    {
        var members = new Dictionary<Destination, SortedSet<string>>();
        foreach (var log in logs)
        {
            var destinations = log.Definition.Activities.ToDictionary(activity => activity.Name, RolesAndGroups, StringComparer.Ordinal);
            foreach (var step in log.Cases.SelectMany(recorded => recorded.Steps).Where(step => !step.IsEscalation))
            {
                foreach (var destination in destinations[step.Activity])
                {
                    if (!members.TryGetValue(destination, out var users))
                    {
                        members.Add(destination, users = new SortedSet<string>(StringComparer.OrdinalIgnoreCase));
                    }

                    users.Add(step.User);
                }
            }
        }

        var directory = new StaticDestinations();
        foreach (var (destination, users) in members)
        {
            directory.Add(destination, [.. users]);
        }

        return directory;
    }

    private static List<Destination> RolesAndGroups(ActivityDefinition activity) =>
        [.. activity.DestinationRule.Sets.SelectMany(set => set.Sources).OfType<DestinationSource.Named>().Select(source => source.Destination)];
}
