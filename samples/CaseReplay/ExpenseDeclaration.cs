using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;

namespace Cases;

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
    public static readonly ActivityField<string> Reply = new("Reply");

    public static ProcessDefinition Define() => ProcessDefinition.Define(Name, process =>
    {
        process.Fields(PreApproval, AdminReview, NeedsBudgetOwner, NeedsDirector);
        process.Rights(rights => rights.Start("EMPLOYEE").ServerEvent(People.PaymentSystem, "MISSING").Admin(People.Auditor));

        var draft = OfTheEmployee("Draft", "Save", "Submit");
        var preApproval = OfRole("Pre-approval", "PRE_APPROVER");
        var administration = OfRole("Administration", "ADMINISTRATION");
        var budgetOwner = OfRole("Budget owner", "BUDGET OWNER");
        var supervisor = OfRole("Supervisor", "SUPERVISOR");
        var director = OfRole("Director", "DIRECTOR");
        var rework = OfTheEmployee("Rework", "Withdraw", "Submit");
        var resubmit = OfTheEmployee("Resubmit", "Save", "Submit");
        var request = OfThePaymentSystem("Request payment");
        var handled = OfThePaymentSystem("Payment handled");

        process.StartsWith(draft);
        draft.On("Save", draft);
        resubmit.On("Save", resubmit);
        foreach (var submitted in new[] { draft, rework, resubmit })
        {
            submitted.On("Submit", preApproval, and: PreApproval == true)
                .On("Submit", administration, and: PreApproval == false & AdminReview == true)
                .On("Submit", supervisor, and: PreApproval == false & AdminReview == false);
        }

        preApproval.On("Approve", supervisor);
        administration.On("Approve", budgetOwner, and: NeedsBudgetOwner == true).On("Approve", supervisor, and: NeedsBudgetOwner == false);
        budgetOwner.On("Approve", supervisor);
        supervisor.On("Approve", director, and: NeedsDirector == true).On("Approve", request, and: NeedsDirector == false);
        director.On("Approve", request);
        foreach (var approver in new[] { preApproval, administration, budgetOwner, supervisor, director })
        {
            approver.On("Reject", rework);
        }

        rework.On("Withdraw", resubmit);
        request.To(handled, when: Reply == "Sent").To(resubmit, when: Reply == "Rejected");

        ActivityReference OfTheEmployee(string name, string first, string second) => process.Activity(name, activity => activity
            .Destinations(to => to.Originator())
            .Client("Fill in the declaration", task => task.Action(first).Action(second)).OutcomesFromActions());

        ActivityReference OfRole(string name, string role) => process.Activity(name, activity => activity
            .Destinations(to => to.Role(role))
            .Client("Decide the declaration", task => task.Action("Approve").Action("Reject")).OutcomesFromActions());

        ActivityReference OfThePaymentSystem(string name) => process.Activity(name, activity => activity
            .Fields(Reply)
            .Server("Wait for the payment system", context => context.WaitUntilFinished()));
    });
}
