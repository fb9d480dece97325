using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Support;

/// <summary>Draws the sub-processes of a <see cref="WalkedDefinition"/>, and the process that most of them are of.</summary>
internal static class WalkedCalls
{
    /// <summary>The name of the process that is started, beside the walked one itself.</summary>
    public const string Child = "Child";

    private static readonly ProcessField<int> _in = new("In", 0);
    private static readonly ProcessField<int> _out = new("Out", 0);

    /// <summary>The activities of the process that is started.</summary>
    public static string[] Activities { get; } = ["Work", "Add up"];

    /// <summary>The process that is started: it waits for people or an outside system, or runs through, and then adds one to the value that it got.</summary>
    /// <param name="drawn">Draws.</param>
    /// <param name="code">The code.</param>
    public static ProcessDefinition Define(WalkedDefinition drawn, WalkedCode code) => ProcessDefinition.Define(Child, process =>
    {
        process.Fields(_in, _out).Rights(rights => rights
            .Everyone(ProcessRight.Start | ProcessRight.View | ProcessRight.ServerEvent)
            .Admin(Orders.Boss));
        if (drawn.Drawn("child begins later", 100) < 20)
        {
            process.StartRule(DueTime.After(TimeSpan.FromHours(1)));
        }

        var work = process.Activity(Activities[0], activity => _ = drawn.Drawn("child works", 4) switch
        {
            0 => activity.Server("Run", code.MayFail),
            1 => activity.Server("Wait", context =>
            {
                code.MayFail(context);
                context.WaitUntilFinished();
            }),
            _ => activity.Destinations(to => to.Users("ann", "bob")).Client("Task", task => task.Action("Yes").Action("No")),
        });
        process.StartsWith(work);
        work.To(process.Activity(Activities[1], activity => activity.Server("Add", context =>
        {
            code.MayFail(context);
            context.Set(_out, context.Get(_in) + 1);
        })));
    });

    /// <summary>The event that starts a process. Versions may differ in whether it waits, and in the values.</summary>
    /// <param name="drawn">Draws.</param>
    /// <param name="code">The code and the rules.</param>
    /// <param name="place">The event.</param>
    /// <param name="sum">The field of the process that its code counts in; null for none.</param>
    /// <param name="own">A field of the destination; null for none.</param>
    public static Action<ActivityBuilder> Event(
        WalkedDefinition drawn, WalkedCode code, WalkedDefinition.Place place, ProcessField<int>? sum, DestinationField<int>? own)
    {
        var key = place.Key;
        var isItself = drawn.Drawn($"{key} starts itself", 100) < 25;
        var ask = drawn.Has($"{key} Ask again", 20)
            ? drawn.Named(place, "Ask again", (all, within, from, to) => all.Escalation(within[0], within[1], from, to)).Name
            : null;
        return activity => activity.StartsProcess(place.Name, isItself ? WalkedDefinition.Name : Child, child =>
        {
            var (waits, endsWithIt) = (!drawn.Chance($"{key} goes on", 30), drawn.Chance($"{key} ends with it", 40));
            child.Folio(WalkedFamily.FolioOf(waits, endsWithIt));
            Values(child, !isItself, waits);
            _ = endsWithIt ? child.EndWithParent() : child;

            if (drawn.Chance($"{key} by the host", 30))
            {
                child.AsSystem();
            }

            if (drawn.Chance($"{key} succeeds", 20))
            {
                child.SucceedingRule(drawn.Sometimes($"{place.Olds[^1]} succeeds"));
            }

            if (drawn.Chance($"{key} exception rule", 20))
            {
                child.ExceptionRule(code.Decide);
            }

            if (ask is not null)
            {
                child.Escalation(ask, drawn.HalfHours($"{key} ask"), then => then.ExpireEvent());
            }
        });

        void Values(SubProcessBuilder child, bool hasFields, bool waits)
        {
            if (hasFields && drawn.Chance($"{key} sends", 60))
            {
                _ = sum is null ? child.Send(7, _in) : child.Send(sum, _in);
            }

            if (!waits)
            {
                child.GoOn();
                return;
            }

            if (drawn.Chance($"{key} without it", 30))
            {
                child.WhenDeleted(ChildDeleted.Completes);
            }

            if (hasFields && drawn.Chance($"{key} receives", 60))
            {
                _ = own is not null ? child.Receive(_out, own) : sum is not null ? child.Receive(_out, sum) : child;
            }
        }
    }
}
