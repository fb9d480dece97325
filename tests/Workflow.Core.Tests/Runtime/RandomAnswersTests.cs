using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Runtime;

/// <summary>An engine that keeps nothing in memory loads only the parts of each task. It does the same as an engine with the whole instance in
/// memory.</summary>
[TestFixture]
internal sealed class RandomAnswersTests
{
    private const int Steps = 60;

    private static readonly ProcessInstanceId _id = new(1);
    private static readonly string[] _users = ["ann", "bob", "cy", "dan", "eve"];
    private static readonly Destination _role = Destination.Role("Managers");
    private static readonly DestinationField<int> _points = new("Points");

    private static int _tasks;
    private static int _whole;

    [Test]
    [CancelAfter(120_000)]
    [Statement("14.1")]
    [Statement("14.6")]
    public async Task Both_give_the_same_results_and_store_the_same_bytes([Seeds(150)] int seed)
    {
        var chance = new Mutations((ulong)seed);
        var definition = Definition(chance);
        await using var memory = await Side.OpenAsync(definition, resident: 10);
        await using var parts = await Side.OpenAsync(definition, resident: 0);

        for (var step = 0; step < Steps; step++)
        {
            var move = Move(chance);

            var (expected, found) = (await memory.MoveAsync(move), await parts.MoveAsync(move));

            found.ShouldBe(expected, $"step {step} of seed {seed}");
            (await parts.BytesAsync()).ShouldBe(await memory.BytesAsync(), $"step {step} of seed {seed}");
        }

        Interlocked.Add(ref _tasks, parts.Store.Tasks);
        Interlocked.Add(ref _whole, parts.Store.Whole);
    }

    /// <summary>The comparison is worth something only if many turns get by with the parts of a task.</summary>
    [OneTimeTearDown]
    public void MostTurnsNeedTheirTaskOnly()
    {
        if (_tasks > 0)
        {
            _whole.ShouldBeLessThan(_tasks / 2, $"of {_tasks} tasks");
        }
    }

