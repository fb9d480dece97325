using System.Diagnostics.CodeAnalysis;
using Workflow.Core.Client;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>Users, outside systems, the clock and administrators move instances of a random definition at random, also from one version to another. Code, rules
/// and the resolver fail at random. After each step the instance is what its status says, and each command of an administrator does what its preview has told.
/// Instances start sub-processes, also of their own process, and these are moved like all others. In the end, after the repair, each has ended or waits for
/// something that can be named.</summary>
/// <param name="seed">The seed of the definition and of all that happens.</param>
[SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "The same seed has to give the same test.")]
internal sealed partial class ManagementWalk(int seed)
{
    private const string Boss = "boss";
    private const int Steps = 40;

    /// <summary>How deep a process may start itself.</summary>
    private const int Depth = 2;

    /// <summary>More rounds than any repair needs.</summary>
    private const int Rounds = 40;

    /// <summary>The numbers below are commands of an administrator of which a preview is taken.</summary>
    private const int Commands = 13;

    private static readonly string[] _users = ["ann", "bob", "cy"];

    private readonly Random _random = new(seed);

    private readonly ScriptedResolver _resolver = new(
        new StaticDestinations { { Destination.Role("Staff"), _users } }.Manages("bob", "ann").Manages("cy", "bob").Manages("ann", "cy")
            .Answers("Workers", _ => [Destination.User("bob"), Destination.Role("Staff")]));

    /// <summary>Draws what code, rules and the resolver do. It begins anew for a preview and for its command.</summary>
    private Random _world = new(seed);
    private readonly OfficeHours _shift = new("Shift");
    private int _step;

    /// <summary>The instances that have not ended, with their process definitions.</summary>
    private readonly Dictionary<ProcessInstanceId, string> _open = [];

    /// <summary>The activities of the version on which the instance is.</summary>
    private string[] _names = [];
    private PausingStore _store = null!;
    private WalkedDefinition _definition = null!;

    /// <summary>From how many in a hundred code and rules fail; zero once all is repaired.</summary>
    private int _failing;

    /// <summary>In how many states a preview was taken that the command then did not refuse.</summary>
    public int Previews { get; private set; }

    /// <summary>How often a join has passed, in the instances that have ended.</summary>
    public int Joins { get; private set; }

    /// <summary>How often an activity has waited for its exclusive group and then begun, in the instances that have ended.</summary>
    public int Groups { get; private set; }

    /// <summary>How often a milestone was reached or over, in the instances that have ended.</summary>
    public int Milestones { get; private set; }

    /// <summary>How often an instance has gone to the other version.</summary>
    public int Moves { get; private set; }

    /// <summary>How often the history tells each fact of parents and sub-processes.</summary>
    public Dictionary<JournalKind, int> Families { get; } = [];

    /// <summary>Walks once.</summary>
    /// <param name="which">The name of the walk, for a failure.</param>
    /// <param name="configure">Sets the store.</param>
    public async Task RunAsync(string which, Action<WorkflowOptions>? configure = null)
    {
        var story = new List<string> { which };
        _definition = new WalkedDefinition(seed, new WalkedCode(MayFail, Fails, Decide));
        story.Add(_definition.ToString());
        await using var bed = await WorkflowTestBed.CreateAsync([.. _definition.Versions.Reverse(), _definition.Child], options =>
        {
            options.SilencedFindings = FindingIds.All;
            options.DestinationResolver = _resolver;
            options.SubProcessDepthLimit = Depth;
            _shift.AddTo(options);
            configure?.Invoke(options);
            options.Store = _store = options.Store as PausingStore ?? new PausingStore(options.Store);
        });
        _failing = Chance(50) ? 20 : 5;
        var id = default(ProcessInstanceId);
        try
        {
            for (var step = 0; step < Steps; step++)
            {
                if (!_open.ContainsValue(WalkedDefinition.Name))
                {
                    id = await BeginAsync(bed);
                    story.Add($"begin {id}");
                    await LookAsync(bed);
                }

                id = _open.Count > 0 ? _open.Keys.Order().ElementAt(_random.Next(_open.Count)) : id;
                story.Add($"{id}: {await StepAsync(bed, id)}");
                await LookAsync(bed);
            }

            story.Add("repair");
            await RepairAsync(bed);
            foreach (var open in _open.Keys)
            {
                id = open;
                await WalkedInstance.CheckWaitsAsync(bed, id);
            }

            await WalkedFamily.CheckAsync(bed, Families);
        }
        catch (Exception exception) when (exception is not AssertionException)
        {
            throw new AssertionException($"{string.Join('\n', story)}\n{await TranscriptsAsync(bed, id)}\n{exception}", exception);
        }
        catch (ShouldAssertException exception)
        {
            throw new AssertionException($"{string.Join('\n', story)}\n{await TranscriptsAsync(bed, id)}\n{exception.Message}", exception);
        }
    }

