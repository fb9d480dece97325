namespace Workflow.Core.Rules;

/// <summary>Where a rule stands; it decides what the rule may look at (statements 3.6, 11.1 and 11.7).</summary>
internal enum RulePlace
{
    /// <summary>A line from the start of the process: process fields.</summary>
    ProcessLine = 1,

    /// <summary>A line that leaves an activity: everything of that activity.</summary>
    ActivityLine = 2,

    /// <summary>A preceding rule: process fields, and activity fields with their initial values.</summary>
    Preceding = 3,

    /// <summary>The rule of a destination set, or an expression for the number of slots: as a preceding rule.</summary>
    DestinationSet = 4,

    /// <summary>The succeeding rule of an event: everything of the activity; slot functions see the slots of the event's own destination.</summary>
    EventSucceeding = 5,

    /// <summary>The succeeding rule of an activity, or an outcome: everything of that activity.</summary>
    ActivitySucceeding = 6,

    /// <summary>The finish rule: process fields.</summary>
    Finish = 7,

    /// <summary>A text that a task shows: as a preceding rule.</summary>
    Task = 8,

    /// <summary>The start rule of an activity: as the rule of a destination set.</summary>
    Start = 9,

    /// <summary>The start rule of the process: process fields.</summary>
    ProcessStart = 10,

    /// <summary>An escalation of an activity or of an event: process and activity fields.</summary>
    Escalation = 11,

    /// <summary>An escalation of the process: process fields.</summary>
    ProcessEscalation = 12,

    /// <summary>The milestone of an activity: process and activity fields.</summary>
    Milestone = 13,

    /// <summary>A value that a sub-process gets when it starts: everything of the activity, before there is an answer.</summary>
    SubProcess = 14,

    /// <summary>A value that an action sets, or somebody to whom it gives the task: everything of the activity, before there is an answer.</summary>
    Action = 15,
}
