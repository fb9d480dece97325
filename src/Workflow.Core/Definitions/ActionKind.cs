namespace Workflow.Core.Definitions;

/// <summary>The effect of an action (statements 2.1 and 2.3).</summary>
public enum ActionKind
{
    /// <summary>Completes the slot; the succeeding rule of the event is asked.</summary>
    Finish = 1,

    /// <summary>Saves the user's changes; the slot stays open, and no rule is asked.</summary>
    Update = 2,

    /// <summary>Goes to an activity. No slot is completed, and no rule is asked (statements 2.11b and 2.12).</summary>
    GotoActivity = 3,

    /// <summary>Gives the user's part of the task to others. No slot is completed, and no rule is asked (statements 1.11 and 2.11b).</summary>
    Redirect = 4,

    /// <summary>Gives the user's slot back. No slot is completed, and no rule is asked (statements 1.9 and 2.11b).</summary>
    Release = 5,
}
