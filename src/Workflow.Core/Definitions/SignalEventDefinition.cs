using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>An event that waits for a signal (statement 13.1k).</summary>
public sealed class SignalEventDefinition : EventDefinition
{
    internal SignalEventDefinition(string name, string signal, Rule? succeedingRule, EscalationDefinition[] escalations)
        : base(name, succeedingRule, escalations) => Signal = signal;

    /// <summary>The name of the signal; case counts.</summary>
    public string Signal { get; }
}
