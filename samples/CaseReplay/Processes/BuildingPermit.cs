using Cases.Data;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;

namespace Cases.Processes;

/// <summary>The receipt phase of a building permit. One branch sends the confirmation to the applicant. The other finds out whether the work must stop, and
/// asks for advice as often as it takes. The branch that ends last completes the phase. A permit that is not through at its deadline is late; that fires by
/// itself, and holds up nothing.</summary>
/// <remarks>The cases are those of the project CoSeLoG, J. Buijs: the receipt phase of an environmental permit application process.</remarks>
/// <code>
///                  ┌──► T02 check ── OK ──► T04 determine ── OK ──► T05 send ─────────────────────────────────────────────┐
///                  │     ▲  │ Adjust          │ Adjust                                                                    │
///                  │     T03 adjust ◄─────────┘                    ┌─ NoStop ───► Stop checked ───────────────────────────┤
/// ► Confirmation ──┤                                               │                                                      ▼
///                  └──► T06 advice? ───────── NoAdvice ──► T10 stop? ─ Unlicensed ─► T11 ► T12 check ─ OK ─► T14 ► T15 ─► Join ►
///                        ▲  │ Advice: all that are pending         │                   T13 ◄► Adjust                      ▲
///                        │  ├──► T07-1 … T07-5 intern ──┐          └─ Hold ──► T16 ► T17 check ─ OK ─► T19 ► T20 ─────────┘
///                        │  └──► T08 ──► T09-1 … T09-4 ─┤                        T18 ◄► Adjust
///                        └── the last answer goes on ───┘
/// </code>
public static class BuildingPermit
{
    public const string Name = "WABO receipt phase";

    public const string DeadlinePassed = "Deadline passed";

    public static readonly ProcessField<bool> ConfirmationSent = new("ConfirmationSent", initial: false);
    public static readonly ProcessField<bool> StopChecked = new("StopChecked", initial: false);
    public static readonly ProcessField<bool> ExternPending = new("Pending_T08", initial: false);
    public static readonly ProcessField<DateTimeOffset> Deadline = new("Deadline");
    public static readonly ProcessField<bool> IsLate = new("IsLate", initial: false);
    public static readonly ProcessField<string> ExternalParty = new("ExternalParty", initial: "");
    public static readonly IReadOnlyList<ProcessField<bool>> InternPending =
        [.. Enumerable.Range(1, 5).Select(aspect => new ProcessField<bool>($"Pending_T07_{aspect}", initial: false))];

    /// <summary>A permit has its deadline from the start.</summary>
    public static void Begin(ProcessStart start, RecordedCase recorded)
    {
        if (recorded.Deadline is { } deadline)
        {
            start.Set(Deadline, deadline);
        }
    }

    public static ProcessDefinition Define() => ProcessDefinition.Define(Name, process =>
    {
        process.Fields(ConfirmationSent, StopChecked, ExternPending, ExternalParty, Deadline, IsLate)
            .Fields([.. InternPending.Select(pending => (Field)pending)]);
        process.Rights(rights => rights.Everyone(ProcessRight.Start).Admin(People.Auditor));
        process.Escalation(DeadlinePassed, DueTime.At(Deadline), then => then.Run("Mark it as late", late => late.Set(IsLate, true)));

        process.StartsWith("Confirmation");
        Done("Confirmation", "Confirm the receipt", "Group 1").To("T02").To("T06");
        Decide("T02", "Check the confirmation", "Group 4", ("OK", "T04"), ("Adjust", "T03"));
        Done("T03", "Adjust the confirmation", "Group 1").To("T02");
        Decide("T04", "Determine the confirmation", "Group 3", ("OK", "T05"), ("Adjust", "T03"));
        Done("T05", "Print and send the confirmation", "Group 2", ConfirmationSent, true).To("Join");

        var nothingPending = InternPending.Aggregate(ExternPending == false, (rule, pending) => rule & pending == false);
        var advice = process.Activity("T06", activity => activity.PrecedingRule(nothingPending)
                .Destinations(to => to.Group("Group 1"))
                .Client("Determine whether advice is needed", task => task.Action("Advice").Action("NoAdvice").Action("Again")).OutcomesFromActions())
            .On("Again", "T06").On("NoAdvice", "T10").On("Advice", "T08", and: ExternPending == true);
        foreach (var (aspect, group) in (IEnumerable<(int, string)>)[(1, "Group 13"), (2, "Group 15"), (3, "Group 14"), (4, "Group 12"), (5, "Group 1")])
        {
            var pending = InternPending[aspect - 1];
            advice.On("Advice", Done($"T07-{aspect}", "Draft advice", group, pending, false).To("T06"), and: pending == true);
        }

        var request = Done("T08", "Ask for advice", "Group 1", action: "Sent");
        foreach (var party in (IEnumerable<string>)["T09-1", "T09-2", "T09-3", "T09-4"])
        {
            request.To(Done(party, "Process advice", "Group 1", ExternPending, false).To("T06"), when: ExternalParty == party);
        }

        Decide("T10", "Determine whether the work must stop", "Group 1", ("NoStop", "Stop checked"), ("Unlicensed", "T11"), ("Hold", "T16"));
        process.Activity("Stop checked", activity => activity.PureServer("Note it", context => context.Set(StopChecked, true))).To("Join");
        Report("T11", "T12", "T13", "T14", "T15");
        Report("T16", "T17", "T18", "T19", "T20");
        process.Activity("Join", activity => activity.PrecedingRule(ConfirmationSent == true & StopChecked == true));

        void Report(string write, string check, string adjust, string determine, string print)
        {
            Done(write, "Write the report", "Group 1").To(check);
            Decide(check, "Check the report", "Group 4", ("OK", determine), ("Adjust", adjust));
            Done(adjust, "Adjust the report", "Group 1").To(check);
            Done(determine, "Determine the report", "Group 3").To(print);
            Done(print, "Print the report", "Group 2", StopChecked, true).To("Join");
        }

        ActivityReference Done(string name, string task, string group, ProcessField<bool>? sets = null, bool to = false, string action = "Done") =>
            process.Activity(name, activity => activity.Destinations(who => who.Group(group))
                .Client(task, client => client.Action(action, done => _ = sets is null ? done : done.Sets(sets, to))));

        void Decide(string name, string task, string group, params (string Action, string Next)[] choices)
        {
            var decided = process.Activity(name, activity => activity.Destinations(who => who.Group(group))
                .Client(task, client => Array.ForEach(choices, choice => client.Action(choice.Action))).OutcomesFromActions());
            Array.ForEach(choices, choice => decided.On(choice.Action, choice.Next));
        }
    });
}
