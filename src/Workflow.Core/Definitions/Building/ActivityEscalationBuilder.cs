using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>Says what an escalation of an activity does when it fires: one action (statement 6.7).</summary>
public class ActivityEscalationBuilder : EscalationBuilder
{
    internal ActivityEscalationBuilder()
    {
    }

    /// <summary>Gives the open work to a user. Everybody who has not answered loses it, and the number of slots stays (statement 6.7b).</summary>
    /// <param name="user">The name of the user.</param>
    public void RedirectTo(string user)
    {
        ArgumentNullException.ThrowIfNull(user);
        Actions.Add(new EscalationAction.Redirect(Constant<string>.Of(user)));
    }

    /// <summary>Gives the open work to the user whom a data field names when the escalation fires (statement 6.7b).</summary>
    /// <param name="user">A process or activity field, or another operand.</param>
    public void RedirectTo(Operand<string> user)
    {
        ArgumentNullException.ThrowIfNull(user);
        Actions.Add(new EscalationAction.Redirect(user));
    }

    /// <summary>Gives each part of the open work to the manager of whoever has it. A role that nobody holds keeps it (statement 6.7d).</summary>
    public void RedirectToManager() => Actions.Add(new EscalationAction.RedirectToManager());

    /// <summary>Ends the activity as Expired. Its succeeding rule is not asked, and its lines are (statement 6.8).</summary>
    public void ExpireActivity() => Actions.Add(new EscalationAction.ExpireActivity());
}
