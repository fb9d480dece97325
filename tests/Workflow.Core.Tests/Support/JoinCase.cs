using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>A split with a number of branches, a join, and a way to run the split a second time.</summary>
/// <param name="Kind">The join.</param>
/// <param name="Count">How many arrivals it wants, where it counts them.</param>
/// <param name="Branches">How many branches there are.</param>
/// <param name="Rounds">How the split runs a second time.</param>
internal sealed record JoinCase(OracleJoin Kind, int Count, int Branches, JoinRounds Rounds)
{
    private static readonly ProcessField<int> _round = new("Round", initial: 1);
    private static readonly ProcessField<bool> _ends = new("Ends", initial: false);

    private static readonly ProcessField<bool>[] _takes =
        [.. Enumerable.Range(0, 4).Select(branch => new ProcessField<bool>($"Takes {branch}", initial: true))];

    private Arrivals Join => Kind switch
    {
        OracleJoin.All => Arrivals.All,
        OracleJoin.TakenBySplit => Arrivals.OfTakenBy("S"),
        OracleJoin.First => Arrivals.First,
        OracleJoin.FirstOfSplit => Arrivals.First.Of("S"),
        OracleJoin.AtLeast => Arrivals.AtLeast(Count),
        OracleJoin.AtLeastOfSplit => Arrivals.AtLeast(Count).Of("S"),
        OracleJoin.AtLeastThenExpireOthers => Arrivals.AtLeast(Count).ThenExpireOthers(),
        OracleJoin.AtLeastOfSplitThenExpireOthers => Arrivals.AtLeast(Count).Of("S").ThenExpireOthers(),
        OracleJoin.AtLeastBlocking => Arrivals.AtLeast(Count).KeepingLater(),
        _ => Arrivals.AlongOneLine(Count),
    };

    /// <summary>The process.</summary>
    public ProcessDefinition Define() => ProcessDefinition.Define("Join", process =>
    {
        process.OpenToAll().Fields([_round, _ends, .. _takes]);
        var split = process.Activity("S");
        var join = process.Activity("J", activity => activity
            .PrecedingRule(Join).PureServer("Count", context => context.Set(_round, context.Get(_round) + 1)));
        process.StartsWith(split, name: "once");
        for (var branch = 0; branch < Branches; branch++)
        {
            var activity = process.Activity($"B{branch}", item => item.Waits());
            split.To(activity, when: _takes[branch] == true);
            activity.To(join, when: _ends == false);
        }

        if (Rounds is JoinRounds.Twice)
        {
            process.StartsWith(split, name: "twice");
        }

        if (Rounds is JoinRounds.Loop)
        {
            join.To(split, when: _round == 2);
        }
    });

    /// <summary>Every sequence of steps to the end, as the oracle sees it.</summary>
    /// <param name="taken">The branches that are taken.</param>
    /// <param name="canEnd">Whether a branch can also end without an arrival.</param>
    public IEnumerable<JoinStep[]> Sequences(int[] taken, bool canEnd)
    {
        var open = new Stack<JoinStep[]>([[]]);
        while (open.TryPop(out var steps))
        {
            var active = Replay(steps, taken, (_, _, _) => { }).Active;
            if (active.Count == 0)
            {
                yield return steps;
                continue;
            }

            foreach (var (run, branch) in active)
            {
                open.Push([.. steps, new JoinStep(run, branch, Ends: false)]);
                if (canEnd)
                {
                    open.Push([.. steps, new JoinStep(run, branch, Ends: true)]);
                }
            }
        }
    }

