using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;

namespace Workflow.Core.CrashChild.Load;

/// <summary>Processes with one escalation each: every action, on every level that has it. An instance starts and waits for its originator, who does
/// nothing.</summary>
internal static class Escalating
{
    /// <summary>The beginning of the names of all these definitions.</summary>
    public const string Prefix = "Escalating: ";

    public const string Ask = "Ask";
    public const string Close = "Close";
    public const string Originator = "dora";
    public const string Boss = "boss";

    /// <summary>How often an escalation fires where its element does not end before.</summary>
    public const int Firings = 2;

    public const string Run = "run code";
    public const string Redirect = "redirect";
    private const string GoTo = "go to an activity";
    private const string ExpireActivity = "expire the activity";
    private const string ExpireEvent = "expire the event";
    private const string OfProcess = " of the process";
    private const string OfActivity = " of the activity";
    private const string OfEvent = " of the event";

    private const string Name = "Nobody has answered";

    /// <summary>All firings are due as soon as another host has begun, whose clock is a minute ahead.</summary>
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(20);

    private static readonly Repeat _repeat = Repeat.Times(Firings - 1).WhenMissed(Missed.Each);

    public static IReadOnlyList<string> Names { get; } =
    [
        .. new[]
        {
            Run + OfProcess, Run + OfActivity, Run + OfEvent, Redirect + OfActivity, Redirect + OfEvent, GoTo + OfProcess, GoTo + OfActivity, GoTo + OfEvent,
            ExpireActivity + OfActivity, ExpireActivity + OfEvent, ExpireEvent + OfEvent,
        }.Select(action => Prefix + action),
    ];

    public static IEnumerable<ProcessDefinition> Define(Action<CodeContext> note) => Names.Select(name => ProcessDefinition.Define(name, process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Start));
        if (name.EndsWith(OfProcess, StringComparison.Ordinal))
        {
            process.Escalation(Name, _interval, then => Act(name, then, note), _repeat);
        }

        var ask = process.Activity(Ask, activity =>
        {
            if (name.EndsWith(OfActivity, StringComparison.Ordinal))
            {
                activity.Escalation(Name, _interval, then => ActOnActivity(name, then, note), _repeat);
            }

            activity.Destinations(to => to.Originator()).Client(Ask, task =>
            {
                task.Action(Processes.Approve);
                if (name.EndsWith(OfEvent, StringComparison.Ordinal))
                {
                    task.Escalation(Name, _interval, then => ActOnEvent(name, then, note), _repeat);
                }
            });
        });
        process.StartsWith(ask);
        ask.To(process.Activity(Close));
    }));

    private static void ActOnEvent(string name, EventEscalationBuilder then, Action<CodeContext> note)
    {
        if (Does(name, ExpireEvent))
        {
            then.ExpireEvent();
        }
        else
        {
            ActOnActivity(name, then, note);
        }
    }

    private static void ActOnActivity(string name, ActivityEscalationBuilder then, Action<CodeContext> note)
    {
        if (Does(name, Redirect))
        {
            then.RedirectTo(Boss);
        }
        else if (Does(name, ExpireActivity))
        {
            then.ExpireActivity();
        }
        else
        {
            Act(name, then, note);
        }
    }

    private static void Act(string name, EscalationBuilder then, Action<CodeContext> note)
    {
        if (Does(name, Run))
        {
            then.Run("Note", note);
        }
        else
        {
            then.GoTo(Close);
        }
    }

    private static bool Does(string name, string action) => name.StartsWith(Prefix + action, StringComparison.Ordinal);
}
