using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;

namespace Cases;

/// <summary>The receipt phase of a building permit: the confirmation is sent to the applicant while it is found out whether the work must stop; advice is asked
/// for as often as it takes; whichever of the two branches is done last completes the phase.</summary>
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

    public static readonly ProcessField<bool> ConfirmationSent = new("ConfirmationSent", initial: false);
    public static readonly ProcessField<bool> StopChecked = new("StopChecked", initial: false);
    public static readonly ProcessField<bool> ExternPending = new("Pending_T08", initial: false);
    public static readonly ProcessField<string> ExternalParty = new("ExternalParty", initial: "");
    public static readonly IReadOnlyList<ProcessField<bool>> InternPending =
        [.. Enumerable.Range(1, 5).Select(aspect => new ProcessField<bool>($"Pending_T07_{aspect}", initial: false))];

    public static ProcessDefinition Define() => ProcessDefinition.Define(Name, process =>
    {
        process.Fields(ConfirmationSent, StopChecked, ExternPending, ExternalParty).Fields([.. InternPending.Select(pending => (Field)pending)]);
        process.Rights(rights => rights.Everyone(ProcessRight.Start).Admin(People.Auditor));

        var confirmation = Done("Confirmation", "Confirm the receipt", "Group 1");
        var check = Decide("T02", "Check the confirmation", "Group 4", "OK", "Adjust");
        var adjust = Done("T03", "Adjust the confirmation", "Group 1");
        var determine = Decide("T04", "Determine the confirmation", "Group 3", "OK", "Adjust");
        var send = Done("T05", "Print and send the confirmation", "Group 2", ConfirmationSent, true);
        var join = process.Activity("Join", activity => activity.PrecedingRule(ConfirmationSent == true & StopChecked == true));
        process.StartsWith(confirmation);
        confirmation.To(check).To("T06");
        check.On("OK", determine).On("Adjust", adjust);
        adjust.To(check);
        determine.On("OK", send).On("Adjust", adjust);
        send.To(join);

        var nothingPending = InternPending.Aggregate(ExternPending == false, (rule, pending) => rule & pending == false);
        var advice = process.Activity("T06", activity => activity.PrecedingRule(nothingPending)
            .Destinations(to => to.Group("Group 1"))
            .Client("Determine whether advice is needed", task => task.Action("Advice").Action("NoAdvice").Action("Again")).OutcomesFromActions());
        var request = Decide("T08", "Ask for advice", "Group 1", "Sent");
        advice.On("Again", advice).On("Advice", request, and: ExternPending == true);
        foreach (var (aspect, group) in (IEnumerable<(int, string)>)[(1, "Group 13"), (2, "Group 15"), (3, "Group 14"), (4, "Group 12"), (5, "Group 1")])
        {
            var pending = InternPending[aspect - 1];
            var intern = Done($"T07-{aspect}", "Draft advice", group, pending, false).To(advice);
            advice.On("Advice", intern, and: pending == true);
        }

        foreach (var party in Enumerable.Range(1, 4).Select(number => $"T09-{number}"))
        {
            request.To(Done(party, "Process advice", "Group 1", ExternPending, false).To(advice), when: ExternalParty == party);
        }

        var stop = Decide("T10", "Determine whether the work must stop", "Group 1", "NoStop", "Unlicensed", "Hold");
        var stopChecked = process.Activity("Stop checked", activity => activity.PureServer("Note it", context => context.Set(StopChecked, true))).To(join);
        advice.On("NoAdvice", stop);
        stop.OnEachOutcome(stopChecked, Report("T11", "T12", "T13", "T14", "T15"), Report("T16", "T17", "T18", "T19", "T20"));

        // A report is written, checked, adjusted as often as it takes, determined and printed; after that the stop has been checked.
        ActivityReference Report(string write, string review, string correct, string decide, string print)
        {
            var reviewed = Decide(review, "Check the report", "Group 4", "OK", "Adjust");
            var printed = Done(print, "Print the report", "Group 2", StopChecked, true).To(join);
            reviewed.On("OK", Done(decide, "Determine the report", "Group 3").To(printed))
                .On("Adjust", Done(correct, "Adjust the report", "Group 1").To(reviewed));
            return Done(write, "Write the report", "Group 1").To(reviewed);
        }

        ActivityReference Done(string name, string task, string group, ProcessField<bool>? field = null, bool value = false) =>
            process.Activity(name, activity => activity
                .Destinations(to => to.Group(group))
                .Client(task, client => client.Action("Done", action => _ = field is null ? action : action.Sets(field, value))));

        ActivityReference Decide(string name, string task, string group, params string[] actions) => process.Activity(name, activity => activity
            .Destinations(to => to.Group(group))
            .Client(task, client => Array.ForEach(actions, action => client.Action(action))).OutcomesFromActions());
    });
}
