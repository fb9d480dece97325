namespace Workflow.Core.Client;

/// <summary>An event of a process instance that waits for somebody or something.</summary>
/// <param name="Kind">The kind of event.</param>
/// <param name="Serial">The serial number: of a task or a server item, it is the one to act with.</param>
/// <param name="Activity">The name of the activity.</param>
/// <param name="Event">The name of the event.</param>
/// <param name="StartedAt">When its turn came.</param>
/// <param name="People">Everybody who has the task, and who holds its slots, as an administrator sees them (statement 1.5). Empty for other kinds.</param>
/// <param name="CorrelationKey">The key under which another system knows a server item, or the name of a signal. Null for none.</param>
/// <param name="SubProcess">The sub-process. Null for other kinds.</param>
public sealed record OpenItem(
    OpenItemKind Kind,
    SerialNumber Serial,
    string Activity,
    string Event,
    DateTimeOffset StartedAt,
    IReadOnlyList<WorklistEntry> People,
    string? CorrelationKey,
    ProcessInstanceId? SubProcess);
