using System.Diagnostics.CodeAnalysis;
using Workflow.Core.Client;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>Users, outside systems, the clock and administrators move instances of a random definition at random, also from one version to another. Code, rules
/// and the resolver fail at random. After each step the instance is what its status says, and each command of an administrator does what its preview has told.
/// In the end, after at most one repair, it has ended or waits for something that can be named.</summary>
/// <param name="seed">The seed of the definition and of all that happens.</param>
[SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "The same seed has to give the same test.")]
internal sealed class ManagementWalk(int seed)
{
    private const string Boss = "boss";
    private const int Steps = 40;

    /// <summary>The numbers below are commands of an administrator of which a preview is taken.</summary>
    private const int Commands = 13;

    private static readonly string[] _users = ["ann", "bob", "cy"];

    private readonly Random _random = new(seed);

    private readonly ScriptedResolver _resolver = new(
        new StaticDestinations { { Destination.Role("Staff"), _users } }.Manages("bob", "ann").Manages("cy", "bob").Manages("ann", "cy"));

    /// <summary>Draws what code, rules and the resolver do. It begins anew for a preview and for its command.</summary>
    private Random _world = new(seed);
    private readonly OfficeHours _shift = new("Shift");
    private int _step;

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

    /// <summary>Walks once.</summary>
    /// <param name="which">The name of the walk, for a failure.</param>
    /// <param name="configure">Sets the store.</param>
    public async Task RunAsync(string which, Action<WorkflowOptions>? configure = null)
    {
        var story = new List<string> { which };
        _definition = new WalkedDefinition(seed, new WalkedCode(MayFail, Fails, Decide));
        story.Add(_definition.ToString());
        await using var bed = await WorkflowTestBed.CreateAsync(_definition.Versions.Reverse(), options =>
        {
            options.SilencedFindings = FindingIds.All;
            options.DestinationResolver = _resolver;
            _shift.AddTo(options);
            configure?.Invoke(options);
            options.Store = _store = options.Store as PausingStore ?? new PausingStore(options.Store);
        });
        _failing = Chance(50) ? 20 : 5;
        var id = await BeginAsync(bed);
        try
        {
            for (var step = 0; step < Steps; step++)
            {
                story.Add(await StepAsync(bed, id));
                await WalkedInstance.TakeUpAsync(bed, id);
                await CheckAsync(bed, id);
                if (await bed.StatusAsync(id) is ProcessInstanceStatus.Completed or ProcessInstanceStatus.Deleted)
                {
                    Joins += await bed.CountAsync(id, JournalKind.JoinPassed);
                    Groups += await bed.CountAsync(id, JournalKind.GroupEntered);
                    Milestones += (await bed.HistoryAsync(id)).Count(fact =>
                        fact.Kind is JournalKind.MilestoneReached || fact.Detail == nameof(ExpiryReason.MilestoneOver));
                    id = await BeginAsync(bed);
                    story.Add($"begin {id}");
                }
            }

            story.Add("repair");
            await RepairAsync(bed, id);
            await WalkedInstance.TakeUpAsync(bed, id);
            await CheckAsync(bed, id);
            await WalkedInstance.CheckWaitsAsync(bed, id);
        }
        catch (Exception exception) when (exception is not AssertionException)
        {
            throw new AssertionException($"{string.Join('\n', story)}\n{await bed.TranscriptAsync(id)}\n{exception}", exception);
        }
        catch (ShouldAssertException exception)
        {
            throw new AssertionException($"{string.Join('\n', story)}\n{await bed.TranscriptAsync(id)}\n{exception.Message}", exception);
        }
    }

    private async Task CheckAsync(WorkflowTestBed bed, ProcessInstanceId id)
    {
        await WalkedInstance.CheckAsync(bed, id, _users);
        var process = await bed.ReadAsync(id);
        var hasMoved = await bed.CountAsync(id, JournalKind.VersionChanged) > 0;
        WalkedGroups.Check(process, _definition.Versions[process.DefinitionVersion - 1], hasMoved);
    }

    /// <summary>The resolver answers at first. Code and rules may fail.</summary>
    private async Task<ProcessInstanceId> BeginAsync(WorkflowTestBed bed)
    {
        (_resolver.Members, _resolver.Manager) = (null, null);
        return (await bed.StartAsync("dora")).Id;
    }

