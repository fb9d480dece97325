using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;

namespace Workflow.Core.Benchmarks;

/// <summary>The processes of J2, J3 and J4: people decide, and the process goes where their outcome leads.</summary>
internal sealed class DecisionProcess
{
    public const string Originator = "dora";
    public const string Activity = "Decide";
    public const string Event = "Decide the claim";
    public const string Action = "Approve";
    public const string Target = "Pay";

    private DecisionProcess(IReadOnlyList<string> users, string outcome, ProcessDefinition definition)
    {
        Users = users;
        Outcome = outcome;
        Definition = definition;
    }

    /// <summary>The process of J2 and J3.</summary>
    /// <code>
    ///              ┌── Approve ──► Pay ►
    /// ► Decide ────┤
    ///   ann        └── Decline ──► Refuse ►
    /// </code>
    public static DecisionProcess OfOne { get; } = One("One decision", static _ => { });

    /// <summary>The process of J10: an escalation reminds the user after a week.</summary>
    public static DecisionProcess OfOneEscalated { get; } = One("One decision with an escalation", task => task
        .Escalation("Remind", after: TimeSpan.FromDays(7), then => then.Run("Remind", static _ => { })));

    /// <summary>The process of J4.</summary>
    /// <code>
    /// ► Decide ──── Approved ──► Pay ►
    ///   thirty at once,
    ///   all have to approve
    /// </code>
    public static DecisionProcess OfThirty { get; } = new(Thirty, "Approved", ProcessDefinition.Define("Thirty decisions", process =>
    {
        process.Rights(rights => rights.Start(Originator));
        var decide = process.Activity(Activity, activity => activity
            .Destinations(to => to.Users(Thirty))
            .PlanPerDestination()
            .Client(Event, task => task.Action(Action).Action("Decline"))
            .Outcome("Approved", when: Answers.AllSlots == Action));
        var pay = process.Activity(Target);

        process.StartsWith(decide);
        decide.On("Approved", pay);
    }));

    /// <summary>The users that the activity is for; each answers once, in this order.</summary>
    public IReadOnlyList<string> Users { get; }

    /// <summary>The outcome that their answers come to.</summary>
    public string Outcome { get; }

    public ProcessDefinition Definition { get; }

    private static DecisionProcess One(string name, Action<ClientEventBuilder> more) => new(["ann"], Action, ProcessDefinition.Define(name, process =>
    {
        process.Rights(rights => rights.Start(Originator));
        var decide = process.Activity(Activity, activity => activity
            .Destinations(to => to.Users("ann"))
            .Client(Event, task => more(task.Action(Action).Action("Decline")))
            .OutcomesFromActions());
        var pay = process.Activity(Target);
        var refuse = process.Activity("Refuse");

        process.StartsWith(decide);
        decide.OnEachOutcome(pay, refuse);
    }));

    private static string[] Thirty => [.. Enumerable.Range(1, 30).Select(number => $"user {number}")];
}
