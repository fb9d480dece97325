namespace Workflow.Core.Persistence;

/// <summary>Which messages to find that have not been received. A property that is left out does not restrict.</summary>
public sealed record MessageQuery
{
    /// <summary>Messages for this process instance.</summary>
    public ProcessInstanceId? To { get; init; }

    /// <summary>Messages behind this one in the order of receiver, sender and number: the last of the page before. It need not be there.</summary>
    public MessageKey? After { get; init; }

    /// <summary>How many to return at most; positive.</summary>
    public required int Limit { get; init; }
}
