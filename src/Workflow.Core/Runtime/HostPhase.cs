namespace Workflow.Core.Runtime;

/// <summary>How far a call of the host's code has come.</summary>
internal enum HostPhase
{
    /// <summary>The code has not been called.</summary>
    Waiting,

    /// <summary>The code runs, and somebody waits for its answer.</summary>
    Running,

    /// <summary>The code runs, and nobody wants its answer. Its time is not over.</summary>
    Left,

    /// <summary>The code runs, and its time is over.</summary>
    Hanging,

    /// <summary>The code has ended, or was given up before it was called.</summary>
    Ended,
}
