using Workflow.Core.Contexts;
using Workflow.Core.Definitions;

namespace Workflow.Core.CrashChild.Load;

/// <summary>Five small processes: one that runs through, one that waits for a decision, one that waits for an outside system, one that reminds and gives up,
/// and one that fails at first.</summary>
internal static class Processes
{
    public const string Chain = "Chain";
    public const string Decision = "Decision";
    public const string Parts = "Parts";
    public const string Chase = "Chase";
    public const string Broken = "Broken";
    public const string Moved = "Moved";
    public const string Family = "Family";
    public const string Member = "Member";
    public const string Household = "Household";
    public const string Guest = "Guest";
    public const string Errand = "Errand";
    public const string Runner = "Runner";
    public const string Answer = "Answer";
    public const string Remind = "Remind";
    public const string GiveUp = "Give up";
    public const int Reminders = 3;
    public const string Approve = "Approve";
    public const string Decline = "Decline";

    public static IReadOnlyList<string> Names { get; } = [Chain, Decision, Parts, Chase];

    public static IReadOnlyList<ProcessDefinition> Define(Action<CodeContext> note) =>
        [
            DefineChain(note), DefineDecision(note), DefineParts(note), DefineChase(note), DefineBroken(note), DefineMoved(2), DefineMoved(1),
            .. Families.Define(note), .. Escalating.Define(note),
        ];

    /// <summary>The elements of the process to be moved whose names have changed.</summary>
    public static Renames MovedNames { get; } = Renames.None.Activity("Ask", "Ask 2").Event("Ask", "Decide", "Decide 2").Event("Wait", "Bank", "Bank 2");

    private static ProcessDefinition DefineChain(Action<CodeContext> note) => ProcessDefinition.Define(Chain, process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Start));
        var first = process.Activity("First", activity => activity.Server("Book", note).Server("Print", note));
        var second = process.Activity("Second", activity => activity.Server("Send", AtLeisure(note)));
        process.StartsWith(first);
        first.To(second);
    });

    private static ProcessDefinition DefineDecision(Action<CodeContext> note) => ProcessDefinition.Define(Decision, process =>
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

    private static ProcessDefinition DefineParts(Action<CodeContext> note) => ProcessDefinition.Define(Parts, process =>
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

    /// <summary>Its instances end by themselves. Every reminder has its code run, however late its host comes.</summary>
    private static ProcessDefinition DefineChase(Action<CodeContext> note) => ProcessDefinition.Define(Chase, process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Start));
        var close = process.Activity("Close", activity => activity.Server("Close", note));
        var answer = process.Activity(Answer, activity => activity
            .Destinations(to => to.Originator())
            .Client(Answer, task => task
                .Action(Approve)
                .Action(Decline)
                .Escalation(
                    Remind, TimeSpan.FromMilliseconds(30), then => then.Run(Remind, note), Repeat.Times(Reminders - 1).WhenMissed(Missed.Each)))
            .Escalation(GiveUp, TimeSpan.FromMilliseconds(120), then => then.GoTo(close)));
        process.StartsWith(answer);
        answer.To(close);
    });

    /// <summary>Fails when its code is called first, and waits for an administrator. The load does not start it.</summary>
    private static ProcessDefinition DefineBroken(Action<CodeContext> note) => ProcessDefinition.Define(Broken, process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Start));
        var pay = process.Activity("Pay", activity => activity.Server("Pay", context =>
        {
            note(context);
            if (context.Attempt == 1)
            {
                throw new InvalidOperationException("The bank does not answer.");
            }
        }));
        var tell = process.Activity("Tell", activity => activity.Server("Tell", note));
        process.StartsWith(pay);
        pay.To(tell);
    });

    /// <summary>Waits for its originator and for an outside system, and new instances start on version 1. The load does not start it.</summary>
    private static ProcessDefinition DefineMoved(int version) => ProcessDefinition.Define(Moved, process =>
    {
        var behind = version == 1 ? "" : " 2";
        process.Version(version).Rights(rights => rights.Everyone(ProcessRight.Start));
        process.StartsWith(process.Activity($"Ask{behind}", activity => activity
            .Destinations(to => to.Originator())
            .Client($"Decide{behind}", task => task
                .Action(Approve)
                .Escalation(Remind, TimeSpan.FromDays(900 * version), then => then.Run(Remind, _ => { }), repeat: version))));
        process.StartsWith(process.Activity("Wait", activity => activity.Server($"Bank{behind}", context => context.WaitUntilFinished())));
    });

    /// <summary>The same code off the caller's thread, and slower. It looks at the cancellation before it acts, and not afterwards: what it has done, it
    /// reports.</summary>
    private static Func<ServerEventContext, CancellationToken, ValueTask> AtLeisure(Action<CodeContext> note) => async (context, cancellation) =>
    {
        await Task.Yield();
        cancellation.ThrowIfCancellationRequested();
        note(context);
        await Task.Delay(TimeSpan.FromMilliseconds(2), CancellationToken.None);
    };
}