    /// <summary>A sequence for each arrival in each state that can be reached, and on to the end.</summary>
    /// <param name="taken">The branches that are taken.</param>
    public IEnumerable<JoinStep[]> StepsFromEachState(int[] taken)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<JoinStep[]>([[]]);
        while (open.TryDequeue(out var steps))
        {
            var splits = 0;
            var oracle = Replay(steps, taken, (_, _, runs) => splits = runs);
            if (!known.Add($"{splits} {oracle.State}"))
            {
                yield return ToTheEnd(steps, taken);
                continue;
            }

            if (oracle.Active.Count == 0)
            {
                yield return steps;
            }

            foreach (var (run, branch) in oracle.Active)
            {
                open.Enqueue([.. steps, new JoinStep(run, branch, Ends: false)]);
            }
        }
    }

    private JoinStep[] ToTheEnd(JoinStep[] steps, int[] taken)
    {
        while (Replay(steps, taken, (_, _, _) => { }).Active is [var (run, branch), ..])
        {
            steps = [.. steps, new JoinStep(run, branch, Ends: false)];
        }

        return steps;
    }

    /// <summary>Lets the oracle take steps.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="taken">The branches that are taken.</param>
    /// <param name="seen">Gets the oracle, how often the join has run so far, and how often the split has, after each step.</param>
    public JoinOracle Replay(IEnumerable<JoinStep> steps, int[] taken, Action<JoinOracle, int, int> seen)
    {
        var oracle = new JoinOracle(Kind, Count, Branches);
        var (splits, passes) = (0, 0);
        oracle.Split(++splits, taken);
        if (Rounds is JoinRounds.Twice)
        {
            oracle.Split(++splits, taken);
        }

        foreach (var step in steps)
        {
            var before = passes;
            passes += step.Ends ? oracle.End(step.Run, step.Branch) : oracle.Arrive(step.Run, step.Branch);
            if (Rounds is JoinRounds.Loop && before == 0 && passes > 0)
            {
                oracle.Split(++splits, taken);
            }

            seen(oracle, passes, splits);
        }

        return oracle;
    }

    /// <summary>Takes the same steps in the engine, and compares after each.</summary>
    /// <param name="bed">The bed of the process.</param>
    /// <param name="taken">The branches that are taken.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="isStored">Whether another engine takes the instance up from the store, before the last step.</param>
    public async Task CompareAsync(WorkflowTestBed bed, int[] taken, JoinStep[] steps, bool isStored = false)
    {
        var expected = new List<(int Passes, string Active, bool IsUnfinished)>();
        Replay(steps, taken, (oracle, passes, _) => expected.Add(
            (passes, string.Join(" ", oracle.Active.Select(item => $"B{item.Branch}").Order(StringComparer.Ordinal)), oracle.IsUnfinished)));
        var id = (await bed.StartAsync("dora", start =>
        {
            for (var branch = 0; branch < Branches; branch++)
            {
                start.Set(_takes[branch], taken.Contains(branch));
            }
        })).Id;
        var runs = new Dictionary<int, (int Run, int Branch)>();
        for (var place = 0; place < steps.Length; place++)
        {
            if (isStored && place == steps.Length - 1)
            {
                await bed.RestartAsync();
            }

            var process = await bed.ReadAsync(id);
            Name(runs, process);
            var step = steps[place];
            var at = process.Activities.Single(activity => runs.GetValueOrDefault(activity.Id) == (step.Run, step.Branch));
            await bed.FinishAsync("bank", at.Destinations[0].Serial, finish => finish.Set(_ends, step.Ends));
            var now = await bed.ReadAsync(id);
            var active = string.Join(" ", now.Activities.Select(activity => activity.Name).Order(StringComparer.Ordinal));
            var where = $"{this}, takes {string.Join(",", taken)}: {string.Join(" ", steps.Take(place + 1))}";
            (now.Fields.Get<int>("Round") - 1, active).ShouldBe((expected[place].Passes, expected[place].Active), where);
            if (now.Status is ProcessInstanceStatus.Completed)
            {
                ((await bed.UnfinishedAsync(id)).Length > 0).ShouldBe(expected[place].IsUnfinished, where);
            }
        }

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    /// <summary>Says of which run of the split an activity instance is: of one branch, the older one belongs to the earlier run.</summary>
    private static void Name(Dictionary<int, (int Run, int Branch)> runs, ProcessInstance process)
    {
        foreach (var activity in process.Activities.Where(activity => !runs.ContainsKey(activity.Id)).OrderBy(activity => activity.Id))
        {
            var branch = activity.Name[1] - '0';
            runs.Add(activity.Id, (runs.Values.Count(known => known.Branch == branch) + 1, branch));
        }
    }
}
