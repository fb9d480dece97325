namespace Workflow.Core.Client;

/// <summary>The kinds of events that wait for somebody or something.</summary>
public enum OpenItemKind
{
    /// <summary>A task, for users (statement 1.1).</summary>
    Task = 1,

    /// <summary>A server item, for another system to finish (statement 7.1).</summary>
    ServerItem = 2,

    /// <summary>A sub-process that has not ended (statement 7.7).</summary>
    SubProcess = 3,

    /// <summary>A signal (statement 13.1k).</summary>
    Signal = 4,
}
