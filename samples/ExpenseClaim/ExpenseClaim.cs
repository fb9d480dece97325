using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace Expenses;

/// <summary>Two of the managers approve a claim, finance checks it, and the bank pays it.</summary>
/// <code>
///                        ┌── Approved ──► Finance ──────────────────────► Pay ►
/// ► Manager approval ────┤                below 3,000 administration,     waits for
///   ▲  two of them       │                from 3,000 on management        the bank
///   │                    │
///   │                    └── Declined ──► Rework ── Withdraw ──► Withdrawn ►
///   │                                     │
///   └────────────── Submit ───────────────┘
/// </code>
public static class ExpenseClaim
{
    public const string Name = "Expense claim";
    public const string Decide = "Decide the claim";
    public const string Change = "Change the claim";
    public const string Submit = "Submit";

    public static readonly ProcessField<decimal> Amount = new("Amount");
    public static readonly ProcessField<string> Purpose = new("Purpose");
    public static readonly ProcessField<bool> Paid = new("Paid", initial: false);

    public static ProcessDefinition Define(Bank bank) => ProcessDefinition.Define(Name, process =>
    {
        process.RequiredFields(Amount, Purpose).Fields(Paid);
        process.Rights(rights => rights.Everyone(ProcessRight.Start | ProcessRight.ViewParticipate).ServerEvent("bank"));

        var approval = process.Activity("Manager approval", activity => activity
            .Destinations(to => to.Role("Managers").ResolvedToUsers())
            .PlanPerDestination()
            .Client(Decide, task => task.Action("Approve").Action("Decline"))
            .Outcome("Approved", when: Answers.AtLeast(2) == "Approve" | Answers.AllSlots == "Approve")   // all of them, if there are fewer than two
            .Outcome("Declined", when: Answers.AtLeast(1) == "Decline"));

        var rework = process.Activity("Rework", activity => activity
            .Destinations(to => to.Originator())
            .Client(Change, task => task.Action(Submit).Action("Withdraw"))
            .OutcomesFromActions());

        var finance = process.Activity("Finance", activity => activity
            .Destinations(to => to
                .Set("Administration", when: Amount < 3_000m).Role("Financial administration")
                .Set("Management", when: Amount >= 3_000m).Role("Financial management"))
            .Client("Check the claim", task => task.Action("Accept")));

        var pay = process.Activity("Pay", activity => activity
            .Server("Order the transfer", context =>
            {
                bank.Order(context.IdempotencyKey, context.Serial, context.Get(Amount));
                context.WaitUntilFinished();
            }));

        process.StartsWith(approval);
        approval.On("Approved", finance).On("Declined", rework);
        rework.On(Submit, approval).On("Withdraw", process.Activity("Withdrawn"));
        finance.To(pay);
    });
}
