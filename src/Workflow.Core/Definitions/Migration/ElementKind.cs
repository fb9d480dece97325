namespace Workflow.Core.Definitions.Migration;

/// <summary>The kinds of elements that a new version must still have (statement 8.8).</summary>
internal enum ElementKind
{
    /// <summary>An activity.</summary>
    Activity,

    /// <summary>A line.</summary>
    Line,

    /// <summary>A data field of the process, of an activity, or of its destinations.</summary>
    Field,

    /// <summary>An event of an activity.</summary>
    Event,

    /// <summary>An action of a client event.</summary>
    Action,

    /// <summary>An outcome of an activity.</summary>
    Outcome,

    /// <summary>An escalation of the process, of an activity, or of an event.</summary>
    Escalation,
}
