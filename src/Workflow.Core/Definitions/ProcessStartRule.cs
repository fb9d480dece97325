using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>Says whether an instance is started, and when it begins (statements 5.4 and 5.4b).</summary>
public sealed class ProcessStartRule
{
    internal ProcessStartRule(Rule? condition, DueTime? due) => (Condition, Due) = (condition, due);

    /// <summary>The condition without which no instance is started; null for none.</summary>
    public Rule? Condition { get; }

    /// <summary>When a started instance begins; null for at once.</summary>
    public DueTime? Due { get; }
}
