using Workflow.Core.Contexts;
using Workflow.Core.Definitions;

namespace Workflow.Core.CrashChild.Load;

/// <summary>Three small processes: one that runs through, one that waits for a decision, one that waits for an outside system.</summary>
internal static class Processes
{
    public const string Chain = "Chain";
    public const string Decision = "Decision";
    public const string Parts = "Parts";
    public const string Approve = "Approve";
    public const string Decline = "Decline";

    public static IReadOnlyList<string> Names { get; } = [Chain, Decision, Parts];

    public static IReadOnlyList<ProcessDefinition> Define(Action<ServerEventContext> note) => [DefineChain(note), DefineDecision(note), DefineParts(note)];

    private static ProcessDefinition DefineChain(Action<ServerEventContext> note) => ProcessDefinition.Define(Chain, process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Start));
        var first = process.Activity("First", activity => activity.Server("Book", note).Server("Print", note));
        var second = process.Activity("Second", activity => activity.Server("Send", AtLeisure(note)));
        process.StartsWith(first);
        first.To(second);
    });

    private static ProcessDefinition DefineDecision(Action<ServerEventContext> note) => ProcessDefinition.Define(Decision, process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Start));
        var prepare = process.Activity("Prepare", activity => activity.Server("Collect", note));
        var decide = process.Activity("Decide", activity => activity
            .Destinations(to => to.Originator())
            .Client("Decide", task => task.Action(Approve).Action(Decline))
            .OutcomesFromActions());
        var carryOut = process.Activity("Carry out", activity => activity.Server("Transfer", AtLeisure(note)));
        process.StartsWith(prepare);
        prepare.To(decide);
        decide.On(Approve, carryOut);
    });

    private static ProcessDefinition DefineParts(Action<ServerEventContext> note) => ProcessDefinition.Define(Parts, process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Start));
        var order = process.Activity("Order", activity => activity.Server("Order", context =>
        {
            note(context);
            context.WaitUntilFinished(context.Originator);
        }));
        var assemble = process.Activity("Assemble", activity => activity.Server("Assemble", note));
        process.StartsWith(order);
        order.To(assemble);
    });

    /// <summary>The same code off the caller's thread, and slower. It looks at the cancellation before it acts, and not afterwards: what it has done, it
    /// reports.</summary>
    private static Func<ServerEventContext, CancellationToken, ValueTask> AtLeisure(Action<ServerEventContext> note) => async (context, cancellation) =>
    {
        await Task.Yield();
        cancellation.ThrowIfCancellationRequested();
        note(context);
        await Task.Delay(TimeSpan.FromMilliseconds(2), CancellationToken.None);
    };
}
