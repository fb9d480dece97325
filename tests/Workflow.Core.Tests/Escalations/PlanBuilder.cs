using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Escalations;

/// <summary>Makes the definition of a plan.</summary>
internal static class PlanBuilder
{
    public const string User = "ann";
    public const string Action = "Done";

    public static ProcessDefinition Build(ProcessPlan plan) => ProcessDefinition.Define("Plan", process =>
    {
        process.OpenToAll().Fields([.. ProcessPlan.Fields.Select(field => (Field)field)]);
        foreach (var escalation in plan.Escalations)
        {
            Add(process, escalation);
        }

        var activities = plan.Activities.Select(one => process.Activity(one.Name, activity => Define(activity, one))).ToList();
        process.StartsWith(activities[0]);
        for (var index = 1; index < activities.Count; index++)
        {
            activities[index - 1].To(activities[index]);
        }
    });

    private static void Define(ActivityBuilder activity, ActivityPlan plan)
    {
        activity.Destinations(to => to.Users(User)).Client("Task", task =>
        {
            task.Action(Action);
            foreach (var escalation in plan.OfTask)
            {
                Add(task, escalation);
            }
        });
        if (plan.Start is not null)
        {
            activity.StartRule(plan.Start.Build());
        }

        foreach (var escalation in plan.Escalations)
        {
            Add(activity, escalation);
        }
    }

    private static void Add(ProcessBuilder process, EscalationPlan plan)
    {
        void Then(ProcessEscalationBuilder then)
        {
            if (plan.GoTo is { } goTo)
            {
                then.GoTo(goTo.Target, goTo.Build(), goTo.IfActive);
            }
            else
            {
                then.Mails();
            }
        }

        if (IsAfter(plan))
        {
            process.Escalation(plan.Name, after: plan.When.Amount!.Build(), Then, plan.BuildRepeat());
        }
        else
        {
            process.Escalation(plan.Name, when: plan.When.Build(), Then, plan.BuildRepeat());
        }
    }

    private static void Add(ActivityBuilder activity, EscalationPlan plan)
    {
        void Then(ActivityEscalationBuilder then)
        {
            switch (plan.Doing)
            {
                case Doing.GoTo:
                    then.GoTo(plan.GoTo!.Target, plan.GoTo.Build(), plan.GoTo.IfActive);
                    break;

                case Doing.ExpireActivity:
                    then.ExpireActivity();
                    break;

                default:
                    then.Mails();
                    break;
            }
        }

        if (IsAfter(plan))
        {
            activity.Escalation(plan.Name, after: plan.When.Amount!.Build(), Then, plan.BuildRepeat());
        }
        else
        {
            activity.Escalation(plan.Name, when: plan.When.Build(), Then, plan.BuildRepeat());
        }
    }

    private static void Add(ClientEventBuilder task, EscalationPlan plan)
    {
        void Then(EventEscalationBuilder then)
        {
            switch (plan.Doing)
            {
                case Doing.GoTo:
                    then.GoTo(plan.GoTo!.Target, plan.GoTo.Build(), plan.GoTo.IfActive);
                    break;

                case Doing.ExpireActivity:
                    then.ExpireActivity();
                    break;

                case Doing.ExpireEvent:
                    then.ExpireEvent();
                    break;

                default:
                    then.Mails();
                    break;
            }
        }

        if (IsAfter(plan))
        {
            task.Escalation(plan.Name, after: plan.When.Amount!.Build(), Then, plan.BuildRepeat());
        }
        else
        {
            task.Escalation(plan.Name, when: plan.When.Build(), Then, plan.BuildRepeat());
        }
    }

    /// <summary>Whether the rule is an amount alone, for which there is a short form.</summary>
    private static bool IsAfter(EscalationPlan plan) => plan.When is { Base: Base.Now, Calendar: null };
}