    /// <summary>The instance that was moved last, with the ones that have to do with it.</summary>
    private static async Task<string> TranscriptsAsync(WorkflowTestBed bed, ProcessInstanceId id)
    {
        var all = await bed.Engine.AsSystem().FindProcessesAsync(new ProcessQuery { Limit = 500 });
        var parent = all.FirstOrDefault(record => record.Id == id)?.Parent;
        var transcripts = new List<string>();
        foreach (var record in all.Where(record => record.Id == id || record.Id == parent || record.Parent == id))
        {
            transcripts.Add(await bed.TranscriptAsync(record.Id));
        }

        return string.Join('\n', transcripts);
    }

    /// <summary>Looks at all instances that were open before the step or are open now.</summary>
    private async Task LookAsync(WorkflowTestBed bed)
    {
        var before = _open.Keys.ToList();
        await FindOpenAsync(bed);
        foreach (var id in before.Union(_open.Keys).Order().ToList())
        {
            await WalkedInstance.TakeUpAsync(bed, id);
        }

        await FindOpenAsync(bed);
        foreach (var id in before.Union(_open.Keys).Order().ToList())
        {
            await CheckAsync(bed, id);
            if (!_open.ContainsKey(id))
            {
                Joins += await bed.CountAsync(id, JournalKind.JoinPassed);
                Groups += await bed.CountAsync(id, JournalKind.GroupEntered);
                Milestones += (await bed.HistoryAsync(id)).Count(fact =>
                    fact.Kind is JournalKind.MilestoneReached || fact.Detail == nameof(ExpiryReason.MilestoneOver));
            }
        }
    }

    private async Task FindOpenAsync(WorkflowTestBed bed)
    {
        _open.Clear();
        foreach (var record in await bed.Engine.AsSystem().FindProcessesAsync(new ProcessQuery { HasEnded = false, Limit = 500 }))
        {
            _open.Add(record.Id, record.Definition);
        }
    }

    private async Task CheckAsync(WorkflowTestBed bed, ProcessInstanceId id)
    {
        await WalkedInstance.CheckAsync(bed, id, Asks ? _everybody : _users);
        var process = await bed.ReadAsync(id);
        if (process.Definition == WalkedDefinition.Name)
        {
            var hasMoved = await bed.CountAsync(id, JournalKind.VersionChanged) > 0;
            WalkedGroups.Check(process, _definition.Versions[process.DefinitionVersion - 1], hasMoved);
        }
    }

    /// <summary>The resolver answers at first. Code and rules may fail.</summary>
    private async Task<ProcessInstanceId> BeginAsync(WorkflowTestBed bed)
    {
        (_resolver.Members, _resolver.Manager, _resolver.Named) = (null, null, null);
        return (await bed.StartAsync("dora")).Id;
    }

    /// <returns>The step, and how it was refused.</returns>
    private async Task<string> StepAsync(WorkflowTestBed bed, ProcessInstanceId id)
    {
        _step++;
        Again();
        _resolver.Members = Chance(2 * _failing) ? (_, _) => throw new InvalidOperationException("no directory") : null;
        _resolver.Named = _resolver.Members is null ? null : (_, _) => throw new InvalidOperationException("no table");
        _resolver.Manager = Chance(2 * _failing) ? (_, _) => throw new InvalidOperationException("nobody knows") : null;
        var process = await bed.ReadAsync(id);
        _names = ActivitiesOf(process);
        if (Asks && Chance(60))
        {
            return await AskAsync(bed, process);
        }

        var number = Draw(process.Status);
        var drawn = number < Commands ? await ManagementAsync(bed, process, number) : OtherStep(bed, process, number);
        try
        {
            await drawn.Step();
            return drawn.Name;
        }
        catch (WorkflowException refusal) when (refusal is not WorkflowInvariantException)
        {
            return $"{drawn.Name}: {refusal.Message.Split('\n')[0]}";
        }
    }

    private string[] ActivitiesOf(ProcessInstance process) =>
        process.Definition == WalkedDefinition.Name ? _definition.ActivitiesOf(process.DefinitionVersion) : WalkedCalls.Activities;

    /// <summary>The number of a step, which most often fits the status.</summary>
    private int Draw(ProcessInstanceStatus status)
    {
        while (true)
        {
            var number = _random.Next(24);
            var fits = number switch
            {
                0 => status is ProcessInstanceStatus.Active,
                1 or 2 => status is ProcessInstanceStatus.Stopped,
                3 or 4 or 5 or Commands => status is ProcessInstanceStatus.Error,
                _ => true,
            };
            if (fits || Chance(15))
            {
                return number;
            }
        }
    }

