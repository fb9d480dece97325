using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Support;

/// <summary>Builds a definition of a sketch.</summary>
/// <param name="mayFail">The code of all events and escalations.</param>
/// <param name="fails">Whether a rule throws.</param>
internal sealed class SketchBuilder(Action<CodeContext> mayFail, Func<bool> fails)
{
    private static readonly string[] _users = ["ann", "bob", "cy"];

    private static readonly ProcessField<int> _out = new("Out", 0);
    private static readonly ProcessField<int> _kept = new("Kept", 0);

    /// <summary>The field that receives the values of sub-processes; null for none.</summary>
    private ProcessField<int>? _into;

    /// <summary>The sub-process that events start: it has a task, and sets the value that goes back.</summary>
    public static ProcessDefinition Child() => ProcessDefinition.Define("Child", process =>
    {
        process.OpenToAll().Fields(_out).Rights(rights => rights.Admin("boss"));
        var work = process.Activity("Work", activity => activity.Destinations(to => to.Users(_users)).Client("Do it", task => task.Action("Done")));
        process.StartsWith(work);
        work.To(process.Activity("Add up", activity => activity.PureServer("Add", code => code.Set(_out, 7))));
    });

    /// <summary>A process that starts the drawn one, and takes the value of one of its fields.</summary>
    public static ProcessDefinition Above(Sketch sketch) => ProcessDefinition.Define("Above", process =>
    {
        process.OpenToAll().Fields(_kept).Rights(rights => rights.Admin("boss"));
        process.StartsWith(process.Activity("Call", activity => activity.StartsProcess("Walk", "Walk", child =>
            _ = NumberOf(sketch) is { } field
                ? child.Folio(WalkedFamily.FolioOf(waits: true, endsWithIt: false)).Receive(field, _kept)
                : child.Folio(WalkedFamily.FolioOf(waits: true, endsWithIt: false)))));
    });

    /// <summary>A number among the fields of the process; null for none.</summary>
    public static ProcessField<int>? NumberOf(Sketch sketch) =>
        sketch.Fields.Find(field => field.Type is not FieldType.String) is { } found ? new ProcessField<int>(found.Name.Name, 7) : null;

    public ProcessDefinition Build(Sketch sketch, int version) => ProcessDefinition.Define("Walk", process =>
    {
        _into = NumberOf(sketch);
        process.Version(version).Rights(rights => rights
            .Everyone(ProcessRight.Start | ProcessRight.View | ProcessRight.ServerEvent)
            .Admin("boss"));
        process.Fields([.. sketch.Fields.Select(Field)]);
        foreach (var escalation in sketch.Escalations)
        {
            process.Escalation(escalation.Name.Name, TimeSpan.FromHours(escalation.Hours), then => then.Run("Mail", mayFail), escalation.Repeats);
        }

        var activities = sketch.Activities.Select(activity => process.Activity(activity.Name.Name, building => Fill(building, activity))).ToList();
        foreach (var line in sketch.Lines)
        {
            var rule = Rule.Named("Sometimes", _ => fails() ? throw new InvalidOperationException("broken") : true);
            if (line.From is null)
            {
                process.StartsWith(line.To.Name.Name, rule, line.Name?.Name);
            }
            else
            {
                activities[sketch.Activities.IndexOf(line.From)].To(line.To.Name.Name, rule, line.Name?.Name);
            }
        }
    });

    private static Field Field(FieldSketch field) => (field.Scope, field.Type) switch
    {
        (FieldScope.Process, FieldType.String) => new ProcessField<string>(field.Name.Name, "text") { IsSearchable = true },
        (FieldScope.Process, _) => new ProcessField<int>(field.Name.Name, 7),
        (FieldScope.Activity, FieldType.String) => new ActivityField<string>(field.Name.Name, "text"),
        (FieldScope.Activity, _) => new ActivityField<int>(field.Name.Name, 7),
        (_, FieldType.String) => new DestinationField<string>(field.Name.Name, "text"),
        _ => new DestinationField<int>(field.Name.Name, 7),
    };

    private void Fill(ActivityBuilder activity, ActivitySketch sketch)
    {
        activity.Fields([.. sketch.Fields.Select(Field)]);
        if (sketch.StartHours > 0)
        {
            activity.StartRule(DueTime.After(TimeSpan.FromHours(sketch.StartHours)));
        }

        if (sketch.HasTask)
        {
            activity.Destinations(to => to.Users(_users.AsSpan(0, sketch.People)));
        }

        _ = (sketch.Plan, sketch.HasTask) switch
        {
            (1, true) => activity.PlanPerDestination(),
            (2, true) => activity.PlanPerDestinationInTurn(),
            (3, true) => activity.PlanPerDestination(Slots.Number(sketch.Slots)),
            (3, false) => activity.PlanPerSlot(Slots.Number(sketch.Slots)),
            _ => activity.PlanJustOnce(Slots.Number(sketch.HasTask ? sketch.Slots : 1)),
        };
        sketch.Events.ForEach(item => Add(activity, item));
        if (sketch.HasOutcomes && sketch.HasTask)
        {
            activity.OutcomesFromActions();
        }

        foreach (var escalation in sketch.Escalations)
        {
            activity.Escalation(escalation.Name.Name, TimeSpan.FromHours(escalation.Hours), then => Act(then, escalation.IsExpiry), escalation.Repeats);
        }
    }

    private void Add(ActivityBuilder activity, EventSketch sketch)
    {
        switch (sketch.Kind)
        {
            case EventSketchKind.Task:
                activity.Client(sketch.Name.Name, task =>
                {
                    sketch.Actions.ForEach(action => task.Action(action.Name));
                    foreach (var escalation in sketch.Escalations)
                    {
                        task.Escalation(escalation.Name.Name, TimeSpan.FromHours(escalation.Hours), then => Act(then, escalation.IsExpiry), escalation.Repeats);
                    }
                });
                break;
            case EventSketchKind.Code:
                activity.Server(sketch.Name.Name, mayFail);
                break;
            case EventSketchKind.Call or EventSketchKind.Send:
                activity.StartsProcess(sketch.Name.Name, "Child", child => Define(child, sketch));
                break;
            default:
                activity.Server(sketch.Name.Name, context =>
                {
                    mayFail(context);
                    context.WaitUntilFinished();
                });
                break;
        }
    }

    private void Define(SubProcessBuilder child, EventSketch sketch)
    {
        child.Folio(WalkedFamily.FolioOf(waits: sketch.Kind is EventSketchKind.Call, sketch.EndsWithIt));
        if (sketch.Kind is EventSketchKind.Send)
        {
            child.GoOn();
        }
        else if (_into is not null)
        {
            child.Receive(_out, _into);
        }

        if (sketch.EndsWithIt)
        {
            child.EndWithParent();
        }
    }

    private void Act(ActivityEscalationBuilder then, bool isExpiry)
    {
        if (isExpiry)
        {
            then.ExpireActivity();
        }
        else
        {
            then.Run("Mail", mayFail);
        }
    }

    private void Act(EventEscalationBuilder then, bool isExpiry)
    {
        if (isExpiry)
        {
            then.ExpireEvent();
        }
        else
        {
            then.Run("Mail", mayFail);
        }
    }
}