    /// <summary>One or two activities side by side, each with one or two client events, and one behind them.</summary>
    private static ProcessDefinition Definition(Mutations chance) => ProcessDefinition.Define("Random", process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Admin));
        var last = process.Activity("Last", activity => activity
            .Destinations(to => _ = chance.Next(2) == 0 ? to.Users("dan", "eve") : to.Set("Others").Users("ann", "dan", "eve").ExceptActorsOf("Decide 1"))
            .PlanPerDestination()
            .Client("Check", task => task.Action("Yes").Action("No"))
            .Outcome("Checked", when: Rule(chance)));
        for (var number = 1; number <= 1 + chance.Next(2); number++)
        {
            var hasOutcome = chance.Next(2) == 0;
            var decide = process.Activity($"Decide {number.Invariant()}", activity =>
            {
                activity.Fields(_points).Destinations(
            to => _ = chance.Next(4) == 0 ? to.Users("ann").Role(_role.Name) : to.Users(_users.AsSpan(..(2 + chance.Next(4)))));
                _ = chance.Next(6) switch
                {
                    0 => activity.PlanJustOnce(Slots.Number(1 + chance.Next(3))),
                    1 => activity.PlanPerDestination(Slots.Number(1 + chance.Next(3))),
                    2 => activity.PlanPerDestinationInTurn(),
                    _ => activity.PlanPerDestination(),
                };
                activity.Client("First", task => task.Action("Yes").Action("No").Update("Later").SucceedingRule(
                chance.Next(3) == 0 ? Answers.AtLeast(1) == "Yes" : Answers.AllCompleted != "No"));
                if (chance.Next(3) == 0)
                {
                    activity.Client("Second", task => task.Action("Yes").Action("No"));
                }

                if (chance.Next(4) == 0)
                {
                    activity.PureServer("Count", context => context.Set(_points, 1));
                }

                activity.WhenUnresolved((WhenUnresolved)chance.Next(5));
                _ = hasOutcome ? activity.Outcome("Good", when: Rule(chance)).Outcome("Bad", when: Rule(chance)) : activity.SucceedingRule(Rule(chance));
            });
            process.StartsWith(decide);
            _ = hasOutcome ? decide.On("Good", last) : decide.To(last, Rule(chance));
        }
    });

    private static Rule Rule(Mutations chance) => chance.Next(10) switch
    {
        0 => Answers.AllSlots == "Yes",
        1 => Answers.All == "Yes",
        2 => Answers.None == "No" & Answers.AtLeast(2) == "Yes",
        3 => Answers.CountOf(ActionResult.Field == "Yes") * 2 > Answers.Total,
        4 => Answers.AllCompleted != "No",
        5 => Answers.AtMost(1) == "No" & Answers.AtLeast(1) == "Yes",
        6 => Answers.AllGiven,
        7 => Answers.AtLeast(2).Satisfy(ActionResult.Field == "Yes" | ActionResult.Field == "No"),
        _ => Answers.AtLeast(1 + chance.Next(4)) == (chance.Next(2) == 0 ? "Yes" : "No"),
    };

    private static (int Kind, string User, int Destination, string Other) Move(Mutations chance) =>
        (chance.Next(14), _users[chance.Next(_users.Length)], 1 + chance.Next(9), _users[chance.Next(_users.Length)]);

    /// <summary>One of the engines, with a store and a clock of its own.</summary>
    private sealed class Side(LoadedParts store, ManualTimeProvider clock, WorkflowEngine engine) : IAsyncDisposable
    {
        public LoadedParts Store => store;

        [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Reliability", "CA2000:Dispose objects before losing scope", Justification = "The side disposes of it.")]
        public static async Task<Side> OpenAsync(ProcessDefinition definition, int resident)
        {
            var clock = new ManualTimeProvider(WorkflowTestBed.Beginning);
            var store = new LoadedParts(new InMemoryProcessStore(clock));
            var side = new Side(store, clock, await EngineAsync(definition, store, clock, resident));
            store.Clear();
            return side;
        }

        /// <returns>The refusal, or how the task is shown.</returns>
        public async Task<string> MoveAsync((int Kind, string User, int Destination, string Other) move)
        {
            var worklist = engine.As(move.User).Worklist;
            var serial = new SerialNumber(_id, move.Destination);
            try
            {
                switch (move.Kind)
                {
                    case 0:
                        clock.Advance(TimeSpan.FromMinutes(20));
                        return $"{await engine.RunDueTimersAsync()} timers";
                    case 1:
                        await (await worklist.OpenAsync(serial, allocate: false)).ReleaseAsync();
                        break;
                    case 2:
                        await (await worklist.OpenAsync(serial, allocate: false)).SleepAsync(TimeSpan.FromMinutes(30));
                        break;
                    case 3:
                        await (await worklist.OpenAsync(serial, allocate: false)).RedirectAsync(move.Other);
                        break;
                    case 4:
                        await (await worklist.OpenAsync(serial, allocate: false)).DelegateAsync(Destination.User(move.Other));
                        break;
                    case 5:
                        await worklist.ExecuteAsync(serial, "Later");
                        break;
                    case 6:
                        return (await worklist.OpenAsync(serial)) is var open
            ? $"{open.Status} {open.SlotsFree} {string.Join(',', open.Actions.Select(action => action.Name))}" : "";
                    case 7 or 8:
                        await worklist.ExecuteAsync(serial, "No");
                        break;
                    default:
                        await worklist.ExecuteAsync(serial, "Yes");
                        break;
                }

                return "done";
            }
            catch (WorkflowException exception)
            {
                return $"{exception.GetType().Name} {exception.Message}";
            }
        }

        public async Task<string> BytesAsync()
        {
            var stored = (await store.Inner.LoadAsync(_id, CancellationToken.None)).ShouldNotBeNull();
            var journal = await store.Inner.ReadJournalAsync(_id, after: 0, limit: 10_000, CancellationToken.None);
            return string.Join('\n', [
                $"{stored.Version}", .. stored.Parts.Select(part => $"{part.Key} {Convert.ToHexString(part.Content.Span)}"),
                .. journal.Select(piece => Convert.ToHexString(piece.Content.Span))]);
        }

        public ValueTask DisposeAsync() => engine.DisposeAsync();

        private static async Task<WorkflowEngine> EngineAsync(ProcessDefinition definition, IProcessStore store, ManualTimeProvider clock, int resident)
        {
            var engine = WorkflowEngine.Create(options =>
            {
                (options.Store, options.ResidentInstances, options.TakesUpWork, options.Clock) = (store, resident, false, clock);
                options.DestinationResolver = new StaticDestinations { { _role, "bob", "eve" } };
            });
            await engine.DeployAsync(definition);
            await engine.As("dora").StartAsync("Random");
            return engine;
        }
    }
}
