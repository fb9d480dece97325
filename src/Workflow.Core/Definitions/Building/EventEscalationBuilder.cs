namespace Workflow.Core.Definitions.Building;

/// <summary>Says what an escalation of an event does when it fires: one action (statement 6.7). It concerns the destination whose event it is.</summary>
public sealed class EventEscalationBuilder : ActivityEscalationBuilder
{
    internal EventEscalationBuilder()
    {
    }

    /// <summary>Ends the event as Expired. The destination continues with its next event (statement 6.9).</summary>
    public void ExpireEvent() => Actions.Add(new EscalationAction.ExpireEvent());
}
