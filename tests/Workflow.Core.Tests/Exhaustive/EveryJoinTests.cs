using Workflow.Core.Definitions;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Exhaustive;

/// <summary>Tries every join with every set of lines that a split takes, and every order of arrivals, over two runs of the split. After every step an oracle
/// says how often the join has passed, what is active, and at the end whether the join still waits.</summary>
[TestFixture]
public sealed class EveryJoinTests
{
    private static IEnumerable<TestCaseData> Small() => Named(Cases(most: 3).Where(item => item.Branches < 3 || item.Rounds is JoinRounds.Once));

    private static IEnumerable<TestCaseData> Large() => Named(Cases(most: 4).Where(item => item.Branches == 4 && item.Rounds is not JoinRounds.Once));

    private static IEnumerable<TestCaseData> Longest() => Named(Cases(most: 4).Where(item =>
        item is { Branches: 3, Rounds: not JoinRounds.Once } or { Branches: 4, Rounds: JoinRounds.Once }));

    /// <summary>Every sequence of steps.</summary>
    [TestCaseSource(nameof(Small))]
    [Statement("13.1")]
    [Statement("13.1b")]
    [Statement("13.1c")]
    [Statement("13.1d")]
    [Statement("13.1e")]
    [Statement("13.1h")]
    [Statement("13.1i")]
    public Task A_join_passes_when_the_oracle_says_so(object item) => CompareAsync((JoinCase)item, AllSequences);

    /// <summary>Every arrival in every state, with four branches and two runs of the split.</summary>
    [TestCaseSource(nameof(Large))]
    [Exhaustive]
    [Statement("13.1")]
    public Task A_join_passes_from_every_state_when_the_oracle_says_so(object item) =>
        CompareAsync((JoinCase)item, (known, taken) => known.StepsFromEachState(taken));

    /// <summary>Every sequence of steps.</summary>
    [TestCaseSource(nameof(Longest))]
    [Exhaustive]
    [Statement("13.1")]
    public Task A_join_passes_in_every_order_when_the_oracle_says_so(object item) => CompareAsync((JoinCase)item, AllSequences);

    private static IEnumerable<TestCaseData> Named(IEnumerable<JoinCase> cases) =>
        cases.Select(item => new TestCaseData(item).SetArgDisplayNames(item.ToString()));

    private static IEnumerable<JoinStep[]> AllSequences(JoinCase item, int[] taken) =>
        item.Sequences(taken, canEnd: item.Rounds is JoinRounds.Once || taken.Length < 3);

    private static IEnumerable<JoinCase> Cases(int most) =>
        from kind in Enum.GetValues<OracleJoin>()
        from branches in Enumerable.Range(1, most)
        from count in kind is OracleJoin.All or OracleJoin.TakenBySplit or OracleJoin.First or OracleJoin.FirstOfSplit ? [1]
            : kind is OracleJoin.AlongOneLine ? [1, 2] : Enumerable.Range(1, branches)
        from rounds in Enum.GetValues<JoinRounds>()

        // A join that counts the lines of a split wants one that splits.
        where branches > 1 || kind is OracleJoin.All or OracleJoin.First or OracleJoin.AtLeast or OracleJoin.AtLeastBlocking or OracleJoin.AlongOneLine

        // Where arrivals come from two runs of the split, the others of the split are those of neither: 13.1e says nothing of them.
        where rounds is not JoinRounds.Twice || kind is not OracleJoin.AtLeastThenExpireOthers
        select new JoinCase(kind, count, branches, rounds);

    private static async Task CompareAsync(JoinCase item, Func<JoinCase, int[], IEnumerable<JoinStep[]>> sequences)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(item.Define(), options => options.SilencedFindings = FindingIds.All);
        var compared = 0;
        for (var set = 1; set < 1 << item.Branches; set++)
        {
            int[] taken = [.. Enumerable.Range(0, item.Branches).Where(branch => (set & (1 << branch)) != 0)];
            foreach (var steps in sequences(item, taken))
            {
                await item.CompareAsync(bed, taken, steps);
                compared++;
            }
        }

        await TestContext.Out.WriteLineAsync($"{item}: {compared} sequences");
    }
}
