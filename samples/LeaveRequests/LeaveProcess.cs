using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace LeaveRequests;

/// <summary>The manager of the employee decides, personnel checks what is long, and the days are booked.</summary>
/// <code>
///             ┌── Approve ──► Check ── Confirm ──► Book ──►
/// ► Approval ─┤   (long)                            ▲
///             ├── Approve (short) ──────────────────┘
///             └── Decline ──► Tell ──►
/// </code>
public static class LeaveProcess
{
    public const string Name = "Leave";
    public const string Personnel = "Personnel";

    public static readonly ProcessField<string> Employee = new("Employee") { IsSearchable = true };
    public static readonly ProcessField<DateOnly> From = new("From");
    public static readonly ProcessField<int> Days = new("Days");
    public static readonly DestinationField<string> Remark = new("Remark");

    public static ProcessDefinition Definition { get; } = ProcessDefinition.Define(Name, process =>
    {
        process.RequiredFields(Employee, From, Days);
        process.Rights(rights => rights
            .Everyone(ProcessRight.Start | ProcessRight.ViewParticipate)
            .Admin("zoe"));

        var approval = process.Activity("Approval", activity => activity
            .Fields(Remark)
            .Destinations(to => to.Question(Managers.ManagerOf, Employee))
            .Client("Decide on the leave", task => task
                .Action("Approve", action => action.Asks(Remark))
                .Action("Decline", action => action.Asks(Remark)))
            .OutcomesFromActions()
            .Escalation("Remind", after: TimeSpan.FromDays(2), then => then.Run<RemindManager>("Send a reminder")));
        var check = process.Activity("Check", activity => activity
            .Destinations(to => to.Role(Personnel))
            .Client("Check the cover", task => task
                .Action("Confirm")
                .Redirect("Ask the manager", to => to.Question(Managers.ManagerOf, Employee))
                .Release("Put back")));
        var book = process.Activity("Book", activity => activity.Server<BookLeave>("Book the days"));
        var tell = process.Activity("Tell", activity => activity.Server<TellEmployee>("Tell the employee"));

        process.StartsWith(approval);
        approval.To(check, when: Outcome.Is("Approve") & Days > 5);
        approval.To(book, when: Outcome.Is("Approve") & Days <= 5);
        approval.On("Decline", tell);
        check.To(book);
        book.To(tell);
    });
}
