using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Exhaustive;

/// <summary>Every plan, number of people, number of slots, rule, order of finishes and answer within small bounds, against an oracle.</summary>
[TestFixture]
public sealed class EveryPlanTests
{
    private static readonly ProcessField<IReadOnlyList<string>> Team = new("Team");
    private static readonly ProcessField<int> Copies = new("Copies");
    private static readonly ProcessField<int> Wanted = new("Wanted");
    private static readonly DestinationField<bool> Good = new("Good", initial: false);

    private static int _cases;

    /// <code>
    /// ► Work (planned as told, each waits) ──► After (waits) ──►
    /// </code>
    private static ProcessDefinition Working(PlanOption plan, bool isPerDestination, AskedRule rule) => ProcessDefinition.Define("Working", process =>
    {
        process.OpenToAll().Fields(Team, Copies, Wanted);
        var slots = isPerDestination ? Slots.PerDestination : Slots.Number(Copies);
        var work = process.Activity("Work", activity =>
        {
            activity.Fields(Good).Destinations(to => to.Users(Team)).Waits();
            _ = plan switch
            {
                PlanOption.JustOnce => activity.PlanJustOnce(slots),
                PlanOption.PerDestination => activity.PlanPerDestination(slots),
                PlanOption.PerDestinationInTurn => activity.PlanPerDestinationInTurn(slots),
                _ => activity.PlanPerSlot(slots),
            };
            _ = rule switch
            {
                AskedRule.AllSlotsCompleted => activity.SucceedingRule(Answers.AllGiven),
                AskedRule.AtLeastGood => activity.SucceedingRule(Answers.AtLeast(Wanted).Satisfy(Good == true)),
                _ => activity,
            };
        });
        process.StartsWith(work);
        work.To(process.Activity("After", activity => activity.Waits()));
    });

    private static IEnumerable<PlannedCase> Cases(PlanOption plan, bool isPerDestination, AskedRule rule) =>
        from people in Enumerable.Range(0, 5)
        from slots in isPerDestination ? [null] : Enumerable.Range(1, 5).Select(count => (int?)count)
        from wanted in rule is AskedRule.AtLeastGood ? Enumerable.Range(1, 4) : [0]
        select new PlannedCase(plan, people, slots, rule, wanted);

    /// <summary>Every order and every answer. Answers that no rule asks for are left out. Only plan per slot has five slots; they are answered in all ways for
    /// one number of people, and all alike for the others.</summary>
    private static IEnumerable<(int[] Order, int Answers)> Plays(PlannedCase planned, DestinationOracle oracle)
    {
        var count = oracle.Finishes;
        var answers = planned.Rule is AskedRule.AtLeastGood ? 1 << count : 1;
        int[] inTurn = [.. Enumerable.Range(0, count)];
        IEnumerable<int[]> orders = oracle.IsInTurn ? [inTurn] : Words.Orders(count);
        return from order in orders from mask in Enumerable.Range(0, answers) where count < 5 || planned.People == 2 || mask % 31 == 0 select (order, mask);
    }

    [Test]
    [Statement("4.5")]
    [Statement("3.7")]
    [Exhaustive]
    [NonParallelizable]
    public async Task Every_run_of_every_plan_is_as_the_documents_say()
    {
        _cases = 0;
        foreach (var plan in Enum.GetValues<PlanOption>())
        {
            foreach (var rule in Enum.GetValues<AskedRule>())
            {
                await RunAsync(plan, isPerDestination: false, rule);
                if (plan is not PlanOption.PerSlot)
                {
                    await RunAsync(plan, isPerDestination: true, rule);
                }
            }
        }

        await TestContext.Out.WriteLineAsync($"{_cases} cases");
        _cases.ShouldBeGreaterThan(20_000);
    }

