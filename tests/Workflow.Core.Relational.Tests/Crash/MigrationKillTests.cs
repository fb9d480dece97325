using Workflow.Core.Client;
using Workflow.Core.CrashChild.Load;
using Workflow.Core.CrashChild.Watching;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Tests.Support;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>A host is killed while it moves many instances to another version in one call. Each instance is exactly as before, or exactly as after it. The call
/// that is repeated then moves the others only, each once (statement 8.8d).</summary>
/// <param name="dialect">The dialect of the databases.</param>
/// <param name="most">At how many instants a host is killed at each point.</param>
[TestFixture(SqlDialect.Sqlite, 2)]
[TestFixture(SqlDialect.PostgreSql, 2)]
[TestFixture(SqlDialect.Sqlite, 10, Category = ExhaustiveAttribute.Category)]
[TestFixture(SqlDialect.PostgreSql, 10, Category = ExhaustiveAttribute.Category)]
[Parallelizable(ParallelScope.All)]
internal sealed class MigrationKillTests(SqlDialect dialect, int most)
{
    /// <summary>The points of commits: no code is called.</summary>
    private static IEnumerable<KillPoint> Points => KillTests.Points.Where(point => point is not (KillPoint.BeforeCode or KillPoint.AfterCode));

    [Test]
    [Description("V2-13")]
    public Task An_instance_is_moved_whole_or_not_at_all_when_the_host_is_killed_at([ValueSource(nameof(Points))] KillPoint point) =>
        new KilledBatch(dialect, "migration", passed: KilledBatch.Instances)
        {
            Start = async engine => (await engine.As("dora").StartAsync(Processes.Moved)).Id,
            Call = options => options with { Moves = true },
            Check = MoveTheOthersAsync,
        }.RunAsync(point, most);

    private static async Task MoveTheOthersAsync(WorkflowEngine engine, IReadOnlyList<ProcessInstanceId> ids, string which)
    {
        var before = await CheckAsync(engine, ids, which);
        var results = await engine.AsSystem().ManageProcesses()
            .Migration(Processes.Moved, from: 1, to: 2, Processes.MovedNames).ApplyAsync(ids, "The form has changed.");
        results.Count(result => result.Outcome is MigrationOutcome.Migrated).ShouldBe(before, which);
        results.Count(result => result.Outcome is MigrationOutcome.NothingToDo).ShouldBe(ids.Count - before, which);
        (await CheckAsync(engine, ids, which)).ShouldBe(0, which);
    }

    /// <summary>Everything that is stored of an instance says the same version.</summary>
    /// <returns>How many instances are as before.</returns>
    private static async Task<int> CheckAsync(WorkflowEngine engine, IReadOnlyList<ProcessInstanceId> ids, string which)
    {
        var before = 0;
        var records = await engine.AsSystem().FindProcessesAsync(new() { Definition = Processes.Moved });
        var tasks = await engine.As("dora").Worklist.ListAsync();
        foreach (var id in ids)
        {
            var process = await engine.AsSystem().ReadAsync(id);
            var isMoved = process.DefinitionVersion == 2;
            var behind = isMoved ? " 2" : "";
            var item = (await engine.AsSystem().FindServerItemsAsync(new() { ProcessInstance = id })).Single();
            var task = tasks.Single(task => task.Serial.ProcessInstance == id);
            records.Single(record => record.Id == id).DefinitionVersion.ShouldBe(process.DefinitionVersion, which);
            process.Activities.Select(activity => activity.Name).ShouldBe([$"Ask{behind}", "Wait"], which);
            (item.Event, task.Activity, task.Event).ShouldBe(($"Bank{behind}", $"Ask{behind}", $"Decide{behind}"), which);
            (await engine.FindTimersAsync(new() { ProcessInstance = id })).Single().Element.ShouldBe(Processes.Remind, which);
            (await engine.AsSystem().ReadHistoryAsync(id)).Count(fact => fact.Kind is JournalKind.VersionChanged).ShouldBe(isMoved ? 1 : 0, which);
            before += isMoved ? 0 : 1;
        }

        return before;
    }
}
