using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Exhaustive;

/// <summary>Plays one configuration in every order, and compares the engine with the oracle after every step. The common part of two orders is compared
/// once.</summary>
internal sealed class PeopleRun
{
    /// <summary>How many instances an engine gets: what is over stays in its store, and is looked through when a worklist is listed.</summary>
    private const int Generation = 50;
    private const string Outsider = "zoe";
    private const string Name = "Asking";
    private static readonly ProcessField<IReadOnlyList<string>> Team = new("Team");
    private static readonly WorklistItemStatus[] Every =
        [WorklistItemStatus.Available, WorklistItemStatus.Open, WorklistItemStatus.Allocated, WorklistItemStatus.Sleep];


    private readonly PeopleCase _asked;
    private readonly string[] _users;
    private readonly ProcessDefinition _definition;
    private WorkflowConnection _system = null!;
    private Dictionary<string, Worklist> _worklists = null!;

    public PeopleRun(PeopleCase asked)
    {
        _asked = asked;
        _users = [.. asked.Users.Concat(asked.Role ?? []).Append(Outsider).Distinct(StringComparer.OrdinalIgnoreCase)];
        _definition = Asking(asked);
    }

    /// <summary>Whether users may open and release too, each task once.</summary>
    public bool Opens { get; init; }

    /// <summary>Whether everybody for whom the task is not there tries to act all the same, after every step.</summary>
    public bool Trespasses { get; init; }

    /// <summary>How many states were compared.</summary>
    public int Compared { get; private set; }

    /// <summary>How many refused attempts were compared.</summary>
    public int Refused { get; private set; }

    /// <summary>Plays every order.</summary>
    /// <returns>How many there are.</returns>
    public async Task<int> PlayAllAsync()
    {
        var count = 0;
        PeopleStep[]? before = null;
        foreach (var plays in Plays([]).Chunk(Generation))
        {
            await using var engine = await BeginAsync();
            foreach (var play in plays)
            {
                await PlayAsync(play, known: before is null ? 0 : 1 + before.Zip(play).TakeWhile(pair => pair.First == pair.Second).Count());
                before = play;
                count++;
            }
        }

        return count;
    }

    private async Task<WorkflowEngine> BeginAsync()
    {
        var engine = WorkflowEngine.Create(options =>
        {
            options.TakesUpWork = false;
            options.ResidentInstances = 8;
            options.DestinationResolver = new StaticDestinations { { Destination.Role("R"), _asked.Role ?? [] } };
        });
        await engine.DeployAsync(_definition);
        _system = engine.AsSystem();
        _worklists = _users.ToDictionary(user => user, user => engine.As(user).Worklist);
        return engine;
    }

    /// <code>
    ///                 ┌─ Approve ─► Approve (waits)
    /// ► Work (asked) ─┼─ Reject ──► Reject (waits)
    ///                 ├─ neither ─► Nothing (waits)
    ///                 └─ expired ─► Expired (waits)
    /// </code>
    private static ProcessDefinition Asking(PeopleCase asked) => ProcessDefinition.Define(Name, process =>
    {
        process.OpenToAll().Fields(Team);
        var slots = asked.Slots is { } number ? Slots.Number(number) : Slots.PerDestination;
        var work = process.Activity("Work", activity =>
        {
            activity.Client("Decide", task => task.Action("Approve").Action("Reject")).WhenUnresolved(asked.Unresolved).WhenNobody(asked.Nobody);
            activity.Destinations(to =>
            {
                to.Users(Team);
                _ = asked.Role is null ? to : asked.IsRoleResolved ? to.Role("R").ResolvedToUsers() : to.Role("R");
            });
            _ = asked.Plan switch
            {
                PlanOption.JustOnce => activity.PlanJustOnce(slots),
                PlanOption.PerDestination => activity.PlanPerDestination(slots),
                _ => activity.PlanPerDestinationInTurn(slots),
            };
            if (FunctionOf(asked) is { } function)
            {
                activity.OutcomeAtFirst("Nothing").Outcome("Approve", function == "Approve").Outcome("Reject", function == "Reject");
            }
        });
        process.StartsWith(work);
        var isCompleted = Status.OfActivity == ActivityInstanceStatus.Completed;
        work.To(After(process, "Expired"), Status.OfActivity == ActivityInstanceStatus.Expired);
        work.To(After(process, "Nothing"), asked.Function is null ? isCompleted : isCompleted & Outcome.Is("Nothing"));
        if (asked.Function is not null)
        {
            work.On("Approve", After(process, "Approve")).On("Reject", After(process, "Reject"));
        }
    });

    private static Definitions.Building.ActivityReference After(Definitions.Building.ProcessBuilder process, string name) =>
        process.Activity(name, activity => activity.Waits());

    private static SlotFunction? FunctionOf(PeopleCase asked) => asked.Function switch
    {
        AskedFunction.All => Answers.All,
        AskedFunction.AllSlots => Answers.AllSlots,
        AskedFunction.AllCompleted => Answers.AllCompleted,
        AskedFunction.AtLeast => Answers.AtLeast(asked.Wanted),
        AskedFunction.AtMost => Answers.AtMost(asked.Wanted),
        AskedFunction.None => Answers.None,
        _ => null,
    };

