namespace Workflow.Core.Benchmarks;

/// <summary>The value that a benchmark has to reach, as a ratio against a baseline of the same run.</summary>
/// <param name="Job">The name of the job.</param>
/// <param name="What">The measurement and its baseline, in words.</param>
/// <param name="Type">The class of the two methods.</param>
/// <param name="Method">The method that is judged.</param>
/// <param name="Baseline">The method it is compared with.</param>
/// <param name="Most">The most that the ratio of the medians may be.</param>
/// <param name="MostBytes">The most that may be allocated for one operation; null for no limit.</param>
internal sealed record Goal(string Job, string What, Type Type, string Method, string Baseline, double Most, long? MostBytes = null)
{
    /// <summary>Of a gain that is <c>cores</c> at best, this much has to arrive, for work that is said to scale with the cores.</summary>
    private const double ShareOfCores = 0.75;

    public static IReadOnlyList<Goal> All { get; } =
    [
        new("J1", "the engine against raw", typeof(PureSequence), nameof(PureSequence.Engine), nameof(PureSequence.Raw), 5),
        new(
            "J1, at once",
            "1,000 starts at once against 1,000 one after the other",
            typeof(PureSequenceAtOnce),
            nameof(PureSequenceAtOnce.EngineAtOnce),
            nameof(PureSequenceAtOnce.EngineOneAfterTheOther),
            1 / Math.Max(1, ShareOfCores * Environment.ProcessorCount)),
        new("J1c", "the engine against raw", typeof(CheckpointedSequence), nameof(CheckpointedSequence.Engine), nameof(CheckpointedSequence.Raw), 12),
        new(
            "J2",
            "the engine against raw + snapshot",
            typeof(OneDecision),
            nameof(OneDecision.Engine),
            nameof(OneDecision.RawAndSnapshot),
            0.5,
            MostBytes: 6 * 1024),
        new(
            "J4",
            "the engine against raw + snapshot",
            typeof(ThirtyDecisions),
            nameof(ThirtyDecisions.Engine),
            nameof(ThirtyDecisions.RawAndSnapshot),
            0.3),
        new(
            "J10",
            "J2 with an escalation against J2",
            typeof(EscalatedDecision),
            nameof(EscalatedDecision.WithEscalation),
            nameof(EscalatedDecision.WithoutEscalation),
            1.1),
        new(
            "J11, size",
            "one sub-process among 1,000 against one among 10",
            typeof(SubProcessesOfOne),
            nameof(SubProcessesOfOne.AmongThousand),
            nameof(SubProcessesOfOne.AmongTen),
            1.5),
        new(
            "J11",
            "one sub-process among 10 against J2",
            typeof(SubProcessesOfOne),
            nameof(SubProcessesOfOne.AmongTen),
            nameof(SubProcessesOfOne.OneDecision),
            2.5),
        new(
            "J9, rule",
            "the rule against the lines",
            typeof(RuleOfThreeClauses),
            nameof(RuleOfThreeClauses.Engine),
            nameof(RuleOfThreeClauses.ByHand),
            3,
            MostBytes: 0),
        new(
            "J9, slot function",
            "the rule against the lines",
            typeof(SlotFunctionOverThirtySlots),
            nameof(SlotFunctionOverThirtySlots.Engine),
            nameof(SlotFunctionOverThirtySlots.ByHand),
            3,
            MostBytes: 0),
    ];
}
