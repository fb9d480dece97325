namespace Workflow.Core.Definitions;

/// <summary>The effect of an action on the slot of the user who takes it (statements 2.1 and 2.3).</summary>
public enum ActionKind
{
    /// <summary>Completes the slot; the succeeding rule of the event is asked.</summary>
    Finish = 1,

    /// <summary>Saves the user's changes; the slot stays open, and no rule is asked.</summary>
    Update = 2,
}
