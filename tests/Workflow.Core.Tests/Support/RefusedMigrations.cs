using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>Words for tests about a change of the version that is refused.</summary>
internal static class RefusedMigrations
{
    /// <summary>The change to version 2 is refused, and nothing has changed.</summary>
    /// <returns>The obstacles: element and message.</returns>
    public static async Task<string[]> ShouldNotMigrateAsync(this WorkflowTestBed bed, ProcessInstanceId id, Renames? renames = null)
    {
        var refusal = await bed.ShouldRefuseAsync<ProcessInstanceRefusedException>(id, () => bed.Admin().MigrateAsync(id, toVersion: 2, renames).AsTask());

        refusal.Obstacles.ShouldAllBe(obstacle => obstacle.Remedy.Length > 0);
        refusal.Obstacles.ShouldAllBe(obstacle => refusal.Message.Contains(obstacle.ToString(), StringComparison.Ordinal));
        return [.. refusal.Obstacles.Select(obstacle => $"{obstacle.Element}: {obstacle.Message}")];
    }
}
