using Workflow.Core.Definitions.Migration;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <content>The change of the version of an instance (statements 8.8 to 8.8c).</content>
internal static partial class ManagementAdmission
{
    private static Refusal? ToVersion(Episode episode, ManagementRequest.ToVersion request, Input.OfManagement input)
    {
        var target = input.Target!;
        if (target.Version == episode.Process.DefinitionVersion)
        {
            return new Refusal(RefusalKind.NothingToDo);
        }

        var succession = Succession.Of(episode.Definition, target, request.Renames);
        if (succession.Obstacles.Count > 0)
        {
            return Refusal.Migration(succession);
        }

        Record(
            episode, JournalKind.VersionChanged, $"{succession.From.Version.Invariant()} to {target.Version.Invariant()}", input);
        VersionChange.Run(episode, succession);
        return null;
    }
}
