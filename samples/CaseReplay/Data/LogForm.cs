namespace Cases.Data;

/// <summary>How a log is written.</summary>
/// <param name="Name">Its name, as in the names of its files.</param>
public sealed record LogForm(string Name)
{
    /// <summary>The user of the steps for which the log names nobody; null where it always names somebody.</summary>
    public string? Unnamed { get; init; }

    /// <summary>The zone of a log that writes local dates as if they were of UTC; null where its instants are what they say.</summary>
    public TimeZoneInfo? Zone { get; init; }

    /// <summary>The escalation of the deadlines, which are in a file of their own; null where cases have none.</summary>
    public string? Deadline { get; init; }

    /// <summary>The meaning of an instant in the log.</summary>
    public DateTimeOffset Read(DateTimeOffset written) =>
        Zone is null ? written : new DateTimeOffset(written.DateTime, Zone.GetUtcOffset(written.DateTime));
}
