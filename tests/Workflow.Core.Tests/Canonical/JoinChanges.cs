using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;
using static Workflow.Core.Tests.Canonical.Change;

namespace Workflow.Core.Tests.Canonical;

/// <summary>A change of each property of joins, and of an activity that ends the process.</summary>
internal static class JoinChanges
{
    private const string Derived = "it follows from what the other properties say";

    public static IEnumerable<Change> All =>
    [
        Join("ActivityDefinition.Join", null, Arrivals.All),
        InActivity("ActivityDefinition.EndsProcess", _ => { }, activity => activity.EndsProcess()),
        InActivity(
            "ActivityDefinition.KeepsRest", Plan, activity =>
            {
                Plan(activity);
                activity.KeepRest();
            }),
        Join("Arrivals.Kind", Arrivals.AtLeast(2), Arrivals.AlongOneLine(2)),
        Join("Arrivals.Count", Arrivals.AtLeast(1), Arrivals.AtLeast(2)),
        Join("Arrivals.Split", Arrivals.OfTakenBy("S"), Arrivals.OfTakenBy("T")),
        Join("Arrivals.ExpiresOthers", Arrivals.First, Arrivals.First.ThenExpireOthers()),
        Join("Arrivals.KeepsLater", Arrivals.First, Arrivals.First.KeepingLater()),
        None("Arrivals.IsByLines", Derived), None("ProcessDefinition.Joins", Derived), None("ProcessDefinition.AllowsSendBack", Derived),
    ];

    private static void Plan(ActivityBuilder activity) => activity.PlanPerSlot(Slots.Number(2)).SucceedingRule(Answers.AllGiven);

    private static Change Join(string property, Arrivals? one, Arrivals? other) =>
        InProcess(property, process => Build(process, one), process => Build(process, other));

    /// <summary>Two splits, one behind the other, and a join behind both.</summary>
    private static void Build(ProcessBuilder process, Arrivals? arrivals)
    {
        var join = process.Activity("J", activity => _ = arrivals is null ? activity : activity.PrecedingRule(arrivals));
        var t = process.Activity("T").To(join, name: "t1").To(join, name: "t2");
        process.Activity("S").To(join, name: "s1").To(t, name: "s2");
    }
}
