using Workflow.Core.Client;
using Workflow.Core.CrashChild;
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
    /// <summary>So many times at least is a point passed by that.</summary>
    private const int Instances = 6;

    /// <summary>In microseconds.</summary>
    private const int LongestDelay = 1_500;

    /// <summary>The points of commits: no code is called.</summary>
    private static IEnumerable<KillPoint> Points => KillTests.Points.Where(point => point is not (KillPoint.BeforeCode or KillPoint.AfterCode));

    [Test]
    [Description("V2-13")]
    public async Task An_instance_is_moved_whole_or_not_at_all_when_the_host_is_killed_at([ValueSource(nameof(Points))] KillPoint point)
    {
        foreach (var seed in CrashSeeds.Next($"migration {point}"))
        {
            var draw = new Draw(seed);
            for (var time = 1; time <= most; time++)
            {
                await KillAsync(point, 1 + draw.Below(Instances), draw.Below(LongestDelay), $"seed {seed}, time {time}");
            }
        }
    }

    private async Task KillAsync(KillPoint point, int count, int delay, string which)
    {
        await using var database = CrashDatabase.New(dialect);
        var options = new ChildOptions
        {
            Dialect = database.Dialect, Connection = database.Connection, Schema = database.Schema, Ledger = database.Ledger, Incarnation = 1,
        };
        var ids = await StartAsync(options);

        await using (var child = ChildProcess.Start(options with { Incarnation = 2, Moves = true, Point = point, Count = count, Delay = delay }))
        {
            (await child.EndAsync()).ExitCode.ShouldBe(ChildProcess.Killed, which);
        }

        await database.CheckIntegrityAsync();
        await using var next = await OpenedDatabase.OpenAsync(options with { Incarnation = 3 }, takesUpWork: false);
        await next.Engine.RecoverAsync();
        var before = await CheckAsync(next.Engine, ids, which);
        var results = await next.Engine.AsSystem().ManageProcesses()
            .Migration(Processes.Moved, from: 1, to: 2, Processes.MovedNames).ApplyAsync(ids, "The form has changed.");
        results.Count(result => result.Outcome is MigrationOutcome.Migrated).ShouldBe(before, which);
        results.Count(result => result.Outcome is MigrationOutcome.NothingToDo).ShouldBe(Instances - before, which);
        (await CheckAsync(next.Engine, ids, which)).ShouldBe(0, which);
    }

    private static async Task<List<ProcessInstanceId>> StartAsync(ChildOptions options)
    {
        await using var first = await OpenedDatabase.OpenAsync(options, takesUpWork: false);
        var ids = new List<ProcessInstanceId>();
        for (var number = 0; number < Instances; number++)
        {
            ids.Add((await first.Engine.As("dora").StartAsync(Processes.Moved)).Id);
        }

        return ids;
    }

    /// <summary>Everything that is stored of an instance says the same version.</summary>
    /// <returns>How many instances are as before.</returns>
    private static async Task<int> CheckAsync(WorkflowEngine engine, List<ProcessInstanceId> ids, string which)
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