    private static async Task RunAsync(PlanOption plan, bool isPerDestination, AskedRule rule)
    {
        await using var engine = WorkflowEngine.Create(options => options.ResidentInstances = 8);
        await engine.DeployAsync(Working(plan, isPerDestination, rule));
        var played = new HashSet<string>();
        foreach (var planned in Cases(plan, isPerDestination, rule))
        {
            played.Clear();
            foreach (var (order, answers) in Plays(planned, new DestinationOracle(planned)))
            {
                if (played.Add(Told(planned, order, answers)))
                {
                    _cases++;
                    await PlayAsync(engine, planned, order, answers);
                }
            }
        }
    }

    /// <summary>The steps until the activity is over: orders that differ only behind that are one.</summary>
    private static string Told(PlannedCase planned, int[] order, int answers)
    {
        var oracle = new DestinationOracle(planned);
        return string.Concat(order.TakeWhile(_ => !oracle.IsCompleted).Select(place =>
        {
            oracle.Finish(place, IsGood(answers, place));
            return $"{place}{(IsGood(answers, place) ? '+' : '-')}";
        }));
    }

    private static bool IsGood(int answers, int place) => ((answers >> place) & 1) == 1;

    private static async Task PlayAsync(WorkflowEngine engine, PlannedCase planned, int[] order, int answers)
    {
        var system = engine.AsSystem();
        var oracle = new DestinationOracle(planned);
        var started = await system.StartAsync("Working", start =>
            start.Set(Team, People.First(planned.People)).Set(Copies, planned.Slots ?? 0).Set(Wanted, planned.Wanted));
        await CompareAsync(system, started.Id, oracle, planned);
        foreach (var place in order)
        {
            if (oracle.IsCompleted)
            {
                break;
            }

            oracle.Finish(place, IsGood(answers, place));
            await system.FinishAsync(new SerialNumber(started.Id, place + 1), finish => finish.Set(Good, IsGood(answers, place)));
            await CompareAsync(system, started.Id, oracle, planned);
        }

        if (!oracle.IsError)
        {
            oracle.IsCompleted.ShouldBeTrue();
            await CompareHistoryAsync(system, started.Id, oracle, planned);
        }
    }

    private static async Task CompareAsync(WorkflowConnection system, ProcessInstanceId id, DestinationOracle oracle, PlannedCase planned)
    {
        var process = await system.ReadAsync(id);
        (process.Status == ProcessInstanceStatus.Error).ShouldBe(oracle.IsError, planned.ToString());
        var activity = process.Activities.ShouldHaveSingleItem();
        if (oracle.IsCompleted)
        {
            activity.Name.ShouldBe("After", planned.ToString());
        }
        else if (activity.Name != "Work" || activity.Letters() != oracle.Letters)
        {
            $"{activity.Name} {activity.Letters()}".ShouldBe($"Work {oracle.Letters}", planned.ToString());
        }
        else if (!oracle.IsError && (activity.SlotTotal, activity.CompletedSlots) != (oracle.Slots, oracle.CompletedSlots))
        {
            (activity.SlotTotal, activity.CompletedSlots).ShouldBe((oracle.Slots, oracle.CompletedSlots), planned.ToString());
        }
    }

    private static async Task CompareHistoryAsync(WorkflowConnection system, ProcessInstanceId id, DestinationOracle oracle, PlannedCase planned)
    {
        var letters = new SortedDictionary<int, char>();
        var completed = 0;
        foreach (var entry in (await system.ReadHistoryAsync(id, limit: 500)).Where(entry => entry.ActivityInstance == 1))
        {
            completed += entry.Kind is JournalKind.ActivityCompleted ? 1 : 0;
            if (entry.Kind is JournalKind.DestinationCreated or JournalKind.DestinationCompleted or JournalKind.DestinationExpired)
            {
                letters[entry.Destination] = entry.Kind switch
                {
                    JournalKind.DestinationCreated => 'A',
                    JournalKind.DestinationCompleted => 'C',
                    _ => 'E',
                };
            }
        }

        string.Concat(letters.Values).ShouldBe(oracle.Letters, planned.ToString());
        completed.ShouldBe(1, planned.ToString());
    }
}
