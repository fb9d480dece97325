using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Benchmarks;

/// <summary>Parents that wait for one sub-process for each of their lines. Their messages are delivered one after the other, as nothing else runs.</summary>
/// <code>
/// Parent ► Deliver (one sub-process for each line, all awaited) ►
/// Child  ► Count (pure code) ►
/// </code>
internal static class SubProcessLoad
{
    /// <summary>How many sub-processes one parent has.</summary>
    public const int Few = 10;

    /// <summary>How many sub-processes one parent has at most, and how many a run has in all.</summary>
    public const int Many = 1_000;

    private const string Parent = "Order";

    private static readonly ProcessField<IReadOnlyList<int>> Lines = new("Lines");
    private static readonly ProcessField<int> Line = new("Line", 0);
    private static readonly ActivityField<int> Last = new("Last", 0);

    public static ProcessDefinition[] Definitions { get; } =
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

    /// <summary>Runs parents one after the other, each with all of its sub-processes.</summary>
    /// <param name="engine">An engine without work of its own, to which the definitions are deployed.</param>
    /// <param name="parents">How many parents.</param>
    /// <param name="children">How many sub-processes each has.</param>
    /// <exception cref="InvalidOperationException">Not every sub-process was started and received.</exception>
    public static async Task<int> RunAsync(WorkflowEngine engine, int parents, int children)
    {
        var dora = engine.As(DecisionProcess.Originator);
        int[] lines = [.. Enumerable.Range(1, children)];
        for (var number = 0; number < parents; number++)
        {
            var started = await dora.StartAsync(Parent, start => start.Set(Lines, lines)).ConfigureAwait(false);
            Require.Expected("messages for each sub-process", await engine.DeliverMessagesAsync().ConfigureAwait(false), 2 * children);
            var parent = await engine.AsSystem().ReadAsync(started.Id).ConfigureAwait(false);
            Require.Expected("status of the parent", parent.Status, ProcessInstanceStatus.Completed);
        }

        return parents;
    }
}
