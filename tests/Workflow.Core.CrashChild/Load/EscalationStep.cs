namespace Workflow.Core.CrashChild.Load;

/// <summary>The work on escalations that a child does in the place of load, and in which it ends itself.</summary>
internal enum EscalationStep
{
    /// <summary>None.</summary>
    None,

    /// <summary>It starts instances, whose escalations are armed.</summary>
    Arm,

    /// <summary>It fires the escalations, as a host does by itself.</summary>
    Fire,

    /// <summary>It fires the escalations, one after the other, as a host does that says when.</summary>
    FireInTurn,
}
