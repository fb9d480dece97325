using Workflow.Core.Client;
using Workflow.Core.CrashChild;
using Workflow.Core.CrashChild.Watching;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>A host is killed while it gives a command to each of several instances in one call. The next host then looks at them.</summary>
/// <param name="dialect">The dialect of the databases.</param>
/// <param name="name">The name of the command.</param>
/// <param name="passed">How many times a point is passed by the call, at least.</param>
internal sealed class KilledBatch(SqlDialect dialect, string name, int passed)
{
    /// <summary>How many instances there are.</summary>
    public const int Instances = 6;

    /// <summary>In microseconds.</summary>
    private const int LongestDelay = 1_500;

    /// <summary>Starts an instance that is ready for the command.</summary>
    public required Func<WorkflowEngine, Task<ProcessInstanceId>> Start { get; init; }

    /// <summary>Sets the call that the host makes.</summary>
    public required Func<ChildOptions, ChildOptions> Call { get; init; }

    /// <summary>Looks at the instances by the next host, which has taken up what was under way.</summary>
    public required Func<WorkflowEngine, IReadOnlyList<ProcessInstanceId>, string, Task> Check { get; init; }

    /// <summary>Looks at the code that has run, once the next host has ended too.</summary>
    public Action<string, IReadOnlyList<ProcessInstanceId>, string> CheckLedger { get; init; } = (_, _, _) => { };

    /// <summary>Kills hosts at a point.</summary>
    /// <param name="point">The point.</param>
    /// <param name="most">At how many instants a host is killed for each seed.</param>
    public async Task RunAsync(KillPoint point, int most)
    {
        foreach (var seed in CrashSeeds.Next($"{name} {point}"))
        {
            var draw = new Draw(seed);
            for (var time = 1; time <= most; time++)
            {
                await KillAsync(point, 1 + draw.Below(passed), draw.Below(LongestDelay), $"seed {seed}, time {time}");
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
        var ids = new List<ProcessInstanceId>();
        await using (var first = await OpenedDatabase.OpenAsync(options, takesUpWork: false))
        {
            for (var number = 0; number < Instances; number++)
            {
                ids.Add(await Start(first.Engine));
            }
        }

        await using (var child = ChildProcess.Start(Call(options with { Incarnation = 2, Point = point, Count = count, Delay = delay })))
        {
            (await child.EndAsync()).ExitCode.ShouldBe(ChildProcess.Killed, which);
        }

        await database.CheckIntegrityAsync();
        await using (var next = await OpenedDatabase.OpenAsync(options with { Incarnation = 3 }, takesUpWork: false))
        {
            await next.Engine.RecoverAsync();
            await Check(next.Engine, ids, which);
        }

        CheckLedger(options.Ledger, ids, which);
    }
}