    private (string Name, Func<Task> Step) OtherStep(WorkflowTestBed bed, ProcessInstance process, int number) => number switch
    {
        Commands => Repair(bed, process),
        14 => ("restart", () => bed.RestartAsync()),
        15 or 17 => ("advance", () => bed.AdvanceAsync(TimeSpan.FromMinutes(30 * _random.Next(1, 9)))),
        16 when Chance(30) => ("send back", async () =>
        {
            var user = Pick(_users);
            if ((await bed.WorklistAsync(user)) is { Count: > 0 } tasks)
            {
                await tasks[_random.Next(tasks.Count)].SendBackAsync(Pick(_names), expiring: Chance(50) ? null : Expiring.Everything);
            }
        }),
        16 when Chance(30) => ("signal", () => bed.Engine.As("bank").SignalAsync(process.Id, "Go", kind: Chance(50) ? SignalKind.Kept : SignalKind.Transient)
            .AsTask()),
        16 when Chance(10) => ("withdraw", () => bed.Engine.As("dora").WithdrawAsync(process.Id).AsTask()),
        16 => ("finish", async () =>
        {
            foreach (var serial in await bed.ServerItemsAsync(process.Id))
            {
                await bed.FinishAsync("bank", serial);
            }
        }),
        18 or 19 => ("deliver", () => bed.SettleAsync()),
        _ => ("act", () => ActAsync(bed)),
    };

    /// <summary>Code and rules do what they did at the last time.</summary>
    private void Again() => _world = new Random(seed ^ (_step * 7_919));

    private async Task ActAsync(WorkflowTestBed bed)
    {
        var user = Pick(_users);
        if ((await bed.WorklistAsync(user)) is { Count: > 0 } tasks)
        {
            var task = tasks[_random.Next(tasks.Count)];
            await bed.ActAsync(user, task.Serial, task.Actions[_random.Next(task.Actions.Count)].Name);
        }
    }

    /// <summary>The cause is mended, and the instances move again. A start beyond the limit fails again, and is skipped.</summary>
    private async Task RepairAsync(WorkflowTestBed bed)
    {
        _failing = 0;
        (_resolver.Members, _resolver.Manager, _resolver.Named) = (null, null, null);
        var retried = new HashSet<ProcessInstanceId>();
        for (var round = 0; ; round++)
        {
            var isAtRest = await bed.SettleAsync() == 0;
            await LookAsync(bed);
            foreach (var id in _open.Keys.Order().ToList())
            {
                isAtRest &= !await RepairAsync(bed, id, retried);
            }

            if (isAtRest)
            {
                return;
            }

            round.ShouldBeLessThan(Rounds, "the repair does not end");
            await bed.AdvanceAsync(TimeSpan.FromTicks(1));
        }
    }

    /// <returns>Whether there was something to do.</returns>
    private async Task<bool> RepairAsync(WorkflowTestBed bed, ProcessInstanceId id, HashSet<ProcessInstanceId> retried)
    {
        var admin = bed.Engine.As(Boss).ManageProcesses();
        var process = await bed.ReadAsync(id);
        if (process.Status is ProcessInstanceStatus.Stopped)
        {
            await admin.ResumeAsync(id);
            return true;
        }

        if (process.Error is not { } error)
        {
            return false;
        }

        if (IsUnresolved(error))
        {
            await admin.GoToAsync(id, Pick(ActivitiesOf(process)));
        }
        else if (retried.Add(id))
        {
            await admin.RetryAsync(id);
        }
        else
        {
            await admin.SkipAsync(id);
        }

        return true;
    }

    /// <summary>Whether an activity is the error, since nobody can answer it any more. A retry cannot help.</summary>
    private static bool IsUnresolved(ProcessError error) => error.Element.StartsWith("activity '", StringComparison.Ordinal);

    private ExceptionDecision Decide(FailureContext failure) => _world.Next(100) < 20
        ? throw new InvalidOperationException("no decision")
        : _world.Next(100) < 50 ? ExceptionDecision.Continue : ExceptionDecision.Error;

    private void MayFail(CodeContext context)
    {
        if (Fails())
        {
            throw new InvalidOperationException("the bank does not answer");
        }
    }

    private bool Fails() => _world.Next(100) < _failing;

    private string Pick(string[] names) => names[_random.Next(names.Length)];

    private bool Chance(int percent) => _random.Next(100) < percent;
}
