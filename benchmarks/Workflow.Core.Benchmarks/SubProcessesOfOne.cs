using BenchmarkDotNet.Attributes;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Benchmarks;

/// <summary>J11: one sub-process that is started, runs and is received, among ten and among a thousand of one parent, against J2. The messages are delivered
/// one after the other in the measured call, as nothing else runs.</summary>
/// <code>
/// Parent ► Deliver (one sub-process for each line, all awaited) ►
/// Child  ► Count (pure code) ►
/// </code>
public class SubProcessesOfOne
{
    private const int Few = 10;
    private const int Many = 1_000;
    private const string Parent = "Order";

    private static readonly ProcessField<IReadOnlyList<int>> Lines = new("Lines");
    private static readonly ProcessField<int> Line = new("Line", 0);
    private static readonly ActivityField<int> Last = new("Last", 0);

    private static readonly ProcessDefinition[] _definitions =
    [
        ProcessDefinition.Define(Parent, process =>
        {
            process.Rights(rights => rights.Start(DecisionProcess.Originator)).Fields(Lines);
            process.StartsWith(process.Activity("Deliver", activity => activity
                .Fields(Last)
                .PlanPerSlot(Slots.ForEach(Lines))
                .StartsProcess("Deliver a line", "Delivery", child => child.SendSlotData(Line).Receive(Line, Last))
                .SucceedingRule(Answers.AllGiven)));
        }),
        ProcessDefinition.Define("Delivery", process =>
        {
            process.Rights(rights => rights.Start(DecisionProcess.Originator)).Fields(Line);
            process.StartsWith(process.Activity("Count", activity => activity.PureServer("Count it", code => code.Set(Line, code.Get(Line) + 1))));
        }),
    ];

    [GlobalSetup]
    public void WarmFirst() => WarmUp.Run(AmongTen, OneDecision);

    [Benchmark(Baseline = true, OperationsPerInvoke = DecisionLoad.Ones)]
    public Task<int> OneDecision() => DecisionLoad.EngineAsync(DecisionProcess.OfOne, DecisionLoad.Ones);

    [Benchmark(OperationsPerInvoke = Many)]
    public Task<int> AmongTen() => RunAsync(Many / Few, Few);

    [Benchmark(OperationsPerInvoke = Many)]
    public Task<int> AmongThousand() => RunAsync(1, Many);

    private static async Task<int> RunAsync(int parents, int children)
    {
        await using var engine = WorkflowEngine.Create(options => options.TakesUpWork = false);
        await engine.DeployAsync(_definitions).ConfigureAwait(false);
        var dora = engine.As(DecisionProcess.Originator);
        int[] lines = [.. Enumerable.Range(1, children)];
        var completed = 0;
        for (var number = 0; number < parents; number++)
        {
            var started = await dora.StartAsync(Parent, start => start.Set(Lines, lines)).ConfigureAwait(false);
            var delivered = await engine.DeliverMessagesAsync().ConfigureAwait(false);
            completed += delivered == 2 * children ? 1 : 0;
            if ((await engine.AsSystem().ReadAsync(started.Id).ConfigureAwait(false)).Status is not ProcessInstanceStatus.Completed)
            {
                throw new InvalidOperationException($"Process instance {started.Id} has not received all of its sub-processes.");
            }
        }

        return completed == parents ? completed : throw new InvalidOperationException($"Of {parents} parents {completed} had two messages for each child.");
    }
}
