using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace SendItBack;

/// <summary>A contract is drafted, reviewed and registered. Its reviewers can send it back, and its author can withdraw it.</summary>
/// <code>
/// ► Draft (the author) ──► Review (ann) ──► Register: the registry, a copy by mail ──►
///   Cancelled, where the author withdraws it
/// </code>
public static class Contract
{
    public const string Name = "Contract";

    public static readonly ProcessField<decimal> Price = new("Price");

    /// <param name="register">Enters the contract in the registry, which is down at times.</param>
    /// <param name="mail">Sends a copy, which nobody waits for.</param>
    public static ProcessDefinition Define(Action<ServerEventContext> register, Action<ServerEventContext> mail) => ProcessDefinition.Define(Name, process =>
    {
        process.Fields(Price);
        process.Rights(rights => rights.Everyone(ProcessRight.Start | ProcessRight.View).Admin("boss"));
        var draft = process.Activity("Draft", activity => activity
            .Destinations(to => to.Originator())
            .Client("Write the draft", task => task.Action("Done")));
        var review = process.Activity("Review", activity => activity
            .Destinations(to => to.Users("ann"))
            .Client("Review the draft", task => task.Action("Accept").AllowSendBack()));
        var registration = process.Activity("Register", activity => activity
            .Server("Enter it in the registry", register, define: server => server
                .Retry(attempts: 3, wait: TimeSpan.FromMinutes(10), when: failure => failure.Exception is IOException))
            .Server("Mail a copy", mail, define: server => server.ExceptionRule(_ => ExceptionDecision.Continue)));
        var cancelled = process.Activity("Cancelled");
        process.StartsWith(draft);
        draft.To(review);
        review.To(registration);
        process.Withdrawal(cancelled);
    });
}
