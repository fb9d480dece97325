using Cases.Data;
using Workflow.Core;
using Workflow.Core.Calendars;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;

namespace Cases.Processes;

/// <summary>A road traffic fine. Sixty days after the offender was notified it becomes a penalty, by itself. The offender may pay at any time and in parts, and
/// may appeal. The fine ends when everything is paid, or when it goes to credit collection; whatever else is open then is over.</summary>
/// <remarks>The cases are those of the Road Traffic Fine Management Process, M. de Leoni and F. Mannhardt,
/// doi 10.4121/uuid:270fd440-1057-4fb9-89a9-b699b47990f5.</remarks>
/// <code>
///                     ┌── a part ──┐
///                     ▼            │
///                ┌──► Payment ─────┴── all of it ──────────────────────────────────────────────────────────┐
/// ► Create Fine ─┤    waits                                                                                ▼
///                └──► Send Fine ──► Insert Fine Notification ─┬──► Await outcome ── Collect ──────────────► Close ──► Closed ►
///                                                             │    waits; after 60 days: Add penalty        everything else ends
///                                                             ├──► Appeal to Judge ►
///                                                             └──► Appeal to Prefecture ──► Send Appeal ──► Receive Result ──► Notify Result ►
/// </code>
public static class TrafficFine
{
    public const string Name = "Road traffic fine";

    /// <summary>Where a day is a day.</summary>
    public const string Zone = "Europe/Rome";

    public static readonly ProcessField<decimal> Amount = new("Amount", initial: 0);
    public static readonly ProcessField<decimal> Expense = new("Expense", initial: 0);
    public static readonly ProcessField<decimal> Paid = new("Paid", initial: 0);

    /// <summary>The part that was not paid with the last payment.</summary>
    public static readonly ProcessField<decimal> Rest = new("Rest", initial: 0);

    /// <summary>The amount that the fine rises to.</summary>
    public static readonly ProcessField<decimal> Penalty = new("Penalty", initial: 0);

    /// <summary>The amount of the penalty is known of each fine from its start.</summary>
    public static void Begin(ProcessStart start, RecordedCase recorded)
    {
        foreach (var field in recorded.Steps.Where(step => step.IsEscalation).SelectMany(step => step.Fields))
        {
            start.Set(Penalty.Name, field.Value);
        }
    }

    public static ProcessDefinition Define() => ProcessDefinition.Define(Name, process =>
    {
        process.Fields(Amount, Expense, Paid, Rest, Penalty);
        process.Rights(rights => rights.Everyone(ProcessRight.Start).ServerEvent(People.Registry).Admin(People.Auditor));

        process.StartsWith("Create Fine");
        process.Activity("Create Fine", activity => activity.Destinations(to => to.Originator()).Client("Write the fine", task => task.Action("Done")))
            .To("Payment").To("Send Fine");
        process.Activity("Payment", activity => Wait(activity)
                .PureServer("Work out the rest", fine => fine.Set(Rest, fine.Get(Amount) + fine.Get(Expense) - fine.Get(Paid))))
            .To("Close", when: Rest <= 0).To("Payment", when: Rest > 0);
        Enter("Send Fine", "Police").To("Insert Fine Notification");
        Enter("Insert Fine Notification", "Police").To("Await outcome").To("Appeal to Prefecture").To("Appeal to Judge");
        process.Activity("Await outcome", activity => Wait(activity).Escalation(
                "Add penalty", after: Delay.CalendarDays(60).In(Zone), then => then.Run("Raise the amount", fine => fine.Set(Amount, fine.Get(Penalty)))))
            .To("Close", when: OutsideSystem.Reply == "Collect");
        Enter("Appeal to Judge", "Offender", "Filed");
        Enter("Appeal to Prefecture", "Offender", "Filed").To("Send Appeal");
        Enter("Send Appeal", "Police").To("Receive Result");
        Enter("Receive Result", "Prefecture").To("Notify Result");
        Enter("Notify Result", "Police");
        process.Activity("Close", activity => activity.PureServer("End the rest", fine => fine.GoTo("Closed", Expiring.Everything)));
        process.Activity("Closed");

        ActivityReference Enter(string name, string role, string action = "Done") => process.Activity(name, activity => activity
            .Destinations(to => to.Role(role)).Client("Enter it", task => task.Action(action)));

        static ActivityBuilder Wait(ActivityBuilder activity) => activity.Fields(OutsideSystem.Reply)
            .Server("Wait for an outside system", context => context.WaitUntilFinished());
    });
}
