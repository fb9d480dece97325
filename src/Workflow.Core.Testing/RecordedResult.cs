using Workflow.Core.Instances;

namespace Workflow.Core.Testing;

/// <summary>The record of the effects of the code of a server event or an escalation in one call. All of its randomness is in here.</summary>
internal sealed record RecordedResult(
    string Element,
    IReadOnlyList<FieldChange> Changes,
    bool IsWaiting,
    string? CorrelationKey,
    GotoRequest? Goto,
    bool ExpiresActivity,
    Exception? Thrown);
