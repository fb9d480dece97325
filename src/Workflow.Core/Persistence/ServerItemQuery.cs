using Workflow.Core.Records;

namespace Workflow.Core.Persistence;

/// <summary>Which server items to find (statement 7.2). A property that is left out does not restrict.</summary>
public sealed record ServerItemQuery
{
    /// <summary>Items of this process definition.</summary>
    public string? Definition { get; init; }

    /// <summary>Items of one of these process definitions; null for all, and none when there is no name in it.</summary>
    public IReadOnlyCollection<string>? Definitions { get; init; }

    /// <summary>Items of this process instance.</summary>
    public ProcessInstanceId? ProcessInstance { get; init; }

    /// <summary>Items of this activity.</summary>
    public string? Activity { get; init; }

    /// <summary>Items of this event.</summary>
    public string? Event { get; init; }

    /// <summary>Items with this correlation key.</summary>
    public string? CorrelationKey { get; init; }

    /// <summary>Items of this status; <see cref="ServerItemStatus.Waiting"/> unless said otherwise, null for all.</summary>
    public ServerItemStatus? Status { get; init; } = ServerItemStatus.Waiting;

    /// <summary>Items behind this one, in the order of serial numbers: the last of the page before.</summary>
    public SerialNumber? After { get; init; }

    /// <summary>How many items to return at most; 1 to 500.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Whether a record is one of those asked for, the page aside.</summary>
    /// <param name="record">The record.</param>
    /// <returns>Whether it matches.</returns>
    public bool Matches(ServerItemRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return WantedDefinitions.Include(Definition, Definitions, record.Definition)
            && (ProcessInstance is null || ProcessInstance == record.Serial.ProcessInstance)
            && (Activity is null || string.Equals(Activity, record.Activity, StringComparison.Ordinal))
            && (Event is null || string.Equals(Event, record.Event, StringComparison.Ordinal))
            && (CorrelationKey is null || string.Equals(CorrelationKey, record.CorrelationKey, StringComparison.Ordinal))
            && (Status is null || Status == record.Status);
    }
}
