using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Canonical;

/// <summary>Two definitions that differ in one property, or why a property needs no case.</summary>
internal sealed record Change(string Property, ProcessDefinition? Before, ProcessDefinition? After, string? Reason)
{
    public static readonly ProcessField<int> Amount = new("Amount");
    public static readonly ProcessField<int> Limit = new("Limit");
    public static readonly ProcessField<int> Other = new("Another");
    public static readonly ProcessField<string> Who = new("Who");
    public static readonly ProcessField<string> Whom = new("Whom");
    public static readonly ProcessField<IReadOnlyList<string>> Texts = new("Texts");
    public static readonly ProcessField<IReadOnlyList<string>> Others = new("Others");
    public static readonly ProcessField<IReadOnlyList<int>> Numbers = new("Numbers");
    public static readonly ActivityField<int> Tries = new("Tries");
    public static readonly DestinationField<int> Score = new("Score");
    public static readonly DestinationField<int> Points = new("Points");

    /// <summary>In the process itself.</summary>
    public static Change InProcess(string property, Action<ProcessBuilder> before, Action<ProcessBuilder> after) =>
        new(property, Define(before), Define(after), null);

    /// <summary>In one of its activities, which has a task.</summary>
    public static Change InActivity(string property, Action<ActivityBuilder> before, Action<ActivityBuilder> after) =>
        new(property, Activity(before), Activity(after), null);

    /// <summary>In the one task there is.</summary>
    public static Change InTask(string property, Action<ClientEventBuilder> before, Action<ClientEventBuilder> after) =>
        InActivity(property, activity => Task(activity, before), activity => Task(activity, after));

    /// <summary>In a rule that may ask everything.</summary>
    public static Change InRule(string property, Rule before, Rule after) => InActivity(
        property,
        activity => Task(activity.SucceedingRule(before), _ => { }),
        activity => Task(activity.SucceedingRule(after), _ => { }));

    public static Change None(string property, string reason) => new(property, null, null, reason);

    public override string ToString() => Property;

    public static void Task(ActivityBuilder activity, Action<ClientEventBuilder> task) => activity
        .Destinations(to => to.Users("ann"))
        .Client("Ask", asked => task(asked.Action("Yes")));

    private static ProcessDefinition Activity(Action<ActivityBuilder> define) =>
        Define(process => process.Activity("Other", activity => define(activity.Fields(Tries, Score, Points))));

    private static ProcessDefinition Define(Action<ProcessBuilder> define) => ProcessDefinition.Define("Sample", process =>
    {
        process.Fields(Amount, Limit, Other, Who, Whom, Texts, Others, Numbers);
        process.StartsWith(process.Activity("Work"));
        define(process);
    });
}
