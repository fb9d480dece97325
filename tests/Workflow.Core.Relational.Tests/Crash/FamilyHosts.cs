using Workflow.Core.Client;
using Workflow.Core.CrashChild;
using Workflow.Core.CrashChild.Load;
using Workflow.Core.CrashChild.Watching;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>Two hosts on PostgreSQL with messages to deliver, of which one is killed.</summary>
/// <param name="step">The commit beside which it is killed.</param>
/// <param name="point">Where it is killed.</param>
/// <param name="which">The name of the kill, for a failure.</param>
internal sealed class FamilyHosts(FamilyStep step, KillPoint point, string which)
{
    /// <summary>In microseconds.</summary>
    private const int LongestDelay = 1_500;

    /// <summary>How often the host that is to be killed may leave the point to the other one. From then on it has the work to itself until it is killed: on a
    /// slow machine, the host that is already warm may take up everything each time.</summary>
    private const int MostRaces = 4;

    /// <summary>How many parents of each kind are there before both hosts begin.</summary>
    private const int Parents = 2;

    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(60);

    /// <summary>Kills one host, after some attempts: the other one may be faster, and reach the point in its place.</summary>
    /// <param name="draw">Draws the instants.</param>
    /// <param name="mostPassed">How often the point is passed before, at most.</param>
    public async Task RunAsync(Draw draw, int mostPassed)
    {
        for (var race = 1; race <= MostRaces; race++)
        {
            if (await KillAsync(1 + draw.Below(mostPassed), draw.Below(LongestDelay), isAlone: false))
            {
                return;
            }
        }

        (await KillAsync(count: 1, draw.Below(LongestDelay), isAlone: true)).ShouldBeTrue($"{which}: the host never comes to the point");
    }

    /// <returns>Whether it came to the point. The work of both is looked at in any case.</returns>
    private async Task<bool> KillAsync(int count, int delay, bool isAlone)
    {
        await using var database = CrashDatabase.New(SqlDialect.PostgreSql);
        var options = new ChildOptions
        {
            Dialect = database.Dialect, Connection = database.Connection, Schema = database.Schema, Ledger = database.Ledger,
            Shares = true, Step = step, Point = point, Count = count, Delay = delay,
        };
        var ledgers = Enumerable.Range(1, 3).Select(host => $"{database.Ledger}.{host}").ToList();
        bool isKilled;
        var clock = new ShiftedClock(options.Incarnation);
        await using (var other = await OpenedDatabase.OpenAsync(options with { Ledger = ledgers[1] }, takesUpWork: false, clock: clock))
        {
            for (var number = 0; number < Parents; number++)
            {
                await FamilyWork.StartAsync(other.Engine);
            }

            await using (var child = ChildProcess.Start(options with { Ledger = ledgers[0] }))
            {
                await child.BusyAsync();
                var work = isAlone ? Task.CompletedTask : WorkAsync(other.Engine);
                var (exitCode, said) = await child.EndAsync();
                isKilled = exitCode == ChildProcess.Killed;
                (isKilled || exitCode == 0).ShouldBeTrue($"{which}: {string.Join(", ", said)}");
                clock.PutForward();
                await (isAlone ? WorkAsync(other.Engine) : work).WaitAsync(_deadline);
            }

            await using var third = await OpenedDatabase.OpenAsync(options with { Ledger = ledgers[2] }, takesUpWork: false, clock: clock);
            await Task.WhenAll(TakeUpAsync(other.Engine, isReversed: false), TakeUpAsync(third.Engine, isReversed: true)).WaitAsync(_deadline);
            await FamilyWork.EndAsync(third.Engine, isReversed: false, _ => { });
            await CheckAsync(third, isKilled);
        }

        CheckRuns([.. ledgers.SelectMany(Ledger.Read)], isKilled);
        return isKilled;
    }

    private static Task WorkAsync(WorkflowEngine engine) => Task.Run(async () =>
    {
        await FamilyWork.StartAsync(engine);
        await FamilyWork.EndAsync(engine, isReversed: false, _ => { });
    });

    /// <summary>Both hosts that are left do the whole work, so that they meet.</summary>
    private static Task TakeUpAsync(WorkflowEngine engine, bool isReversed) => Task.Run(async () =>
    {
        await engine.RecoverAsync();
        await FamilyWork.EndAsync(engine, isReversed, _ => { });
    });

    private async Task CheckAsync(OpenedDatabase database, bool isKilled)
    {
        var system = database.Engine.AsSystem();
        (await database.Store.FindMessagesAsync(new MessageQuery { Limit = 10 }, CancellationToken.None)).ShouldBeEmpty(which);
        var all = await system.FindProcessesAsync(new ProcessQuery { Limit = 500 });
        all.ShouldAllBe(record => record.Status == ProcessInstanceStatus.Completed || record.Status == ProcessInstanceStatus.Deleted, which);

        // Those that a host which was killed has begun may be fewer.
        all.Count(record => record.Definition is Processes.Family).ShouldBeGreaterThanOrEqualTo(Parents + (isKilled ? 1 : 2), which);
        var histories = new Dictionary<ProcessInstanceId, IReadOnlyList<JournalEntry>>();
        foreach (var record in all)
        {
            histories[record.Id] = await system.ReadHistoryAsync(record.Id, limit: 500);
        }

        foreach (var record in all)
        {
            var facts = histories[record.Id];
            var children = all.Where(child => child.Parent == record.Id).Select(child => child.Id).ToList();
            FamilyFindings.Check(record, facts, children, $"{which}, {record.Definition} {record.Id}");
        }
    }

    /// <summary>The code of an event runs once, or once more where the host was killed beside it.</summary>
    private void CheckRuns(IReadOnlyList<LedgerLine> lines, bool isKilled)
    {
        var runs = lines.ToLookup(line => (line.ProcessInstance, line.Element));
        foreach (var run in runs)
        {
            run.Select(line => line.Key).Distinct().Count().ShouldBe(1, $"{which}: {run.Key}");
        }

        (lines.Count - runs.Count).ShouldBeLessThanOrEqualTo(isKilled ? 1 : 0, which);
    }
}
