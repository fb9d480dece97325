using System.Diagnostics.CodeAnalysis;
using Workflow.Core.Calendars;
using Workflow.Core.Client;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>Users, outside systems, the clock and administrators move an instance of a random definition at random, while code, rules and the resolver fail at
/// random. After each step the instance is what its status says, and each command of an administrator does what its preview has told. In the end, after at most
/// one repair, it has ended or waits for something that can be named.</summary>
/// <param name="seed">The seed of the definition and of all that happens.</param>
[SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "The same seed has to give the same test.")]
internal sealed class ManagementWalk(int seed)
{
    private const string Boss = "boss";
    private const int Steps = 40;

    private static readonly string[] _users = ["ann", "bob", "cy"];
    private static readonly string[] _names = ["One", "Two", "Three", "Four"];

    private readonly Random _random = new(seed);

    private readonly ScriptedResolver _resolver = new(
        new StaticDestinations { { Destination.Role("Staff"), _users } }.Manages("bob", "ann").Manages("cy", "bob").Manages("ann", "cy"));

    /// <summary>Draws what code, rules and the resolver do. It begins anew for a preview and for its command.</summary>
    private Random _world = new(seed);
    private readonly OfficeHours _shift = new("Shift");
    private int _step;
    private PausingStore _store = null!;

    /// <summary>From how many in a hundred code and rules fail; zero once all is repaired.</summary>
    private int _failing;

    /// <summary>In how many states a preview was taken that the command then did not refuse.</summary>
    public int Previews { get; private set; }

