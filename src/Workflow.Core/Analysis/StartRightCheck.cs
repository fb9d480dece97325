using Workflow.Core.Definitions;

namespace Workflow.Core.Analysis;

/// <summary>Finds that no user, role or group may start a process. A host may start it by itself, so it may well be meant.</summary>
internal sealed class StartRightCheck : DefinitionCheck
{
    public override IEnumerable<Finding> Find(ProcessDefinition definition)
    {
        const ProcessRight Enough = ProcessRight.Start | ProcessRight.Admin;
        if ((definition.Rights.Everyone & Enough) != 0 || definition.Rights.Granted.Any(grant => (grant.Right & Enough) != 0))
        {
            yield break;
        }

        yield return new Finding(
            FindingIds.NobodyMayStart,
            FindingSeverity.Information,
            "rights of the process",
            "they let no user, role or group start it, so only the host can, with AsSystem()",
            "Grant the Start right, for example with Rights(rights => rights.Everyone(ProcessRight.Start)), or leave it so if the host starts it.");
    }
}
