using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;

namespace Cases.Processes;

/// <summary>An expense declaration of a university: approved by role after role, sent back for rework by any of them, and paid by an outside system.</summary>
/// <remarks>The cases are those of the BPI Challenge 2020, B. van Dongen, doi 10.4121/uuid:52fb97d4-4588-43c9-9d04-3604d4613b51.</remarks>
/// <code>
/// ► Draft ───── Submit ─┐  ┌─ PreApproval ─► Pre-approval ──────────────────────────────────────┐
///   Rework ──── Submit ─┼──┼─ AdminReview ─► Administration ─┬─ NeedsBudgetOwner ─► Budget owner ─┤
///   Resubmit ── Submit ─┘  │                                 └─ otherwise ───────────────────────┤
///                          └─ otherwise ────────────────────────────────────────────────────────┴─► Supervisor
///
///   Supervisor ─┬─ NeedsDirector ─► Director ─┐
///               └─ otherwise ─────────────────┴─► Request payment ── Sent ──► Payment handled ►
///                                                 waits   │                   waits
///   Draft, Resubmit ── Save ──► the same again            └─ Rejected ──► Resubmit
///   whoever approves ── Reject ──► Rework ── Withdraw ──► Resubmit
/// </code>
public static class ExpenseDeclaration
{
    public const string Name = "Declaration";

    public static readonly ProcessField<bool> PreApproval = new("PreApproval", initial: false);
    public static readonly ProcessField<bool> AdminReview = new("AdminReview", initial: false);
    public static readonly ProcessField<bool> NeedsBudgetOwner = new("NeedsBudgetOwner", initial: false);
    public static readonly ProcessField<bool> NeedsDirector = new("NeedsDirector", initial: false);

    public static ProcessDefinition Define() => ProcessDefinition.Define(Name, process =>
    {
        process.Fields(PreApproval, AdminReview, NeedsBudgetOwner, NeedsDirector);
        process.Rights(rights => rights.Start("EMPLOYEE").ServerEvent(People.PaymentSystem, "MISSING").Admin(People.Auditor));

        process.StartsWith("Draft");
        Employee("Draft", "Save").On("Save", "Draft");
        Employee("Rework", "Withdraw").On("Withdraw", "Resubmit");
        Employee("Resubmit", "Save").On("Save", "Resubmit");
        Approver("Pre-approval", "PRE_APPROVER").On("Approve", "Supervisor");
        Approver("Administration", "ADMINISTRATION")
            .On("Approve", "Budget owner", and: NeedsBudgetOwner == true)
            .On("Approve", "Supervisor", and: NeedsBudgetOwner == false);
        Approver("Budget owner", "BUDGET OWNER").On("Approve", "Supervisor");
        Approver("Supervisor", "SUPERVISOR")
            .On("Approve", "Director", and: NeedsDirector == true)
            .On("Approve", "Request payment", and: NeedsDirector == false);
        Approver("Director", "DIRECTOR").On("Approve", "Request payment");
        Payment("Request payment").To("Payment handled", when: OutsideSystem.Reply == "Sent").To("Resubmit", when: OutsideSystem.Reply == "Rejected");
        Payment("Payment handled");

        ActivityReference Employee(string name, string otherwise) => process.Activity(name, activity => activity
                .Destinations(to => to.Originator())
                .Client("Fill in the declaration", task => task.Action("Submit").Action(otherwise)).OutcomesFromActions())
            .On("Submit", "Pre-approval", and: PreApproval == true)
            .On("Submit", "Administration", and: PreApproval == false & AdminReview == true)
            .On("Submit", "Supervisor", and: PreApproval == false & AdminReview == false);

        ActivityReference Approver(string name, string role) => process.Activity(name, activity => activity
                .Destinations(to => to.Role(role))
                .Client("Decide the declaration", task => task.Action("Approve").Action("Reject")).OutcomesFromActions())
            .On("Reject", "Rework");

        ActivityReference Payment(string name) => process.Activity(name, activity => activity
            .Fields(OutsideSystem.Reply)
            .Server("Wait for the payment system", context => context.WaitUntilFinished()));
    });
}
