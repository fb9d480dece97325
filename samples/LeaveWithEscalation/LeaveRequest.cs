using Workflow.Core.Calendars;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace LeaveWithEscalation;

/// <summary>A request for leave. The manager decides. When nobody does, the process reminds them twice, gives the request to their own manager, and gives up in
/// the end.</summary>
/// <code>
///               ┌── Approve ──► Booked ►
/// ► Approval ───┼── Decline ──► Refused ►
///   manager     └── Too late ─► Refused ►
///
///   after 1 and 2 working days    remind
///   after 3 working days          to the manager's manager
///   after 10 working days         give up: the outcome stays "Too late"
/// </code>
public static class LeaveRequest
{
    public const string Name = "Leave request";
    public const string Hours = "Office";

    /// <summary>The hours in which the office works, with the holidays of the end of 2026.</summary>
    public static WorkingHours Office { get; } = WorkingHours.Define(Hours, "Europe/Lisbon", hours => hours
        .On(DayOfWeek.Monday, DayOfWeek.Friday, "09:00-12:00", "13:00-17:00")
        .Holiday(new DateOnly(2026, 12, 25))
        .Holiday(new DateOnly(2027, 1, 1))
        .Special(new DateOnly(2026, 12, 24), "09:00-12:00"));

    public static readonly ProcessField<string> Manager = new("Manager");

    /// <param name="remind">Sends a reminder.</param>
    public static ProcessDefinition Define(Action<EscalationContext> remind) => ProcessDefinition.Define(Name, process =>
    {
        process.RequiredFields(Manager).Rights(rights => rights.Everyone(ProcessRight.Start | ProcessRight.ViewParticipate));
        var approval = process.Activity("Approval", activity => activity
            .Destinations(to => to.Users(Manager))
            .Client("Decide the leave", task => task.Action("Approve").Action("Decline"))
            .OutcomesFromActions()
            .OutcomeAtFirst("Too late")
            .Escalation("Remind", after: Delay.WorkingDays(1).In(Hours), then => then.Run("Send a reminder", remind), repeat: 1)
            .Escalation("Hand over", after: Delay.WorkingDays(3).In(Hours), then => then.RedirectToManager())
            .Escalation("Give up", after: Delay.WorkingDays(10).In(Hours), then => then.ExpireActivity()));
        var booked = process.Activity("Booked");
        var refused = process.Activity("Refused");

        process.StartsWith(approval);
        approval.On("Approve", booked).On("Decline", refused).On("Too late", refused);
    });
}