    /// <summary>Walks once.</summary>
    /// <param name="which">The name of the walk, for a failure.</param>
    /// <param name="configure">Sets the store.</param>
    public async Task RunAsync(string which, Action<WorkflowOptions>? configure = null)
    {
        var story = new List<string> { which };
        await using var bed = await WorkflowTestBed.CreateAsync(Define(story), options =>
        {
            options.SilencedFindings = FindingIds.All;
            options.DestinationResolver = _resolver;
            _shift.AddTo(options);
            configure?.Invoke(options);
            options.Store = _store = options.Store as PausingStore ?? new PausingStore(options.Store);
        });
        _failing = Chance(50) ? 20 : 5;
        var id = (await bed.StartAsync("dora")).Id;
        try
        {
            for (var step = 0; step < Steps; step++)
            {
                story.Add(await StepAsync(bed, id));
                await CheckAsync(bed, id);
            }

            story.Add("repair");
            await RepairAsync(bed, id);
            await CheckAsync(bed, id);
            await CheckWaitsAsync(bed, id);
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

    /// <returns>The step, and how it was refused.</returns>
    private async Task<string> StepAsync(WorkflowTestBed bed, ProcessInstanceId id)
    {
        _step++;
        Again();
        _resolver.Members = Chance(2 * _failing) ? (_, _) => throw new InvalidOperationException("no directory") : null;
        _resolver.Manager = Chance(2 * _failing) ? (_, _) => throw new InvalidOperationException("nobody knows") : null;
        var number = _random.Next(20);
        var drawn = number < 11 ? await ManagementAsync(bed, id, number) : OtherStep(bed, id, number);
        try
        {
            await drawn.Step();
            return drawn.Name;
        }
        catch (WorkflowException refusal) when (refusal is not WorkflowInvariantException)
        {
            return $"{drawn.Name}: {refusal.Message}";
        }
    }

    private (string Name, Func<Task> Step) OtherStep(WorkflowTestBed bed, ProcessInstanceId id, int number) => number switch
    {
        11 or 12 => ("restart", () => bed.RestartAsync()),
        13 or 15 => ("advance", () => bed.AdvanceAsync(TimeSpan.FromMinutes(30 * _random.Next(1, 9)))),
        14 when Chance(30) => ("send back", async () =>
        {
            var user = Pick(_users);
            if ((await bed.WorklistAsync(user)) is { Count: > 0 } tasks)
            {
                await tasks[_random.Next(tasks.Count)].SendBackAsync(Pick(_names), expiring: Chance(50) ? null : Expiring.Everything);
            }
        }),
        14 when Chance(10) => ("withdraw", () => bed.Engine.As("dora").WithdrawAsync(id).AsTask()),
        14 => ("finish", async () =>
        {
            foreach (var serial in await bed.ServerItemsAsync(id))
            {
                await bed.FinishAsync("bank", serial);
            }
        }),
        _ => ("act", () => ActAsync(bed)),
    };

    /// <summary>A command of an administrator, of which a preview is taken first.</summary>
    private async Task<(string Name, Func<Task> Step)> ManagementAsync(WorkflowTestBed bed, ProcessInstanceId id, int number)
    {
        var admin = bed.Engine.As(Boss).ManageProcesses();
        var tasks = bed.Engine.As(Boss).ManageWorklists();
        var error = Chance(50) ? (await bed.ReadAsync(id)).Error : null;
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
            _ when await MovesTimersAsync(admin, id) => ("recompute timers",
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

    /// <summary>Code and rules do what they did at the last time.</summary>
    private void Again() => _world = new Random(seed ^ (_step * 7_919));

    private async Task ActAsync(WorkflowTestBed bed)
    {
        var user = Pick(_users);
        if ((await bed.WorklistAsync(user)) is { Count: > 0 } tasks)
        {
            await bed.ActAsync(user, tasks[_random.Next(tasks.Count)].Serial, Chance(50) ? "Yes" : "No");
        }
    }

    /// <summary>The instance is what its status says, in memory and in the store.</summary>
    private static async Task CheckAsync(WorkflowTestBed bed, ProcessInstanceId id)
    {
        var process = await bed.ReadAsync(id);
        var everybodys = await bed.Engine.As(Boss).ManageWorklists().ListAsync();
        var own = new List<WorklistItem>();
        foreach (var user in _users)
        {
            own.AddRange(await bed.WorklistAsync(user));
        }

        var record = (await bed.Engine.AsSystem().FindProcessesAsync(new ProcessQuery { Status = process.Status })).Single();
        record.Error.ShouldBe(process.Error is { } error ? $"{error.Element}: {error.Message}" : null);
        (process.Error is not null).ShouldBe(process.Status is ProcessInstanceStatus.Error);
        process.Status.ShouldNotBe(ProcessInstanceStatus.Running, "nothing is under way");
        var timers = await bed.Engine.FindTimersAsync(new TimerQuery { Limit = 500 });
        switch (process.Status)
        {
            case ProcessInstanceStatus.Error or ProcessInstanceStatus.Stopped:
                own.ShouldBeEmpty("nobody can act");
                process.EndedAt.ShouldBeNull();
                break;
            case ProcessInstanceStatus.Completed or ProcessInstanceStatus.Deleted:
                own.ShouldBeEmpty();
                everybodys.ShouldBeEmpty();
                timers.ShouldBeEmpty();
                (await bed.ServerItemsAsync(id)).ShouldBeEmpty();
                process.Activities.ShouldBeEmpty();
                process.EndedAt.ShouldNotBeNull();
                break;
            default:
                own.Select(item => item.Serial).Distinct().ShouldBe(everybodys.Select(entry => entry.Serial).Distinct(), ignoreOrder: true);
                break;
        }

        var activities = process.Activities.Select(activity => activity.Id).ToHashSet();
        timers.ShouldAllBe(timer => timer.ActivityInstance == 0 || activities.Contains(timer.ActivityInstance));
        var retrying = process.Activities
            .SelectMany(activity => activity.Destinations)
            .Where(destination => destination is { Status: DestinationStatus.Active, Event.Status: EventInstanceStatus.AwaitingRetry })
            .ToList();
        retrying.ShouldAllBe(destination => destination.RetriesAt != null);
        timers.Where(timer => timer.Kind is ProcessTimerKind.Retry).Select(timer => timer.EventInstance)
            .ShouldBeSubsetOf(retrying.Select(destination => destination.Event!.Id));
    }

    /// <summary>The cause is mended, and the instance moves again.</summary>
    private async Task RepairAsync(WorkflowTestBed bed, ProcessInstanceId id)
    {
        _failing = 0;
        (_resolver.Members, _resolver.Manager) = (null, null);
        var admin = bed.Engine.As(Boss).ManageProcesses();
        switch ((await bed.ReadAsync(id)).Status)
        {
            case ProcessInstanceStatus.Stopped:
                await admin.ResumeAsync(id);
                break;
            case ProcessInstanceStatus.Error:
                await admin.RetryAsync(id);
                break;
            default:
                return;
        }

        await bed.AdvanceAsync(TimeSpan.FromTicks(1));
    }

    private static async Task CheckWaitsAsync(WorkflowTestBed bed, ProcessInstanceId id)
    {
        var process = await bed.ReadAsync(id);
        if (process.Status is ProcessInstanceStatus.Completed or ProcessInstanceStatus.Deleted)
        {
            return;
        }

        process.Status.ShouldBe(ProcessInstanceStatus.Active, process.Error?.Message);
        foreach (var activity in process.Activities)
        {
            var waits = activity.StartsAt is not null
                || activity.Destinations.Any(destination => destination.RetriesAt is not null)
                || activity.Destinations.Any(destination => destination is { Status: DestinationStatus.Active, Event.Status: EventInstanceStatus.Waiting })
                || (await bed.HistoryAsync(id)).Any(entry => entry.Kind is JournalKind.ActivityStalled && entry.ActivityInstance == activity.Id);
            waits.ShouldBeTrue($"activity '{activity.Name}' waits for nothing");
        }

        (process.Activities.Count > 0 || process.StartsAt is not null).ShouldBeTrue("the instance waits for nothing");
    }

    private ProcessDefinition Define(List<string> story) => ProcessDefinition.Define("Walk", process =>
    {
        process.Rights(rights => rights
            .Everyone(ProcessRight.Start | ProcessRight.View | ProcessRight.ServerEvent)
            .Admin(Boss));
        if (Chance(20))
        {
            process.StartRule(DueTime.After(Chance(50) ? HalfHours() : Shifts()));
        }

        if (Chance(20))
        {
            process.ExceptionRule(Decide);
        }

        if (Chance(30))
        {
            process.Withdrawal();
        }

        if (Chance(30))
        {
            process.Escalation("Late", HalfHours(), then => then.Run("Late", MayFail), Repeat.Times(_random.Next(3)));
        }

        var activities = _names.Select(name => process.Activity(name, activity => Fill(activity, name, story))).ToList();
        process.StartsWith(activities[0], Sometimes("start"));
        if (Chance(40))
        {
            process.StartsWith(activities[1]);
        }

        for (var from = 0; from < activities.Count; from++)
        {
            foreach (var to in Enumerable.Range(from + 1, activities.Count - from - 1).Where(_ => Chance(50)))
            {
                activities[from].To(activities[to], Sometimes($"{_names[from]} to {_names[to]}"));
            }
        }
    });

    /// <summary>Some events are called again when they fail, and some have an exception rule.</summary>
    private void Mends(ServerEventBuilder server)
    {
        if (Chance(30))
        {
            server.Retry(_random.Next(2, 4), Chance(20) ? TimeSpan.Zero : HalfHours(), jitter: 0.5);
        }

        if (Chance(20))
        {
            server.ExceptionRule(Decide);
        }
    }

    private ExceptionDecision Decide(FailureContext failure) => _world.Next(100) < 20
        ? throw new InvalidOperationException("no decision")
        : _world.Next(100) < 50 ? ExceptionDecision.Continue : ExceptionDecision.Error;

    private void Fill(ActivityBuilder activity, string name, List<string> story)
    {
        var events = _random.Next(3) switch
        {
            0 => "server",
            1 => "wait",
            _ => "task",
        };
        story.Add($"{name}: {events}");
        if (Chance(20))
        {
            activity.ExceptionRule(Decide);
        }

        if (Chance(20))
        {
            activity.StartRule(DueTime.After(Chance(50) ? HalfHours() : Shifts()));
        }

        if (Chance(20))
        {
            activity.PrecedingRule(Sometimes($"{name} precedes")!);
        }

        if (events == "task")
        {
            activity.Destinations(to => _ = _random.Next(4) switch
            {
                0 => to.Role("Staff"),
                1 => to.Role("Staff").ResolvedToUsers(),
                _ => to.Users([.. _users.Take(_random.Next(1, 4))]),
            });
            _ = _random.Next(3) switch
            {
                0 => activity.PlanPerDestination(),
                1 => activity.PlanPerDestinationInTurn(),
                _ => activity.PlanJustOnce(),
            };
        }

        if (Chance(50))
        {
            activity.Server("Before", MayFail, define: Mends);
        }

        if (Chance(15))
        {
            activity.PureServer(PreviewedStep.Pure, MayFail);
        }

        switch (events)
        {
            case "task":
                activity.Client("Task", task => Chances(Chance(50) ? task.Action("Yes").Action("No").AllowSendBack() : task.Action("Yes").Action("No")));
                break;
            case "wait":
                activity.Server("Wait", context =>
                {
                    MayFail(context);
                    context.WaitUntilFinished();
                }, define: Mends);
                break;
            default:
                activity.Server("Code", MayFail, define: Mends);
                break;
        }

        if (Chance(40))
        {
            activity.Server("After", MayFail, define: Mends);
        }

        if (Chance(30))
        {
            var repeat = Repeat.Times(_random.Next(4)).WhenMissed((Missed)_random.Next(3));
            activity.Escalation("Remind", Chance(50) ? HalfHours() : Shifts(), then => then.Run("Remind", MayFail), repeat);
        }

        if (events == "task" && Chance(50))
        {
            var user = Chance(50) ? Pick(_users) : null;
            activity.Escalation("Hand over", HalfHours(), then =>
            {
                if (user is null)
                {
                    then.RedirectToManager();
                }
                else
                {
                    then.RedirectTo(user);
                }
            });
        }

        if (Chance(10))
        {
            activity.WhenUnresolved(WhenUnresolved.Fail);
        }

        if (Chance(20))
        {
            activity.Escalation("Give up", HalfHours() + TimeSpan.FromHours(3), then => then.ExpireActivity());
        }

        if (events == "task" && Chance(30))
        {
            activity.SucceedingRule(Sometimes($"{name} succeeds")!);
        }
    }

    private void Chances(ClientEventBuilder task)
    {
        if (Chance(20))
        {
            task.Escalation("Ask again", HalfHours(), then => then.ExpireEvent());
        }
    }

    /// <summary>True, unless it fails.</summary>
    private Rule? Sometimes(string name) => Rule.Named(name, _ => Fails() ? throw new InvalidOperationException($"{name} is broken") : true);

    private void MayFail(CodeContext context)
    {
        if (Fails())
        {
            throw new InvalidOperationException("the bank does not answer");
        }
    }

    private bool Fails() => _world.Next(100) < _failing;

    private TimeSpan HalfHours() => TimeSpan.FromMinutes(30 * _random.Next(1, 8));

    private Delay Shifts() => Delay.WorkingTime(HalfHours()).In("Shift");

    private string Pick(string[] names) => names[_random.Next(names.Length)];

    private bool Chance(int percent) => _random.Next(100) < percent;
}