    /// <returns>The step, and how it was refused.</returns>
    private async Task<string> StepAsync(WorkflowTestBed bed, ProcessInstanceId id)
    {
        _step++;
        Again();
        _resolver.Members = Chance(2 * _failing) ? (_, _) => throw new InvalidOperationException("no directory") : null;
        _resolver.Manager = Chance(2 * _failing) ? (_, _) => throw new InvalidOperationException("nobody knows") : null;
        var process = await bed.ReadAsync(id);
        _names = _definition.ActivitiesOf(process.DefinitionVersion);
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

    /// <summary>The number of a step, which most often fits the status.</summary>
    private int Draw(ProcessInstanceStatus status)
    {
        while (true)
        {
            var number = _random.Next(22);
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
        _ => ("act", () => ActAsync(bed)),
    };

    /// <summary>A command of an administrator, of which a preview is taken first.</summary>
    private async Task<(string Name, Func<Task> Step)> ManagementAsync(WorkflowTestBed bed, ProcessInstance process, int number)
    {
        var id = process.Id;
        var admin = bed.Engine.As(Boss).ManageProcesses();
        var tasks = bed.Engine.As(Boss).ManageWorklists();
        var error = Chance(50) ? process.Error : null;
        var entries = await tasks.ListAsync();
        List<SerialNumber> serials = [.. entries.Select(task => task.Serial), .. await bed.ServerItemsAsync(id)];
        var serial = serials.Count > 0 ? serials[_random.Next(serials.Count)] : new SerialNumber(id, 1);
        var from = entries.Count > 0 && Chance(80) ? entries[_random.Next(entries.Count)].Destination : Destination.User(Pick(_users));
        var (target, user, keepOpen) = (Pick(_names), Pick(_users), Chance(50));
        var (expiring, ifActive) = (Chance(50) ? Expiring.Only(Pick(_names)) : null, (ActiveTarget)_random.Next(3));
        (string Name, Func<Task<ManagementEffects>> Preview, Func<ValueTask> Apply) drawn = number switch
        {
            0 => ("stop", () => admin.Preview.StopAsync(id).AsTask(), () => admin.StopAsync(id)),
            1 or 2 => ("resume", () => admin.Preview.ResumeAsync(id).AsTask(), () => admin.ResumeAsync(id)),
            3 or 4 => ("retry", () => admin.Preview.RetryAsync(id, error).AsTask(), () => admin.RetryAsync(id, error)),
            5 => ("skip", () => admin.Preview.SkipAsync(id, error).AsTask(), () => admin.SkipAsync(id, error)),
            6 => ("go to", () => admin.Preview.GoToAsync(id, target, expiring, ifActive).AsTask(), () => admin.GoToAsync(id, target, expiring, ifActive)),
            7 => ("expire activity", () => admin.Preview.ExpireActivityAsync(id, target).AsTask(), () => admin.ExpireActivityAsync(id, target)),
            8 => ("expire event", () => admin.Preview.ExpireEventAsync(serial).AsTask(), () => admin.ExpireEventAsync(serial)),
            9 => ("go to from", () => admin.Preview.GoToAsync(serial, target).AsTask(), () => admin.GoToAsync(serial, target)),
            10 or 11 => Migration(admin, process),
            12 when Chance(40) => Addition(admin, process),
            _ when Chance(50) && await MovesTimersAsync(admin, id) => ("recompute timers",
                () => admin.Preview.RecomputeTimersAsync(id, "Shift").AsTask(), async () => await admin.RecomputeTimersAsync(id, "Shift")),
            _ when Chance(20) => ("delete", () => admin.Preview.DeleteAsync(id).AsTask(), () => admin.DeleteAsync(id)),
            _ => ("redirect",
                () => tasks.Preview.RedirectAsync(serial, from, user, keepOpen).AsTask(), () => tasks.RedirectAsync(serial, from, user, keepOpen)),
        };
        var step = new PreviewedStep(bed, _store, id, Boss);
        return (drawn.Name, async () =>
        {
            await step.RunAsync(drawn.Preview, () => drawn.Apply().AsTask(), Again);
            Previews++;
        });
    }

    /// <summary>The hours change, and with them the due instant of some timer.</summary>
    private async Task<bool> MovesTimersAsync(ProcessManagement admin, ProcessInstanceId id)
    {
        _shift.Replace(_random.Next(5, 8), _random.Next(5, 8));
        try
        {
            return (await admin.Preview.RecomputeTimersAsync(id, "Shift")).RecomputedTimers.Any(timer => timer.IsMoved);
        }
        catch (ProcessInstanceRefusedException)
        {
            return false;
        }
    }

    /// <summary>Destinations, or slots, for an activity that most often is active.</summary>
    private (string Name, Func<Task<ManagementEffects>> Preview, Func<ValueTask> Apply) Addition(ProcessManagement admin, ProcessInstance process)
    {
        var id = process.Id;
        var activity = process.Activities.Count > 0 && Chance(90) ? process.Activities[_random.Next(process.Activities.Count)] : null;
        var (name, run) = (activity?.Name ?? Pick(_names), activity?.Id);
        Destination[] added = [Chance(80) ? Destination.User(Pick(_users)) : Destination.Role("Staff")];
        return Chance(70)
            ? ("add destinations",
                () => admin.Preview.AddDestinationsAsync(id, name, added, run).AsTask(), () => admin.AddDestinationsAsync(id, name, added, run))
            : ("add slots", () => admin.Preview.AddSlotsAsync(id, name, 1, activityInstance: run).AsTask(),
                () => admin.AddSlotsAsync(id, name, 1, activityInstance: run));
    }

    /// <summary>A change of the version. A preview of several instances tells the same.</summary>
    private (string Name, Func<Task<ManagementEffects>> Preview, Func<ValueTask> Apply) Migration(ProcessManagement admin, ProcessInstance process)
    {
        var (id, from) = (process.Id, process.DefinitionVersion);
        var (to, renames) = Other(from);
        return ($"migrate to version {to.Invariant()}", PreviewAsync, async () => Moves += await admin.MigrateAsync(id, to, renames) ? 1 : 0);

        async Task<ManagementEffects> PreviewAsync()
        {
            var told = to == from || to > 2 ? null : (await admin.Migration("Walk", from, to, renames).PreviewAsync([id])).Single();
            try
            {
                var effects = await admin.Preview.MigrateAsync(id, to, renames);
                told?.Outcome.ShouldBe(MigrationOutcome.Migrated);
                return effects;
            }
            catch (ProcessInstanceRefusedException refusal) when (told is not null)
            {
                (told.Outcome, told.Refusal?.Message).ShouldBe((MigrationOutcome.Refused, refusal.Message));
                throw;
            }
        }
    }

    private (string Name, Func<Task> Step) Repair(WorkflowTestBed bed, ProcessInstance process)
    {
        var (version, renames) = Other(process.DefinitionVersion);
        var admin = bed.Engine.As(Boss).ManageProcesses();
        return ($"retry on version {version.Invariant()}", () => admin.RetryAsync(process.Id, version, process.Error, renames).AsTask());
    }

    /// <summary>Most often the other version, with the names that have changed.</summary>
    private (int Version, Renames? Renames) Other(int version)
    {
        var drawn = Chance(80) ? 3 - version : _random.Next(1, 4);
        return (drawn, Chance(10) ? null : drawn == 1 ? _definition.Back : _definition.Forth);
    }

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

    /// <summary>The cause is mended, and the instance moves again.</summary>
    private async Task RepairAsync(WorkflowTestBed bed, ProcessInstanceId id)
    {
        _failing = 0;
        (_resolver.Members, _resolver.Manager) = (null, null);
        var admin = bed.Engine.As(Boss).ManageProcesses();
        if (await bed.StatusAsync(id) is ProcessInstanceStatus.Stopped)
        {
            await admin.ResumeAsync(id);
        }
        else if ((await bed.ReadAsync(id)).Error is { } error && !IsUnresolved(error))
        {
            await admin.RetryAsync(id);
        }

        await bed.AdvanceAsync(TimeSpan.FromTicks(1));
        if (await bed.ReadAsync(id) is { Error: { } left } process && IsUnresolved(left))
        {
            await admin.GoToAsync(id, Pick(_definition.ActivitiesOf(process.DefinitionVersion)));
        }
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
