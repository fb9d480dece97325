using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Migration;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <content>The change of the version of an instance (statements 8.8 to 8.8c).</content>
internal static partial class ManagementAdmission
{
    /// <summary>Why an instance does not get another version; null when it does. Nothing changes by the question.</summary>
    /// <param name="process">The instance.</param>
    /// <param name="definition">The definition on which it is.</param>
    /// <param name="target">The version that is wanted.</param>
    /// <param name="request">The request.</param>
    /// <param name="succession">The successors of all elements, where the instance gets it.</param>
    public static Refusal? WhyNotToVersion(
        ProcessInstance process, ProcessDefinition definition, ProcessDefinition target, ManagementRequest.ToVersion request, out Succession? succession)
    {
        succession = null;
        if (process.StoredStatus.HasEnded())
        {
            return Over(process);
        }

        if (request.Only is { } only && process.Definition != only.Definition)
        {
            return Refusal.State("8.8", $"it is an instance of '{process.Definition}' and not of '{only.Definition}'.");
        }

        if (target.Version == process.DefinitionVersion)
        {
            return new Refusal(RefusalKind.NothingToDo);
        }

        if (request.Only is { } from && process.DefinitionVersion != from.Version)
        {
            return Refusal.State(
                "8.8", $"it is on version {process.DefinitionVersion.Invariant()} and not on version {from.Version.Invariant()}.");
        }

        succession = request.SuccessionOf(definition, target);
        return succession.Obstacles.Count > 0 ? Refusal.Migration(succession) : WhyNotAnswered(process, succession);
    }

    /// <summary>A finish that is kept was acknowledged, so its event must take it in the new version, too.</summary>
    private static Refusal? WhyNotAnswered(ProcessInstance process, Succession succession)
    {
        foreach (var activity in process.ActivityList)
        {
            foreach (var destination in activity.DestinationSpan)
            {
                if (destination.Event is { ParkedFinish: { } finish } item
                    && succession.Activities[activity.Ordinal]!.Events[item.Position] is { } now
                    && Refusal.OfAnswer(now.Definition, finish.Answer is { } given ? now.Actions.GetValueOrDefault(given, given) : null) is { } refusal)
                {
                    return Refusal.State(
                        "8.8b", $"its server item {destination.Serial} was finished before the code of '{item.Name}' has returned, and in the new version "
                            + $"{refusal.Message} Let that code return first, or keep the answers of the event.");
                }
            }
        }

        return null;
    }

    private static Refusal? ToVersion(Episode episode, ManagementRequest.ToVersion request, Input.OfManagement input)
    {
        if (WhyNotToVersion(episode.Process, episode.Definition, input.Target!, request, out var succession) is { } refusal)
        {
            return refusal;
        }

        Record(episode, JournalKind.VersionChanged, $"{succession!.From.Version.Invariant()} to {succession.To.Version.Invariant()}", input);
        VersionChange.Run(episode, succession);
        return null;
    }
}
