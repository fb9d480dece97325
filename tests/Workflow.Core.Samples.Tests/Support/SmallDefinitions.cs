namespace Workflow.Core.Samples.Tests.Support;

/// <summary>The expected behavior of the processes of the small cases, written down as the data folder does: as much of it as the cases need.</summary>
internal static class SmallDefinitions
{
    public const string Expense =
        """
        {
          "dataFields": { "PreApproval": false, "AdminReview": false, "NeedsBudgetOwner": false, "NeedsDirector": false },
          "activities": [
            { "name": "Draft", "event": "client", "actions": ["Save", "Submit"] }, { "name": "Resubmit", "event": "client" },
            { "name": "Rework", "event": "client" }, { "name": "Administration", "event": "client" }, { "name": "Supervisor", "event": "client" },
            { "name": "Request payment", "event": "server-async" }, { "name": "Payment handled", "event": "server-async" }
          ],
          "lines": [
            { "from": "Start", "to": "Draft", "pywhen": "True" },
            { "from": "Draft", "to": "Draft", "pywhen": "Outcome=='Save'" },
            { "from": "Draft", "to": "Administration", "pywhen": "Outcome=='Submit' and AdminReview and not PreApproval" },
            { "from": "Resubmit", "to": "Supervisor", "pywhen": "Outcome=='Submit' and not AdminReview and not PreApproval" },
            { "from": "Rework", "to": "Resubmit", "pywhen": "Outcome=='Withdraw'" },
            { "from": "Administration", "to": "Supervisor", "pywhen": "Outcome=='Approve' and not NeedsBudgetOwner" },
            { "from": "Administration", "to": "Rework", "pywhen": "Outcome=='Reject'" },
            { "from": "Supervisor", "to": "Request payment", "pywhen": "Outcome=='Approve' and not NeedsDirector" },
            { "from": "Request payment", "to": "Payment handled", "pywhen": "Outcome=='Sent'" },
            { "from": "Request payment", "to": "Resubmit", "pywhen": "Outcome=='Rejected'" },
            { "from": "Payment handled", "to": "End", "pywhen": "True" }
          ]
        }
        """;

    public const string Permit =
        """
        {
          "dataFields": { "Pending_T07_1": false, "Pending_T08": false, "ConfirmationSent": false, "StopChecked": false, "ExternalParty": "" },
          "activities": [
            { "name": "Confirmation", "event": "client" }, { "name": "T02", "event": "client" }, { "name": "T03", "event": "client" },
            { "name": "T04", "event": "client" }, { "name": "T05", "event": "client", "setOnComplete": { "ConfirmationSent": true } },
            { "name": "T06", "event": "client", "pyPreceding": "not Pending_T07_1 and not Pending_T08" },
            { "name": "T07-1", "event": "client", "setOnComplete": { "Pending_T07_1": false } }, { "name": "T08", "event": "client" },
            { "name": "T09-3", "event": "client", "setOnComplete": { "Pending_T08": false } }, { "name": "T10", "event": "client" },
            { "name": "Join", "event": "auto", "pyPreceding": "ConfirmationSent and StopChecked" },
            { "name": "Stop checked", "event": "auto", "set": { "StopChecked": true } }
          ],
          "lines": [
            { "from": "Start", "to": "Confirmation", "pywhen": "True" },
            { "from": "Confirmation", "to": "T02", "pywhen": "True" }, { "from": "Confirmation", "to": "T06", "pywhen": "True" },
            { "from": "T02", "to": "T04", "pywhen": "Outcome=='OK'" }, { "from": "T02", "to": "T03", "pywhen": "Outcome=='Adjust'" },
            { "from": "T03", "to": "T02", "pywhen": "True" }, { "from": "T04", "to": "T05", "pywhen": "Outcome=='OK'" },
            { "from": "T05", "to": "Join", "pywhen": "True" },
            { "from": "T06", "to": "T07-1", "pywhen": "Outcome=='Advice' and Pending_T07_1" },
            { "from": "T06", "to": "T08", "pywhen": "Outcome=='Advice' and Pending_T08" },
            { "from": "T06", "to": "T10", "pywhen": "Outcome=='NoAdvice'" }, { "from": "T07-1", "to": "T06", "pywhen": "True" },
            { "from": "T08", "to": "T09-3", "pywhen": "ExternalParty=='T09-3'" }, { "from": "T09-3", "to": "T06", "pywhen": "True" },
            { "from": "T10", "to": "Stop checked", "pywhen": "Outcome=='NoStop'" }, { "from": "Stop checked", "to": "Join", "pywhen": "True" },
            { "from": "Join", "to": "End", "pywhen": "True" }
          ]
        }
        """;

    public const string Fine =
        """
        {
          "dataFields": { "Amount": 0, "Expense": 0, "Paid": 0 },
          "activities": [
            { "name": "Create Fine", "event": "client", "actions": ["Done"] }, { "name": "Payment", "event": "server-async", "actions": ["Paid"] },
            { "name": "Send Fine", "event": "client" }, { "name": "Insert Fine Notification", "event": "client" },
            { "name": "Await outcome", "event": "server-async", "escalations": [{ "name": "Add penalty", "after": "P60D" }] },
            { "name": "Appeal to Prefecture", "event": "client" }, { "name": "Appeal to Judge", "event": "client" },
            { "name": "Send Appeal", "event": "client" }
          ],
          "lines": [
            { "from": "Start", "to": "Create Fine" }, { "from": "Create Fine", "to": "Payment" }, { "from": "Create Fine", "to": "Send Fine" },
            { "from": "Payment", "to": "End", "when": "Paid >= Amount + Expense (end of instance: everything else is cancelled)" },
            { "from": "Payment", "to": "Payment", "when": "Paid < Amount + Expense" },
            { "from": "Send Fine", "to": "Insert Fine Notification" },
            { "from": "Insert Fine Notification", "to": "Await outcome" }, { "from": "Insert Fine Notification", "to": "Appeal to Prefecture" },
            { "from": "Insert Fine Notification", "to": "Appeal to Judge" }, { "from": "Appeal to Prefecture", "to": "Send Appeal" },
            { "from": "Await outcome", "to": "End", "when": "Outcome = 'Collect'" }
          ]
        }
        """;
}
