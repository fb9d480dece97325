using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>Words for tests about the change of versions.</summary>
internal static class Migrations
{
    /// <summary>Two versions of one process, of which new instances start on the first.</summary>
    public static Task<WorkflowTestBed> BedAsync(Action<ProcessBuilder> one, Action<ProcessBuilder> two, Action<WorkflowOptions>? configure = null) =>
        WorkflowTestBed.CreateAsync([Orders.Define(process => two(process.Version(2))), Orders.Define(one)], options =>
        {
            options.SilencedFindings = FindingIds.All;
            configure?.Invoke(options);
        });

    /// <summary>A process with one activity, and another behind it.</summary>
    public static Action<ProcessBuilder> Asking(Action<ActivityBuilder> ask) => process =>
    {
        var activity = process.Activity("Ask", ask);
        process.StartsWith(activity);
        activity.To(process.Activity("After"));
    };

    /// <summary>Lets an instance go on in version 2.</summary>
    public static async Task MigrateAsync(this WorkflowTestBed bed, ProcessInstanceId id, Renames? renames = null)
    {
        var status = await bed.StatusAsync(id);

        (await bed.Admin().MigrateAsync(id, toVersion: 2, renames, reason: "The form has changed.")).ShouldBeTrue();

        var process = await bed.ReadAsync(id);
        (process.DefinitionVersion, process.Status).ShouldBe((2, status));
        var facts = (await bed.HistoryAsync(id)).Where(entry => entry.Kind is JournalKind.VersionChanged);
        facts.Select(entry => (entry.Name, entry.Detail, entry.User)).ShouldBe([("1 to 2", "The form has changed.", Orders.Boss)]);
        (await bed.Engine.AsSystem().FindProcessesAsync(new())).Single(record => record.Id == id).DefinitionVersion.ShouldBe(2);
    }

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