    /// <summary>Every order in which the users can do something, as the oracle has it, until nobody can.</summary>
    private IEnumerable<PeopleStep[]> Plays(PeopleStep[] done)
    {
        var oracle = new PeopleOracle(_asked);
        foreach (var step in done)
        {
            oracle.Do(step);
        }

        PeopleStep[] next =
        [
            .. from place in Enumerable.Range(0, oracle.Letters.Length)
               from user in _users
               where oracle.Attempt(place, user) == "done"
               from verb in Verbs(oracle.Look(place, user))
               let step = new PeopleStep(place, user, verb)
               where verb is not "Open" || !done.Contains(step)
               select step,
        ];
        return next.Length == 0 ? [done] : next.SelectMany(step => Plays([.. done, step]));
    }

    private string[] Verbs(WorklistItemStatus? status) => (Opens, status) switch
    {
        (false, _) => ["Approve", "Reject"],
        (true, WorklistItemStatus.Open) => ["Approve", "Reject", "Release"],
        _ => ["Approve", "Reject", "Open"],
    };

    private async Task PlayAsync(PeopleStep[] play, int known)
    {
        var oracle = new PeopleOracle(_asked);
        var id = (await _system.StartAsync(Name, start => start.Set(Team, _asked.Users))).Id;
        for (var steps = 0; ; steps++)
        {
            if (steps >= known)
            {
                await CompareAsync(id, oracle, play.AsMemory(0, steps));
            }

            if (steps == play.Length)
            {
                return;
            }

            oracle.Do(play[steps]);
            await DoAsync(id, play[steps]);
        }
    }

    private async Task DoAsync(ProcessInstanceId id, PeopleStep step)
    {
        var serial = new SerialNumber(id, step.Place + 1);
        switch (step.Verb)
        {
            case "Open":
                (await _worklists[step.User].OpenAsync(serial)).Status.ShouldBe(WorklistItemStatus.Open);
                break;
            case "Release":
                var held = await _worklists[step.User].ListAsync(new WorklistQuery { ProcessInstance = id, Statuses = [WorklistItemStatus.Open] });
                await held.Single(item => item.Serial == serial).ReleaseAsync();
                break;
            default:
                await _worklists[step.User].ExecuteAsync(serial, step.Verb);
                break;
        }
    }

    private async Task CompareAsync(ProcessInstanceId id, PeopleOracle oracle, ReadOnlyMemory<PeopleStep> done)
    {
        Compared++;
        await CompareInstanceAsync(id, oracle, done);
        foreach (var (user, worklist) in _worklists)
        {
            var all = await worklist.ListAsync(new WorklistQuery { ProcessInstance = id, Statuses = Every });
            Compare(Shown(all), Shown(oracle, user, isWhole: true), $"{user}'s whole worklist", done);
            var usual = await worklist.ListAsync(new WorklistQuery { ProcessInstance = id });
            Compare(Shown(usual), Shown(oracle, user, isWhole: false), $"{user}'s worklist", done);
            for (var place = 0; Trespasses && place <= oracle.Letters.Length; place++)
            {
                // One behind the last there is belongs to nobody, even when the activity that follows has numbers of its own.
                var number = place < oracle.Letters.Length ? place : 99;
                if (oracle.Attempt(number, user) is var refusal and not "done")
                {
                    Refused++;
                    Compare(await AttemptAsync(worklist, new SerialNumber(id, number + 1)), refusal, $"{user} acting on {number + 1}", done);
                }
            }
        }
    }

    private async Task CompareInstanceAsync(ProcessInstanceId id, PeopleOracle oracle, ReadOnlyMemory<PeopleStep> done)
    {
        var process = await _system.ReadAsync(id);
        var activity = process.Activities.ShouldHaveSingleItem();
        Compare(process.Status is ProcessInstanceStatus.Error ? "Error" : activity.Name, oracle.Status, "status", done);
        if (oracle.Status is "Work")
        {
            Compare(activity.Letters(), oracle.Letters, "destinations", done);
            var history = await _system.ReadHistoryAsync(id, limit: 500);
            Compare(history.Count(entry => entry.Kind is JournalKind.ActivityStalled), oracle.IsStalled ? 1 : 0, "stalls", done);
            if (oracle.Letters.Length > 0)
            {
                Compare((activity.SlotTotal, activity.CompletedSlots), (oracle.Slots, oracle.CompletedSlots), "slots", done);
            }
        }
    }

    private static async Task<string> AttemptAsync(Worklist worklist, SerialNumber serial)
    {
        try
        {
            await worklist.ExecuteAsync(serial, "Approve");
            return "done";
        }
        catch (WorklistItemNotFoundException exception)
        {
            return $"{WorklistItemNotFoundException.Number} {exception.Reason}";
        }
        catch (WorklistAccessDeniedException)
        {
            return $"{WorklistAccessDeniedException.Number}";
        }
    }

    private static string Shown(IReadOnlyList<WorklistItem> items) =>
        items.Count == 0 ? "" : string.Join(' ', items.Select(item => $"{item.Serial.Destination}:{item.Status}"));

    private static string Shown(PeopleOracle oracle, string user, bool isWhole) => oracle.Status is "Error" ? "" : string.Join(
        ' ',
        from place in Enumerable.Range(0, oracle.Letters.Length)
        let status = oracle.Look(place, user)
        where status is WorklistItemStatus.Available or WorklistItemStatus.Open || (isWhole && status is WorklistItemStatus.Allocated)
        select $"{place + 1}:{status}");

    private void Compare<T>(T engine, T oracle, string what, ReadOnlyMemory<PeopleStep> done)
    {
        if (!EqualityComparer<T>.Default.Equals(engine, oracle))
        {
            engine.ShouldBe(oracle, $"{what} after [{string.Join(", ", done.ToArray())}] of {_asked}");
        }
    }
}
