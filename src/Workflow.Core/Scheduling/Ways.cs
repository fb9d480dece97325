using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Keeps on which ways activity instances came to be, where a join wants to know it (statement 13.1c).</summary>
internal static class Ways
{
    /// <summary>The way along a line that is followed now.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="from">The activity instance that the line leaves; null for the start of the process.</param>
    /// <param name="line">The line.</param>
    /// <returns>The way; null where nobody wants to know it, or there is none.</returns>
    public static Branch? Along(Episode episode, ActivityInstance? from, LineDefinition line)
    {
        if (episode.Definition.Joins is not { HasWays: true } plan)
        {
            return null;
        }

        var definition = from is null ? null : episode.DefinitionOf(from);
        var outer = from is null ? null : Of(episode, from);
        if (!plan.BeginsWays(definition))
        {
            return outer;
        }

        if (definition is not null && plan.IsCounted(definition))
        {
            episode.Process.Joined.Take(from!, line.Name);
        }

        return new Branch(from?.Id ?? 0, line.Name, outer);
    }

    /// <summary>The way on which an activity instance came to be; null for none.</summary>
    public static Branch? Of(Episode episode, ActivityInstance activity) => episode.Process.JoinedOrNull?.WayOf(activity.Id);
}
