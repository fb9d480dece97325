using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;

namespace Workflow.Core.Benchmarks;

/// <summary>The process of J1 and J1c: ten activities in sequence, each with one server event that writes one integer field.</summary>
/// <code>
/// ► Step 1 ──► Step 2 ──► Step 3 ──► … ──► Step 10 ──►
/// </code>
internal static class TenSteps
{
    public const string Name = "Ten steps";
    public const string Originator = "dora";
    public const string Event = "Write the step";
    public const int Count = 10;

    public static readonly ProcessField<int> Step = new("Step");

    /// <summary>The names of the activities, in order.</summary>
    public static string[] Activities { get; } = [.. Enumerable.Range(1, Count).Select(number => $"Step {number}")];

    /// <summary>Its events are marked pure: the instance is committed once, at its end.</summary>
    public static ProcessDefinition Pure { get; } = Define((activity, number) => activity.PureServer(Event, CodeOf(number)));

    /// <summary>Its events are not: the instance is committed before and after each of them.</summary>
    public static ProcessDefinition Checkpointed { get; } = Define((activity, number) => activity.Server(Event, CodeOf(number)));

    private static ProcessDefinition Define(Action<ActivityBuilder, int> defineEvent) => ProcessDefinition.Define(Name, process =>
    {
        process.Fields(Step).Rights(rights => rights.Start(Originator));
        ActivityReference? last = null;
        for (var number = 1; number <= Count; number++)
        {
            var current = number;
            var next = process.Activity(Activities[number - 1], activity => defineEvent(activity, current));
            if (last is null)
            {
                process.StartsWith(next);
            }
            else
            {
                last.To(next);
            }

            last = next;
        }
    });

    private static Func<ServerEventContext, CancellationToken, ValueTask> CodeOf(int number) => (context, _) =>
    {
        context.Set(Step, number);
        return ValueTask.CompletedTask;
    };
}
