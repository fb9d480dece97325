namespace Workflow.Core.Definitions.Building;

/// <summary>Says what an escalation of the process does when it fires: one action (statement 6.7).</summary>
public sealed class ProcessEscalationBuilder : EscalationBuilder
{
    internal ProcessEscalationBuilder()
    {
    }
}
