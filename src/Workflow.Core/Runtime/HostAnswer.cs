namespace Workflow.Core.Runtime;

/// <summary>How a call of the host's code ended.</summary>
internal enum HostEnd
{
    /// <summary>It returned.</summary>
    Returned,

    /// <summary>It threw.</summary>
    Threw,

    /// <summary>Nobody wants it now: the engine shuts down, its lease is not certain, or the caller has given up.</summary>
    Interrupted,

    /// <summary>It took too long and was left behind.</summary>
    TookTooLong,

    /// <summary>It was not called: too many calls that were left behind have not ended.</summary>
    Refused,
}

/// <summary>The result of a call of the host's code.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Value">The value that it returned.</param>
/// <param name="Exception">The exception that it threw.</param>
/// <param name="Abandoned">When it was refused: how many calls of the same code have not ended.</param>
internal readonly record struct HostAnswer<T>(HostEnd End, T? Value = default, Exception? Exception = null, int Abandoned = 0);
