namespace Workflow.Core.Runtime;

/// <summary>The result of firing what is due of an instance that was claimed.</summary>
internal enum FiredTimers
{
    /// <summary>Nothing is due any more. The claim has to be given back.</summary>
    None,

    /// <summary>Nothing is due any more, and the commit of what fired last has given back the claim.</summary>
    All,

    /// <summary>A timer has to wait.</summary>
    Waiting,
}
