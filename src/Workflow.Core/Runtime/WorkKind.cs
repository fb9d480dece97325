namespace Workflow.Core.Runtime;

/// <summary>The kinds of work that the engine does by itself. Each kind has a share of its own, so that one that is stuck starves no other (statement
/// 14.7b).</summary>
internal enum WorkKind
{
    /// <summary>Firing timers that are due.</summary>
    Timers,

    /// <summary>Calling code of the host, for any reason.</summary>
    Calls,

    /// <summary>Going on with what an engine has left behind.</summary>
    Recovery,

    /// <summary>Delivering messages between parents and sub-processes.</summary>
    Messages,
}
